/**
 * What one run is: its description, the trainer, the engines, the optimizers, who watches, when it
 * stops, what a checkpoint holds.
 *
 * <p>Entry points: {@link org.symbreak.training.RunSpec} describes, {@code Trainer} runs. Imports
 * {@code data}, {@code init}, {@code network}, {@code symmetry}, {@code model}, {@code random},
 * {@code problem}.
 */
package org.symbreak.training;
