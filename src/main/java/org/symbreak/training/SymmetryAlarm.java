package org.symbreak.training;

import java.util.function.Consumer;

/**
 * Warns once, or throws, when the units of a hidden layer are all identical. Subscribes to a {@link
 * HiddenUnitSimilarityListener}.
 */
public final class SymmetryAlarm implements Consumer<SimilarityRecord> {
  /** Logs one warning, at the first record with a layer of identical units. */
  public static SymmetryAlarm warning() {
    throw new UnsupportedOperationException();
  }

  /**
   * Throws an {@link IllegalStateException} at the first record with a layer of identical units.
   */
  public static SymmetryAlarm throwing() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void accept(SimilarityRecord similarity) {}
}
