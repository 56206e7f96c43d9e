package org.symbreak.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Wilcoxon's signed-rank test on paired differences: are they symmetric around zero? Two-sided;
 * exact where neither ties nor zeros stand among up to 1023 differences, else the normal
 * approximation with continuity and tie correction, zeros ranked by Pratt's rule.
 */
public final class SignedRank {
  private SignedRank() {}

  /**
   * @param differences at least one, none NaN; infinite ones rank highest
   * @return the p-value, in [0, 1]; 1 where every difference is zero
   */
  public static double pValue(double[] differences) {
    if (Arrays.stream(differences).allMatch(difference -> difference == 0)) {
      return 1;
    }
    return WilcoxonSignedRankTest.withDefaults()
        .with(PValueMethod.EXACT)
        .test(differences)
        .getPValue();
  }

  /**
   * First minus second of each pair, where two equal infinities differ by 0.
   *
   * @throws IllegalArgumentException where the lengths differ
   */
  public static double[] differences(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "pairs need equal lengths, found " + first.length + " and " + second.length);
    }
    double[] differences = new double[first.length];
    Arrays.setAll(differences, i -> first[i] == second[i] ? 0 : first[i] - second[i]);
    return differences;
  }

  /** The smallest p-value that so many differences can give: all of one sign, 2 / 2ⁿ. */
  public static double smallestPValue(int differences) {
    return Math.min(1, Math.scalb(1.0, 1 - differences));
  }
}
