package org.symbreak.run;

import java.util.Locale;
import java.util.Optional;

/**
 * Notices that training has gone wrong: numbers that are no longer finite, a loss far above where
 * it began, or one that stands still above that of a constant prediction.
 */
final class DivergenceWatch {
  /** How often in a row the loss must be out of bounds or the same. */
  private static final int CHECKS = 10;

  /** How many times the loss of the beginning, or of a constant prediction, is far above. */
  private static final double FAR_ABOVE = 10;

  /**
   * How many times the loss of a constant prediction a frozen loss must be: at that loss itself
   * stands a network that is merely stuck.
   */
  private static final double ABOVE_CONSTANT = 1.5;

  private final double constantLoss;
  private final double firstLoss;
  private double lossBefore;
  private int same;
  private int above;

  /**
   * @param constantLoss that of the best constant prediction
   * @param firstLoss that of the first weights
   */
  DivergenceWatch(double constantLoss, double firstLoss) {
    this(constantLoss, new State(firstLoss, firstLoss, 0, 0));
  }

  DivergenceWatch(double constantLoss, State state) {
    this.constantLoss = constantLoss;
    this.firstLoss = state.firstLoss();
    this.lossBefore = state.lossBefore();
    this.same = state.same();
    this.above = state.above();
  }

  /**
   * What a checkpoint keeps.
   *
   * @param firstLoss of the first weights
   * @param lossBefore of the check before
   * @param same how many checks in a row found the same loss
   * @param above how many checks in a row found it far above
   */
  record State(double firstLoss, double lossBefore, int same, int above) {}

  State state() {
    return new State(firstLoss, lossBefore, same, above);
  }

  /**
   * One look, at each check of the run.
   *
   * @param loss on rows that are the same at each check; of the last batch where there are none
   * @return what is wrong, in a sentence; empty where nothing is
   */
  Optional<String> check(double loss, double[] parameters) {
    if (!Double.isFinite(loss)) {
      return Optional.of("the loss is no longer a finite number");
    }
    for (double parameter : parameters) {
      if (!Double.isFinite(parameter)) {
        return Optional.of("a weight is no longer a finite number");
      }
    }
    same = loss == lossBefore && loss > ABOVE_CONSTANT * constantLoss ? same + 1 : 0;
    above = loss > FAR_ABOVE * Math.max(firstLoss, constantLoss) ? above + 1 : 0;
    lossBefore = loss;
    if (same >= CHECKS) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the loss stands still at %.4g, far above the %.4g of a constant prediction",
              loss,
              constantLoss));
    }
    if (above >= CHECKS) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the loss is %.4g, far above the %.4g at which it began",
              loss,
              firstLoss));
    }
    return Optional.empty();
  }
}
