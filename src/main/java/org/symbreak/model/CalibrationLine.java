package org.symbreak.model;

/**
 * How what was foretold relates to what came true: log odds of the label = intercept + slope · log
 * odds foretold, fitted by maximum likelihood (D. R. Cox, Two further applications of a model for
 * binary regression, Biometrika 45, 1958). Slope 1 and intercept 0 where probabilities are right; a
 * slope below 1 where they are too near to 0 and 1. Intervals are Wald's, of 95 %.
 *
 * @param interceptLow lower end of the intercept's interval
 * @param slopeLow lower end of the slope's
 */
public record CalibrationLine(
    double slope,
    double slopeLow,
    double slopeHigh,
    double intercept,
    double interceptLow,
    double interceptHigh) {
  /** Quantile of the normal distribution for 95 % on two sides. */
  private static final double Z = 1.959963984540054;

  private static final int MOST_STEPS = 50;
  private static final double ENOUGH = 1e-11;

  /** Beyond this, in either parameter, the classes are as good as parted. */
  private static final double FAR = 1e3;

  /**
   * Fits by Newton's method.
   *
   * @param logits log odds foretold, finite
   * @param targets 1 for positive, 0 for negative, or a share between; as many
   * @return null where the likelihood has no maximum: the logits are all the same, a class is
   *     missing, or a logit parts the classes
   */
  static CalibrationLine of(double[] logits, double[] targets) {
    double intercept = 0;
    double slope = 1;
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] sums = sums(logits, targets, intercept, slope);
      double determinant = sums[2] * sums[4] - sums[3] * sums[3];
      if (!(determinant > ENOUGH * sums[2] * sums[4])) {
        return null;
      }
      double up = (sums[4] * sums[0] - sums[3] * sums[1]) / determinant;
      double steeper = (sums[2] * sums[1] - sums[3] * sums[0]) / determinant;
      double size = Math.max(Math.abs(up), Math.abs(steeper));
      double shorter = Math.min(1, 2 / size);
      intercept += shorter * up;
      slope += shorter * steeper;
      if (Math.abs(intercept) > FAR || Math.abs(slope) > FAR) {
        return null;
      }
      if (size < ENOUGH * (1 + Math.abs(slope) + Math.abs(intercept))) {
        double ofIntercept = Z * Math.sqrt(sums[4] / determinant);
        double ofSlope = Z * Math.sqrt(sums[2] / determinant);
        return new CalibrationLine(
            slope,
            slope - ofSlope,
            slope + ofSlope,
            intercept,
            intercept - ofIntercept,
            intercept + ofIntercept);
      }
    }
    return null;
  }

  /**
   * The likelihood's slopes in intercept and slope, and its information: Σw, Σwx, Σwx² in that
   * order from index 2 on.
   */
  private static double[] sums(double[] logits, double[] targets, double intercept, double slope) {
    double[] sums = new double[5];
    for (int i = 0; i < logits.length; i++) {
      double x = logits[i];
      double p = 1 / (1 + StrictMath.exp(-(intercept + slope * x)));
      double weight = p * (1 - p);
      sums[0] += targets[i] - p;
      sums[1] += (targets[i] - p) * x;
      sums[2] += weight;
      sums[3] += weight * x;
      sums[4] += weight * x * x;
    }
    return sums;
  }
}
