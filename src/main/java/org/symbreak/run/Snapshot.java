package org.symbreak.run;

/**
 * A network at one moment of its training.
 *
 * @param iteration steps taken
 * @param parameters flat vector, not to be changed
 * @param updaterState the optimizer's state in Deeplearning4j's layout, not to be changed; empty
 *     where it has none
 */
record Snapshot(long iteration, double[] parameters, double[] updaterState) {}
