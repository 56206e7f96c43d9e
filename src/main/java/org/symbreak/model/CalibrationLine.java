package org.symbreak.model;

import java.util.Arrays;
import org.symbreak.network.SigmoidCrossEntropy;

/**
 * How what was foretold relates to what came true: log odds of the label = intercept + slope · log
 * odds foretold, fitted by maximum likelihood (D. R. Cox, Two further applications of a model for
 * binary regression, Biometrika 45, 1958). Slope 1 and intercept 0 where probabilities are right; a
 * slope below 1 where they are too near to 0 and 1. Intervals are Wald's, of 95 %: of rows in
 * groups from the groups' scores (K.-Y. Liang, S. L. Zeger, Biometrika 73, 1986), of weighted ones
 * with as many rows as they count for.
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

  private static final int MOST_STEPS = 100;
  private static final double ENOUGH = 1e-11;

  /** Beyond this, in either parameter, classes are as good as parted. */
  private static final double FAR = 1e3;

  /**
   * Fits by Newton's method, steps halved until the likelihood rises, on log odds divided by the
   * largest.
   *
   * @param logits log odds foretold, finite
   * @param targets 1 for positive, 0 for negative, or a share between; as many
   * @return null where the likelihood has no maximum: the logits are all the same, a class is
   *     missing, or a logit parts the classes
   */
  static CalibrationLine of(double[] logits, double[] targets) {
    return of(logits, targets, RowCounts.SAME);
  }

  /**
   * @param counts how much each of them counts, and which belong together
   */
  static CalibrationLine of(double[] logits, double[] targets, RowCounts counts) {
    double unit = Arrays.stream(logits).map(Math::abs).max().orElse(0);
    double[] x = Arrays.stream(logits).map(logit -> logit / unit).toArray();
    double intercept = 0;
    double slope = 0;
    double likelihood = likelihood(x, targets, counts, intercept, slope);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] sums = sums(x, targets, counts, intercept, slope);
      double determinant = sums[2] * sums[4] - sums[3] * sums[3];
      if (!(determinant > ENOUGH * sums[2] * sums[4])) {
        return null;
      }
      double up = (sums[4] * sums[0] - sums[3] * sums[1]) / determinant;
      double steeper = (sums[2] * sums[1] - sums[3] * sums[0]) / determinant;
      if (Math.max(Math.abs(up), Math.abs(steeper))
          < ENOUGH * (1 + Math.abs(slope) + Math.abs(intercept))) {
        double[] variances =
            counts.groups() == null
                ? new double[] {sums[4] / determinant, sums[2] / determinant}
                : ofGroups(x, targets, counts, intercept, slope, sums, determinant);
        double worth =
            counts.groups() == null && counts.isWeighted()
                ? counts.total(x.length) / counts.effective(x.length)
                : 1;
        double ofIntercept = Z * Math.sqrt(variances[0] * worth);
        double ofSlope = Z * Math.sqrt(variances[1] * worth);
        return new CalibrationLine(
            slope / unit,
            (slope - ofSlope) / unit,
            (slope + ofSlope) / unit,
            intercept,
            intercept - ofIntercept,
            intercept + ofIntercept);
      }
      double length = 1;
      double next = likelihood(x, targets, counts, intercept + up, slope + steeper);
      while (!(next >= likelihood - ENOUGH * Math.abs(likelihood)) && length > ENOUGH) {
        length /= 2;
        next = likelihood(x, targets, counts, intercept + length * up, slope + length * steeper);
      }
      intercept += length * up;
      slope += length * steeper;
      likelihood = next;
      if (Math.abs(intercept) > FAR || Math.abs(slope) > FAR) {
        return null;
      }
    }
    return null;
  }

  /** Logarithm of the likelihood of targets. */
  private static double likelihood(
      double[] x, double[] targets, RowCounts counts, double intercept, double slope) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum -= counts.weight(i) * SigmoidCrossEntropy.loss(intercept + slope * x[i], targets[i]);
    }
    return sum;
  }

  /**
   * The likelihood's slopes in intercept and slope, and its information: Σw, Σwx, Σwx² in that
   * order from index 2 on.
   */
  private static double[] sums(
      double[] logits, double[] targets, RowCounts counts, double intercept, double slope) {
    double[] sums = new double[5];
    for (int i = 0; i < logits.length; i++) {
      double x = logits[i];
      double p = 1 / (1 + StrictMath.exp(-(intercept + slope * x)));
      double weight = counts.weight(i) * (p * (1 - p));
      double score = counts.weight(i) * (targets[i] - p);
      sums[0] += score;
      sums[1] += score * x;
      sums[2] += weight;
      sums[3] += weight * x;
      sums[4] += weight * x * x;
    }
    return sums;
  }

  /** Variances of intercept and slope: A⁻¹ B A⁻¹, A the information, B from the groups' scores. */
  private static double[] ofGroups(
      double[] logits,
      double[] targets,
      RowCounts counts,
      double intercept,
      double slope,
      double[] sums,
      double determinant) {
    int n = logits.length;
    double[] first = new double[n];
    double[] second = new double[n];
    for (int i = 0; i < n; i++) {
      double p = 1 / (1 + StrictMath.exp(-(intercept + slope * logits[i])));
      first[i] = counts.weight(i) * (targets[i] - p);
      second[i] = first[i] * logits[i];
    }
    first = counts.perGroup(first, n);
    second = counts.perGroup(second, n);
    double ofIntercept = 0;
    double ofSlope = 0;
    for (int group = 0; group < first.length; group++) {
      double up = (sums[4] * first[group] - sums[3] * second[group]) / determinant;
      double steeper = (sums[2] * second[group] - sums[3] * first[group]) / determinant;
      ofIntercept += up * up;
      ofSlope += steeper * steeper;
    }
    double groups = counts.effective(n);
    double correction = groups > 1 ? groups / (groups - 1) : 1;
    return new double[] {correction * ofIntercept, correction * ofSlope};
  }
}
