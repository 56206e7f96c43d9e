package org.symbreak.engine.fused;

/** When a network is trained on vectors rather than in plain Java. */
enum VectorUse {
  NEVER,
  /** When a {@link WarmUp} has found them faster. */
  ONCE_WARM,
  AT_ONCE;

  /**
   * Products of rows and parameters below which a network trains faster in plain Java: it fits into
   * a few registers.
   */
  private static final long FEW_PRODUCTS = 1024;

  /** What suits this JVM and a network. */
  static VectorUse of(long products) {
    if (!VectorApi.isUsed() || products < FEW_PRODUCTS) {
      return NEVER;
    }
    return VectorApi.isUsedAtOnce() ? AT_ONCE : ONCE_WARM;
  }
}
