package org.symbreak.engine.fused;

import jdk.incubator.vector.FloatVector;

/** How wide the vectors are. */
final class VectorWidth {
  /**
   * Bits of a vector: 64, 128, 256 or 512; what the processor prefers, if this does not say
   * otherwise.
   */
  static final String PROPERTY = "symbreak.vector.bits";

  static final int BITS =
      Integer.getInteger(PROPERTY, FloatVector.SPECIES_PREFERRED.vectorBitSize());

  private VectorWidth() {}
}
