package org.symbreak.watch;

import org.symbreak.network.DenseShape;

/**
 * A run at one moment.
 *
 * @param iteration steps taken, from 0
 * @param epoch passes over the training rows that are complete, from 0
 * @param shape of the network
 * @param parameters flat vector, in Deeplearning4j's order; not to be changed
 * @param loss of the last step's batch before that step, penalty included; of the full training
 *     part at iteration 0
 * @param validationLoss mean cross-entropy on the validation rows, classes weighted as in training,
 *     the last that was computed; null without any
 * @param gradientNorms of the last step, a layer each, output last; empty at iteration 0
 * @param last whether the run ends here
 */
public record RunLook(
    long iteration,
    long epoch,
    DenseShape shape,
    double[] parameters,
    double loss,
    Double validationLoss,
    double[] gradientNorms,
    boolean last) {}
