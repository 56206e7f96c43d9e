package org.symbreak.statistics;

import java.util.Arrays;

/**
 * A sample's median and a distribution-free confidence interval of the population's: two order
 * statistics x₍ₖ₎ and x₍ₙ₊₁₋ₖ₎, k the largest rank with P(B &lt; k) ≤ (1 − confidence) / 2 for B
 * binomial with n trials of probability ½ (Conover, Practical Nonparametric Statistics, 3rd
 * edition, section 3.2). No shape is assumed and infinite values do no harm, which is why it is
 * preferred here to a bootstrap.
 *
 * @param median the middle value, or the mean of the two middle ones; may be infinite
 * @param low lower end, null where the sample is too small for any interval of this confidence
 *     (below 6 values for 0.95)
 * @param high upper end, null likewise
 * @param coverage the probability, at least the confidence that was asked for, with which such an
 *     interval covers the median of a continuous population; 0 without one
 * @param size number of values, from 1
 */
public record MedianInterval(double median, Double low, Double high, double coverage, int size) {
  /**
   * @param values at least one, none NaN; left as they are
   * @param confidence in (0, 1), usually 0.95
   */
  public static MedianInterval of(double[] values, double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be in (0, 1), found " + confidence);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    if (n == 0 || Double.isNaN(sorted[n - 1])) {
      throw new IllegalArgumentException(
          "a median needs at least one value and no NaN, found " + Arrays.toString(values));
    }
    double median = n % 2 == 1 ? sorted[n / 2] : middle(sorted[n / 2 - 1], sorted[n / 2]);
    double tail = 0;
    double atLeast = 0;
    int rank = 0;
    for (double logTerm = -n * Math.log(2); rank < n / 2; rank++) {
      tail += Math.exp(logTerm);
      if (tail > (1 - confidence) / 2) {
        break;
      }
      atLeast = tail;
      logTerm += Math.log((double) (n - rank) / (rank + 1));
    }
    return rank == 0
        ? new MedianInterval(median, null, null, 0, n)
        : new MedianInterval(median, sorted[rank - 1], sorted[n - rank], 1 - 2 * atLeast, n);
  }

  private static double middle(double low, double high) {
    return low == high ? low : low + (high - low) / 2;
  }
}
