package org.symbreak.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Where the mean loss of a file of new rows falls. Two things vary: the mean that was measured
 * around what is expected, with variance V₁ and ν₁ degrees of freedom, and the mean of the new
 * file's M rows, with variance V₂ = s²/M and as many degrees of freedom as rows made s², less one.
 * The interval is mean ± t √(V₁ + V₂), t with (V₁ + V₂)² / (V₁²/ν₁ + V₂²/ν₂) degrees of freedom
 * (Satterthwaite, Biometrics Bulletin 2, 1946, equation 17).
 *
 * @param low lower end
 * @param high upper end
 * @param newRows M, from 1
 * @param degreesOfFreedom of t
 * @param confidence share of files that it holds, in (0, 1)
 */
public record PredictionInterval(
    double low, double high, int newRows, double degreesOfFreedom, double confidence) {
  /**
   * @param expected the mean over resamples; with an error
   * @param rowVariance s², sample variance of the losses of rows that the method had not seen
   * @param rows how many losses that is of, from 2
   * @param newRows M, from 1
   */
  public static PredictionInterval of(
      ResampledT expected, double rowVariance, int rows, int newRows) {
    double measured = expected.error() * expected.error();
    double drawn = rowVariance / newRows;
    double sum = measured + drawn;
    double freedom =
        sum == 0
            ? 1
            : sum
                * sum
                / (measured * measured / (expected.size() - 1) + drawn * drawn / (rows - 1));
    double reach =
        TDistribution.of(freedom).inverseSurvivalProbability((1 - expected.confidence()) / 2)
            * Math.sqrt(sum);
    return new PredictionInterval(
        expected.mean() - reach, expected.mean() + reach, newRows, freedom, expected.confidence());
  }
}
