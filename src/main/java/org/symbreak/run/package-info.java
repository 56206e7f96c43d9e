/**
 * One run from start to end: the loop, when it stops, what a checkpoint holds, and what is kept in
 * the run's directory.
 *
 * <p>Entry points: {@link org.symbreak.run.Trainer} and {@link org.symbreak.run.RunDirectory};
 * {@link org.symbreak.run.FileForetelling} for what comes after a run.
 */
package org.symbreak.run;
