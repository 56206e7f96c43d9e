package org.symbreak.model;

import java.util.Objects;
import org.nd4j.linalg.learning.config.IUpdater;
import org.symbreak.network.SigmoidCrossEntropy;

/**
 * What a saved model needs, besides its parameters, to be trained on.
 *
 * @param updater the optimizer
 * @param loss what it minimizes
 * @param seed of the run
 * @param iteration steps taken, from 0
 * @param epoch epochs done, from 0
 * @param updaterState the optimizer's state in Deeplearning4j's layout; empty where it keeps none
 */
public record TrainingState(
    IUpdater updater,
    SigmoidCrossEntropy loss,
    long seed,
    long iteration,
    long epoch,
    double[] updaterState) {
  public TrainingState {
    Objects.requireNonNull(updater, "updater");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(updaterState, "updaterState");
    if (iteration < 0 || iteration > Integer.MAX_VALUE || epoch < 0 || epoch > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Deeplearning4j counts iterations and epochs from 0 to 2147483647, found "
              + iteration
              + " and "
              + epoch);
    }
  }
}
