package org.symbreak.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.symbreak.statistics.PairedShift;

/**
 * A paired test of independent runs. Its interval and its adjusted p-value go together: both hold
 * for all pairs of those compared at once, since which pair would be of interest was not known
 * before.
 *
 * @param difference the first one's value minus the second one's, seed by seed: the pseudomedian
 *     and its interval
 * @param p of the signed-rank test of this pair alone
 * @param adjustedP after Bonferroni's correction for all pairs
 */
public record PairedTest(PairedShift difference, double p, double adjustedP) {
  /** Whether the difference is beyond chance. */
  @JsonIgnore
  public boolean isSignificant() {
    return adjustedP <= 1 - Comparison.CONFIDENCE;
  }

  /** Whether the first one's value is higher beyond chance. */
  @JsonIgnore
  public boolean isHigher() {
    return isSignificant() && difference.estimate() > 0;
  }

  /** Whether the first one's value is lower beyond chance. */
  @JsonIgnore
  public boolean isLower() {
    return isSignificant() && difference.estimate() < 0;
  }
}
