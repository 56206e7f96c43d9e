package org.symbreak.run;

import org.symbreak.diagnosis.LossTrail;
import org.symbreak.optimizer.StopReason;

/**
 * How a run ended.
 *
 * @param stopped why
 * @param because the same in a sentence
 * @param kept the weights that are kept
 * @param last where training ended
 * @param trail moments by which the fall of the loss is told
 * @param lastLosses the last moment
 * @param epochs that are complete
 * @param evaluations of loss and gradient; null for optimizers that take one a step
 * @param seconds of training, those before an interruption included
 */
record RunEnd(
    StopReason stopped,
    String because,
    Snapshot kept,
    Snapshot last,
    LossTrail trail,
    LossTrail.Moment lastLosses,
    long epochs,
    Long evaluations,
    double seconds) {}
