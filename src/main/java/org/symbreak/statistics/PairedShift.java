package org.symbreak.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * By how much the first of a pair lies above the second, as {@link SignedRank} sees it: the
 * estimate of Hodges and Lehmann and the interval of Tukey (Hollander, Wolfe and Chicken,
 * Nonparametric Statistical Methods, 3rd edition, sections 3.2 and 3.3). Both are read off the
 * averages of any two differences and of each with itself, in ascending order: the estimate is
 * their median, the interval goes from the k-th to the k-th last, k the largest rank with P(W &lt;
 * k) ≤ (1 − confidence) / 2 for W the test's statistic. Hence, ties aside, 0 lies outside exactly
 * where the test's p-value is at most 1 − confidence.
 *
 * @param estimate in the unit of the differences; may be infinite
 * @param low lower end, null where there are too few differences for any interval of this
 *     confidence
 * @param high upper end, null likewise
 * @param confidence that was asked for
 * @param size number of differences, from 1
 */
public record PairedShift(double estimate, Double low, Double high, double confidence, int size) {
  /** Beyond so many differences W is taken for normal, as in the test. */
  private static final int MOST_EXACT = 1023;

  /**
   * @param differences at least one, none NaN; left as they are
   * @param confidence in (0, 1)
   */
  public static PairedShift of(double[] differences, double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be in (0, 1), found " + confidence);
    }
    double[] sorted = differences.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    if (n == 0 || Double.isNaN(sorted[n - 1])) {
      throw new IllegalArgumentException(
          "a shift needs at least one difference and no NaN, found "
              + Arrays.toString(differences));
    }
    long averages = n * (n + 1L) / 2;
    double estimate =
        average(average(sorted, (averages + 1) / 2), average(sorted, averages / 2 + 1));
    long rank = rank(n, (1 - confidence) / 2);
    return rank == 0
        ? new PairedShift(estimate, null, null, confidence, n)
        : new PairedShift(
            estimate, average(sorted, rank), average(sorted, averages + 1 - rank), confidence, n);
  }

  /** The largest k with P(W &lt; k) ≤ tail. */
  private static long rank(int n, double tail) {
    if (n > MOST_EXACT) {
      double mean = n * (n + 1.0) / 4;
      double sd = Math.sqrt(mean * (2 * n + 1) / 6);
      // half a unit for continuity
      double most = mean + sd * NormalDistribution.of(0, 1).inverseCumulativeProbability(tail);
      return Math.max(0, (long) Math.floor(most + 0.5));
    }
    double[] probability = distribution(n);
    int rank = 0;
    for (double below = probability[0]; below <= tail; below += probability[rank]) {
      rank++;
    }
    return rank;
  }

  /** Probabilities of W = 0, 1, ... up to its mean: each of the ranks 1 to n counts or does not. */
  private static double[] distribution(int n) {
    double[] probability = new double[n * (n + 1) / 4 + 2];
    probability[0] = 1;
    for (int rank = 1; rank <= n; rank++) {
      for (int sum = probability.length - 1; sum >= 0; sum--) {
        probability[sum] = (probability[sum] + (sum >= rank ? probability[sum - rank] : 0)) / 2;
      }
    }
    return probability;
  }

  /**
   * The average of this rank, from 1, by bisection: all of them would take the square of the memory
   * of the differences.
   */
  private static double average(double[] sorted, long rank) {
    long low = order(sorted[0]);
    long high = order(sorted[sorted.length - 1]);
    while (low < high) {
      long middle = Math.floorDiv(low, 2) + Math.floorDiv(high, 2) + (low & high & 1);
      if (averagesUpTo(sorted, number(middle)) >= rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return number(low);
  }

  /** How many averages of two are at most this large; they grow with either of the two. */
  private static long averagesUpTo(double[] sorted, double limit) {
    long count = 0;
    int second = sorted.length;
    for (int first = 0; first < sorted.length; first++) {
      while (second > 0 && average(sorted[first], sorted[second - 1]) > limit) {
        second--;
      }
      count += Math.max(0, second - first);
    }
    return count;
  }

  /** Opposite infinities cancel, as equal ranks do. */
  private static double average(double a, double b) {
    return a == -b ? 0 : a / 2 + b / 2;
  }

  /** Whole numbers in the order of the doubles that they stand for; −0 is 0. */
  private static long order(double number) {
    long bits = Double.doubleToLongBits(number);
    return bits >= 0 ? bits : Long.MIN_VALUE - bits;
  }

  private static double number(long order) {
    return Double.longBitsToDouble(order >= 0 ? order : Long.MIN_VALUE - order);
  }
}
