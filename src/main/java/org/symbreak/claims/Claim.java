package org.symbreak.claims;

import java.util.List;

/** A statement about initial weights that can be measured, and comes out true or not. */
interface Claim {
  /** {@code C3}. */
  String id();

  /** What courses say, in a sentence. */
  String lecture();

  /** What is true of it, and measured here, in a sentence. */
  String statement();

  /**
   * Whether no chance enters what is measured, so that every seed would measure the same; such a
   * claim is measured once.
   */
  default boolean isDeterministic() {
    return false;
  }

  /** Measures it with the data's seed; the same measurements in the same order for each seed. */
  SeedResult check(ClaimData data);

  /** What is measured once beside it and does not judge it: a counter-case that costs much. */
  default SeedResult aside(ClaimData data) {
    return SeedResult.of(List.of());
  }
}
