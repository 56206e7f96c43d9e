package org.symbreak.experiment.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction (A simple sequentially rejective multiple test procedure,
 * Scandinavian Journal of Statistics 6, 1979).
 */
public final class Holm {
  private Holm() {}

  /**
   * Adjusted p-values: to reject those at or below α keeps the probability of any wrong rejection
   * at or below α, however the tests depend on each other.
   *
   * @param pValues in [0, 1], in any order
   * @return in the same order: the running maximum of (m − i) p₍ᵢ₎ for the sorted ones, i from 0,
   *     at most 1
   */
  public static double[] adjust(double[] pValues) {
    double[] adjusted = new double[pValues.length];
    int[] order =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      largest = Math.max(largest, Math.min(1, (order.length - i) * pValues[order[i]]));
      adjusted[order[i]] = largest;
    }
    return adjusted;
  }
}
