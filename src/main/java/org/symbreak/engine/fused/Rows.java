package org.symbreak.engine.fused;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

  /** Elements of blocks that are kept at the most: 64 MB of floats. */
  private static final long MOST_IN_BLOCKS = 1L << 24;

  private final Kernels<A> kernels;
  private final EncodedRows source;
  private final int width;
  private final A features;
  private final A labels;

  /** Of rows in their order, made when first asked for; empty where they would be too many. */
  private final List<A> blocks = new ArrayList<>();

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
      int count = (source.rows() + Kernels.ROWS - 1) / Kernels.ROWS;
      if ((long) count * Kernels.blockLength(width) <= MOST_IN_BLOCKS) {
        blocks.addAll(Collections.nCopies(count, null));
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

  /** Whether {@link #block} can be asked. */
  boolean hasBlocks() {
    return !blocks.isEmpty();
  }

  /**
   * The features of up to {@link Kernels#ROWS} rows as a block, not to be written to. While one
   * thread asks for a block, no other one may ask for the same.
   *
   * @param from the first row, a multiple of ROWS
   */
  A block(int from) {
    int number = from / Kernels.ROWS;
    A block = blocks.get(number);
    if (block == null) {
      block = kernels.array(Kernels.blockLength(width));
      int rows = Math.min(Kernels.ROWS, source.rows() - from);
      for (int i = 0; i < rows; i++) {
        copyFeatures(from + i, block, i);
      }
      blocks.set(number, block);
    }
    return block;
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
