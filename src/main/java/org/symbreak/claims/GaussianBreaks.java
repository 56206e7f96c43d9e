package org.symbreak.claims;

import java.util.ArrayList;
import java.util.List;

/**
 * C9.
 *
 * @param start where the weights begin
 */
record GaussianBreaks(String start) implements Claim {
  @Override
  public String id() {
    return "C9";
  }

  @Override
  public String statement() {
    return "W = randn × 0.01 breaks the symmetry.";
  }

  @Override
  public ClaimResult check(ClaimData data) {
    List<String> notes = new ArrayList<>();
    return ClaimResult.of(this, BrokenSymmetry.measure(data, start, "zeros", notes))
        .withNotes(notes);
  }
}
