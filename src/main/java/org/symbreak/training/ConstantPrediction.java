package org.symbreak.training;

/**
 * The best prediction that looks at no feature: the share of class 1, for every row. What a network
 * that has learned nothing amounts to.
 */
final class ConstantPrediction {
  private ConstantPrediction() {}

  /**
   * Its mean weighted cross-entropy on the training rows: the entropy of the classes' weights,
   * times the mean weight.
   */
  static double loss(TrainingProblem problem) {
    int rows = problem.rows().rows();
    int ones = 0;
    for (int row = 0; row < rows; row++) {
      ones += problem.rows().label(row);
    }
    double one = ones * problem.weightOfOne();
    double zero = (rows - ones) * problem.weightOfZero();
    return (part(one, one + zero) + part(zero, one + zero)) / rows;
  }

  private static double part(double weight, double all) {
    return weight == 0 ? 0 : -weight * StrictMath.log(weight / all);
  }
}
