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
  /** Bytes of rows to train on that are copied at the most. */
  static final long TRAINING_BYTES = Math.min(1L << 29, Runtime.getRuntime().maxMemory() / 8);

  /** Bytes of other rows that are. */
  static final long OTHER_BYTES = Math.min(1L << 26, Runtime.getRuntime().maxMemory() / 16);

  /** Bytes of blocks that are kept at the most: 64 MB, or less of a small heap. */
  private static final long BLOCK_BYTES = Math.min(1L << 26, Runtime.getRuntime().maxMemory() / 64);

  private final Kernels<A> kernels;
  private final EncodedRows source;
  private final Inputs inputs;
  private final int width;
  private final A features;
  private final A labels;

  /** A row each; null where all count the same or rows are not copied. */
  private final double[] weights;

  /** Inputs that are 1, a row after the other, as {@link Ones} wants them. */
  private final int[] ones;

  /** Of rows in their order, made when first asked for; empty where they would be too many. */
  private final List<A> blocks = new ArrayList<>();

  /**
   * @param bytes that may be copied
   */
  Rows(Kernels<A> kernels, EncodedRows source, long bytes) {
    this(kernels, source, bytes, BLOCK_BYTES);
  }

  /** All of a chunk's rows, which can be read once alone. */
  static <A> Rows<A> held(Kernels<A> kernels, EncodedRows source) {
    return new Rows<>(kernels, source, Long.MAX_VALUE, BLOCK_BYTES / Chunks.MOST);
  }

  private Rows(Kernels<A> kernels, EncodedRows source, long bytes, long blockBytes) {
    this.kernels = kernels;
    this.source = source;
    this.inputs = Inputs.of(source.oneHot());
    this.width = inputs.numbers();
    int groups = inputs.groups();
    int count = source.rows();
    long bytesOfRow = (width + 1L) * kernels.bytes() + (long) groups * Integer.BYTES;
    boolean resident = (count + Kernels.TILE_ROWS) * bytesOfRow <= bytes;
    this.features = resident ? kernels.array(Math.multiplyExact(count, width)) : null;
    this.labels = resident ? kernels.array(Kernels.padded(count) + Kernels.LANES) : null;
    this.weights = resident && source.isWeighted() ? new double[count] : null;
    this.ones = new int[resident ? (count + Kernels.TILE_ROWS) * groups : 0];
    if (resident) {
      double[] row = new double[width];
      int[] onesOfRow = new int[groups];
      for (int i = 0; i < count; i++) {
        read(i, row, onesOfRow);
        for (int k = 0; k < width; k++) {
          kernels.set(features, i * width + k, row[k]);
        }
        System.arraycopy(onesOfRow, 0, ones, i * groups, groups);
        kernels.set(labels, i, source.label(i));
        if (weights != null) {
          weights[i] = source.weight(i);
        }
      }
      int most = (count + Kernels.ROWS - 1) / Kernels.ROWS;
      long elements = (long) most * Kernels.blockLength(inputs.columns());
      if (elements * kernels.bytes() <= blockBytes) {
        blocks.addAll(Collections.nCopies(most, null));
      }
    }
  }

  private void read(int row, double[] numbers, int[] onesOfRow) {
    if (inputs.areNumbers()) {
      source.features(row, numbers, 0);
    } else {
      source.inShort(row, numbers, onesOfRow);
    }
  }

  /** How their inputs stand in a block. */
  Inputs inputs() {
    return inputs;
  }

  int count() {
    return source.rows();
  }

  /** Whether they count differently. */
  boolean isWeighted() {
    return source.isWeighted();
  }

  /** Sum of their weights. */
  double totalWeight() {
    return source.totalWeight();
  }

  /** How much a row counts. */
  double weight(int row) {
    return weights == null ? source.weight(row) : weights[row];
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
      block = kernels.array(Kernels.blockLength(inputs.columns()));
      int rows = Math.min(Kernels.ROWS, source.rows() - from);
      for (int i = 0; i < rows; i++) {
        inputs.copy(kernels, features, (from + i) * width, block, i);
      }
      blocks.set(number, block);
    }
    return block;
  }

  /** The inputs that are 1 from this row on; of a resident set. */
  Ones ones(int from) {
    return inputs.areNumbers()
        ? Ones.NONE
        : new Ones(ones, inputs.groups(), from * inputs.groups());
  }

  /** Of a resident set. */
  A labels() {
    return labels;
  }

  /**
   * Copies a row's features and label into those of a block.
   *
   * @param buffer room for a row's numbers
   * @param onesBuffer room for a row's ones
   * @param to its number there
   */
  void copy(
      int row, double[] buffer, int[] onesBuffer, A toFeatures, int[] toOnes, A toLabels, int to) {
    int groups = inputs.groups();
    if (isResident()) {
      inputs.copy(kernels, features, row * width, toFeatures, to);
      System.arraycopy(ones, row * groups, toOnes, to * groups, groups);
      kernels.copy(labels, row, toLabels, to, 1);
    } else {
      read(row, buffer, onesBuffer);
      inputs.copy(kernels, buffer, toFeatures, to);
      System.arraycopy(onesBuffer, 0, toOnes, to * groups, groups);
      kernels.set(toLabels, to, source.label(row));
    }
  }
}
