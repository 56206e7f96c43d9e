package org.symbreak.claims;

/** A statement about initial weights that can be measured. */
interface Claim {
  /** {@code C3}. */
  String id();

  /** What is claimed, in a sentence. */
  String statement();

  /** Measures it on these data. The verdict comes from the measurement alone. */
  ClaimResult check(ClaimData data);
}
