package org.symbreak.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * The share of trials in which something happens, and an interval for its probability: the exact
 * one of Clopper and Pearson (Biometrika 26, 1934), which covers it at least as often as it says,
 * however few the trials.
 *
 * @param happened in how many of them, from 0
 * @param trials how many, from 1, each independent of the others
 * @param low lower end, in [0, 1]; 0 where it never happened
 * @param high upper end, in [0, 1]; 1 where it always happened
 */
public record ShareInterval(int happened, int trials, double low, double high) {
  /**
   * @param confidence in (0, 1), usually 0.95
   */
  public static ShareInterval of(int happened, int trials, double confidence) {
    if (trials < 1 || happened < 0 || happened > trials || !(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "expected 0 to n of n trials, n from 1, and a confidence in (0, 1), found %d of %d and %s"
              .formatted(happened, trials, confidence));
    }
    double tail = (1 - confidence) / 2;
    return new ShareInterval(
        happened,
        trials,
        happened == 0 ? 0 : whereIncreasing(p -> 1 - atMost(happened - 1, trials, p), tail),
        happened == trials ? 1 : whereIncreasing(p -> 1 - atMost(happened, trials, p), 1 - tail));
  }

  /** Probability of so many or fewer of n trials, each with probability p in (0, 1). */
  private static double atMost(int most, int trials, double p) {
    double logTerm = trials * StrictMath.log1p(-p);
    double sum = 0;
    for (int k = 0; k <= most; k++) {
      sum += StrictMath.exp(logTerm);
      logTerm += StrictMath.log((double) (trials - k) / (k + 1) * (p / (1 - p)));
    }
    return sum;
  }

  /** Where a function that increases from 0 to 1 over [0, 1] has a value, by halving. */
  private static double whereIncreasing(DoubleUnaryOperator function, double value) {
    double low = 0;
    double high = 1;
    for (double p = 0.5; p > low && p < high; p = (low + high) / 2) {
      if (function.applyAsDouble(p) < value) {
        low = p;
      } else {
        high = p;
      }
    }
    return (low + high) / 2;
  }
}
