package org.symbreak.run;

/**
 * A network at one moment of its training. The last three are null, NaN and empty where a
 * checkpoint of version 0.1.0 does not tell them.
 *
 * @param iteration steps taken
 * @param parameters flat vector, not to be changed
 * @param updaterState the optimizer's state in Deeplearning4j's layout, not to be changed; empty
 *     where it has none
 * @param loss of the last step's batch
 * @param validationLoss the last that was computed; null without validation rows
 * @param gradientNorms of the last step, a layer each, output last; empty before the first
 */
record Snapshot(
    long iteration,
    double[] parameters,
    double[] updaterState,
    double loss,
    Double validationLoss,
    double[] gradientNorms) {}
