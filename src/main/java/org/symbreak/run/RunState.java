package org.symbreak.run;

import org.symbreak.diagnosis.LossTrail;
import org.symbreak.optimizer.LineSearchState;

/**
 * All that a run needs to go on as if it had never stopped. The order of rows in an epoch follows
 * from seed and epoch, so it is not here.
 *
 * @param present where the run is
 * @param best the best weights so far
 * @param waiting how the best weights were chosen, and for how long there have been no better ones
 * @param watch what the watch for divergence has seen
 * @param trail moments by which the fall of the loss is told
 * @param search state of a line-search optimizer; null for the others
 * @param seconds that were spent so far
 */
record RunState(
    Snapshot present,
    Snapshot best,
    BestWeights.State waiting,
    DivergenceWatch.State watch,
    LossTrail trail,
    LineSearchState search,
    double seconds) {}
