/**
 * Where weights begin: initializations as Deeplearning4j {@code IWeightInit} records, and the
 * catalogue that reads "gaussian:0.01".
 *
 * <p>Entry points: {@link org.symbreak.init.Initialization}, {@code Initializations}, {@link
 * org.symbreak.init.LayerInits}. Imports {@code random} and {@code problem} of Symbreak.
 */
package org.symbreak.init;
