package org.symbreak.run;

import java.util.function.Supplier;

/** The weights with the lowest loss so far, and for how long the loss has not fallen. */
final class BestWeights {
  /** A fall of the loss by less than this share is no reason to wait on. */
  private static final double LEAST_FALL = 1e-4;

  private Snapshot snapshot;
  private double loss = Double.POSITIVE_INFINITY;
  private double lossWaitedOn = Double.POSITIVE_INFINITY;
  private long waitingSince;

  BestWeights() {}

  BestWeights(State state, Snapshot snapshot) {
    this.snapshot = snapshot;
    this.loss = state.loss();
    this.lossWaitedOn = state.lossWaitedOn();
    this.waitingSince = state.waitingSince();
  }

  /**
   * What a checkpoint keeps besides the weights.
   *
   * @param loss of the best weights
   * @param lossWaitedOn below which the loss must fall for patience to begin anew
   * @param waitingSince iteration from which patience counts
   */
  record State(double loss, double lossWaitedOn, long waitingSince) {}

  State state() {
    return new State(loss, lossWaitedOn, waitingSince);
  }

  /** Takes the present weights if their loss is the lowest. */
  void offer(long iteration, double present, Supplier<Snapshot> weights) {
    if (snapshot == null || present < loss) {
      loss = present;
      snapshot = weights.get();
    }
    if (present < lossWaitedOn * (1 - LEAST_FALL)) {
      lossWaitedOn = present;
      waitingSince = iteration;
    }
  }

  /** Iterations for which the loss has not fallen. */
  long waited(long iteration) {
    return iteration - waitingSince;
  }

  /** Begins to wait anew, as if the loss had just fallen. */
  void waitAnew(long iteration) {
    waitingSince = iteration;
  }

  /** The best so far; null before the first offer. */
  Snapshot snapshot() {
    return snapshot;
  }
}
