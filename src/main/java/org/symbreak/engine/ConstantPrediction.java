package org.symbreak.engine;

import org.symbreak.data.EncodedRows;

/**
 * The best prediction that looks at no feature: the share of class 1, for every row. What a network
 * that has learned nothing amounts to.
 */
public final class ConstantPrediction {
  private ConstantPrediction() {}

  /** Its mean cross-entropy on rows by their weights; 0 where they are of one class. */
  public static double loss(EncodedRows rows) {
    return loss(ones(rows) / rows.totalWeight());
  }

  /**
   * Its mean cross-entropy, in nats.
   *
   * @param share of the rows that are of one of the classes, in [0, 1]
   */
  public static double loss(double share) {
    return entropy(share, 1 - share);
  }

  /**
   * Its mean weighted cross-entropy on the training rows: the entropy of the classes' weights,
   * times the mean weight.
   */
  public static double loss(TrainingProblem problem) {
    double rows = problem.rows().totalWeight();
    double ones = ones(problem.rows());
    return entropy(ones * problem.weightOfOne(), (rows - ones) * problem.weightOfZero()) / rows;
  }

  private static double ones(EncodedRows rows) {
    double ones = 0;
    for (int row = 0; row < rows.rows(); row++) {
      ones += rows.label(row) == 1 ? rows.weight(row) : 0;
    }
    return ones;
  }

  /** Entropy of two weights, times their sum. */
  private static double entropy(double one, double zero) {
    return part(one, one + zero) + part(zero, one + zero);
  }

  private static double part(double weight, double all) {
    return weight == 0 ? 0 : -weight * StrictMath.log(weight / all);
  }
}
