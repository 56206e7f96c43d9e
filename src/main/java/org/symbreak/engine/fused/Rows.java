package org.symbreak.engine.fused;

import org.symbreak.data.EncodedRows;

/**
 * Rows as the kernels want them. Small sets are copied once; large ones are read a block at a time,
 * so that memory does not grow with them.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class Rows<A> {
  /** Numbers that are copied at the most: 512 MB of floats. */
  private static final long RESIDENT = 1L << 27;

  private final Kernels<A> kernels;
  private final EncodedRows source;
  private final int width;
  private final A features;
  private final A labels;

  Rows(Kernels<A> kernels, EncodedRows source) {
    this.kernels = kernels;
    this.source = source;
    this.width = source.features();
    boolean resident = (long) source.rows() * width <= RESIDENT;
    this.features = resident ? kernels.array(source.rows() * width) : null;
    this.labels = resident ? kernels.array(Kernels.padded(source.rows()) + Kernels.LANES) : null;
    if (resident) {
      double[] row = new double[width];
      for (int i = 0; i < source.rows(); i++) {
        source.features(i, row, 0);
        for (int k = 0; k < width; k++) {
          kernels.set(features, i * width + k, row[k]);
        }
        kernels.set(labels, i, source.label(i));
      }
    }
  }

  int count() {
    return source.rows();
  }

  /** Whether they were copied. */
  boolean isResident() {
    return features != null;
  }

  /** Of a resident set. */
  A labels() {
    return labels;
  }

  /**
   * Copies a row's features and label into those of a block.
   *
   * @param buffer room for a row's features
   * @param to its number there
   */
  void copy(int row, double[] buffer, A toFeatures, A toLabels, int to) {
    if (isResident()) {
      copyFeatures(row, toFeatures, to);
      kernels.copy(labels, row, toLabels, to, 1);
    } else {
      source.features(row, buffer, 0);
      for (int k = 0; k < width; k++) {
        kernels.set(toFeatures, Kernels.column(k) + to * Kernels.DISTANCE, buffer[k]);
      }
      kernels.set(toLabels, to, source.label(row));
    }
  }

  /** Copies the features of a row of a resident set into a block. */
  void copyFeatures(int row, A toFeatures, int to) {
    for (int k = 0; k < width; k += Kernels.SPAN) {
      kernels.copy(
          features,
          row * width + k,
          toFeatures,
          Kernels.column(k) + to * Kernels.DISTANCE,
          Math.min(Kernels.SPAN, width - k));
    }
  }
}
