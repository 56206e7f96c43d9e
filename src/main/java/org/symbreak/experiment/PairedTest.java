package org.symbreak.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.symbreak.statistics.PairedShift;

/**
 * A paired test of the validation losses of two. Its interval and its adjusted p-value go together:
 * both hold for all pairs of those compared at once, since which pair would be of interest was not
 * known before.
 *
 * @param difference the first one's loss minus the second one's, seed by seed
 * @param p of the signed-rank test of this pair alone
 * @param adjustedP after Bonferroni's correction for all pairs
 */
public record PairedTest(PairedShift difference, double p, double adjustedP) {
  /** Whether the difference is beyond chance. */
  @JsonIgnore
  public boolean isSignificant() {
    return adjustedP <= 1 - Comparison.CONFIDENCE;
  }

  /** Whether the first one's loss is higher beyond chance. */
  @JsonIgnore
  public boolean isWorse() {
    return isSignificant() && difference.estimate() > 0;
  }

  /** Whether the first one's loss is lower beyond chance. */
  @JsonIgnore
  public boolean isBetter() {
    return isSignificant() && difference.estimate() < 0;
  }
}
