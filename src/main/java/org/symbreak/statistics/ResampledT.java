package org.symbreak.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of a figure over resamples of one file, with an interval and a test that count the rows
 * which resamples have in common. Overlapping training parts make figures of one file more alike
 * than those of new files; the corrected resampled t takes that up: t = d̄ / √(S² (1/k + r)), S²
 * the sample variance with divisor k − 1, r the rows of a test part over those of a training part,
 * k − 1 degrees of freedom (Nadeau and Bengio, Machine Learning 52, 2003, section 4.3). For R times
 * K folds r is 1/(K − 1), and k is K R (Bouckaert and Frank, PAKDD 2004, section 3.3).
 *
 * @param mean of the values; infinite where one of them is
 * @param error √(S² (1/k + r)), the corrected standard error; NaN below two values, and where one
 *     is infinite
 * @param low lower end, null where there is no error
 * @param high upper end, null likewise
 * @param p two-sided, of a mean of 0; NaN where there is no error
 * @param confidence of the interval, in (0, 1)
 * @param size number of values k, from 1
 */
public record ResampledT(
    double mean, double error, Double low, Double high, double p, double confidence, int size) {
  /**
   * Resamples below which no conclusion should be drawn: an S² of fewer than four degrees of
   * freedom is often several times too small.
   */
  public static final int FEWEST = 5;

  /**
   * @param values one a resample, none NaN; left as they are
   * @param testToTrain rows of a test part over all rows given to the method, those that early
   *     stopping holds out included; positive
   * @param confidence in (0, 1)
   */
  public static ResampledT of(double[] values, double testToTrain, double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be in (0, 1), found " + confidence);
    }
    if (!(testToTrain > 0 && testToTrain < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("test rows a training row, found " + testToTrain);
    }
    if (values.length == 0 || Arrays.stream(values).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException(
          "at least one value and no NaN, found " + Arrays.toString(values));
    }
    int k = values.length;
    double mean = Arrays.stream(values).sum() / k;
    if (k < 2 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      return new ResampledT(mean, Double.NaN, null, null, Double.NaN, confidence, k);
    }
    double error = Math.sqrt(variance(values) * (1.0 / k + testToTrain));
    TDistribution t = TDistribution.of(k - 1);
    double reach = t.inverseSurvivalProbability((1 - confidence) / 2) * error;
    double p = mean == 0 ? 1 : 2 * t.survivalProbability(Math.abs(mean) / error);
    return new ResampledT(mean, error, mean - reach, mean + reach, p, confidence, k);
  }

  /** Rows of a test part a training row with this many folds, from 2. */
  public static double ofFolds(int folds) {
    return 1.0 / (folds - 1);
  }

  /** Whether the interval lies between −margin and margin, ends included. */
  public boolean isWithin(double margin) {
    return low != null && low >= -margin && high <= margin;
  }

  /** The sample variance, with divisor k − 1. */
  static double variance(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return squares / (values.length - 1);
  }
}
