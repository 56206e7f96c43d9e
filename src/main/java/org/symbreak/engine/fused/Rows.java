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
  private final int stride;
  private final boolean resident;
  private final A features;
  private final A labels;

  /**
   * @param stride distance between rows, at least the number of features
   */
  Rows(Kernels<A> kernels, EncodedRows source, int stride) {
    this.kernels = kernels;
    this.source = source;
    this.stride = stride;
    this.resident = (long) source.rows() * stride <= RESIDENT;
    this.features = kernels.array(resident ? source.rows() * stride + Kernels.LANES : 0);
    this.labels = kernels.array(resident ? Kernels.padded(source.rows()) + Kernels.LANES : 0);
    if (resident) {
      double[] row = new double[source.features()];
      for (int i = 0; i < source.rows(); i++) {
        encode(i, row, features, i * stride);
        kernels.set(labels, i, source.label(i));
      }
    }
  }

  int count() {
    return source.rows();
  }

  boolean isResident() {
    return resident;
  }

  /** Of a resident set, row after row. */
  A features() {
    return features;
  }

  /** Of a resident set. */
  A labels() {
    return labels;
  }

  /**
   * Copies a row.
   *
   * @param buffer room for a row's features
   */
  void copy(int row, double[] buffer, A toFeatures, int featuresAt, A toLabels, int labelAt) {
    if (resident) {
      kernels.copy(features, row * stride, toFeatures, featuresAt, source.features());
      kernels.copy(labels, row, toLabels, labelAt, 1);
    } else {
      encode(row, buffer, toFeatures, featuresAt);
      kernels.set(toLabels, labelAt, source.label(row));
    }
  }

  private void encode(int row, double[] buffer, A to, int at) {
    source.features(row, buffer, 0);
    for (int i = 0; i < buffer.length; i++) {
      kernels.set(to, at + i, buffer[i]);
    }
  }
}
