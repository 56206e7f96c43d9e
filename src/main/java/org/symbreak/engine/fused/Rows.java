package org.symbreak.engine.fused;

import java.util.ArrayList;
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

  private final Kernels<A> kernels;
  private final EncodedRows source;
  private final Inputs inputs;

  /**
   * The array in which each block stands, side by side with as many others as have room in a span;
   * empty if rows are not copied.
   */
  private final List<A> arrays = new ArrayList<>();

  /** The column of its array at which each block begins. */
  private final int[] columns;

  private final A labels;

  /** A row each; null where all count the same or rows are not copied. */
  private final double[] weights;

  /** Inputs that are 1, a row after the other, as {@link Ones} wants them. */
  private final int[] ones;

  /**
   * @param bytes that may be copied
   */
  Rows(Kernels<A> kernels, EncodedRows source, long bytes) {
    this.kernels = kernels;
    this.source = source;
    this.inputs = Inputs.of(source.oneHot());
    int apart = Math.max(Kernels.LANES, Kernels.padded(inputs.columns()));
    int beside = Math.max(1, Kernels.SPAN / apart);
    int groups = inputs.groups();
    int count = source.rows();
    int blocks = count / Kernels.ROWS + (count % Kernels.ROWS > 0 ? 1 : 0);
    int length = Kernels.blockLength(inputs.columns());
    long bytesOfRow = kernels.bytes() + (long) groups * Integer.BYTES;
    boolean resident =
        Math.ceil((double) blocks / beside) * length * kernels.bytes() + (double) count * bytesOfRow
            <= bytes;
    this.columns = new int[resident ? blocks : 0];
    this.labels = resident ? kernels.array(Kernels.padded(count) + Kernels.LANES) : null;
    this.weights = resident && source.isWeighted() ? new double[count] : null;
    this.ones = new int[resident ? (count + Kernels.TILE_ROWS) * groups : 0];
    if (resident) {
      for (int i = 0; i < blocks; i++) {
        columns[i] = i % beside * apart;
        arrays.add(i % beside == 0 ? kernels.array(length) : arrays.get(i - 1));
      }
      double[] row = new double[inputs.numbers()];
      int[] onesOfRow = new int[groups];
      for (int i = 0; i < count; i++) {
        read(i, row, onesOfRow);
        inputs.copy(kernels, row, block(i), column(i), i % Kernels.ROWS);
        System.arraycopy(onesOfRow, 0, ones, i * groups, groups);
        kernels.set(labels, i, source.label(i));
        if (weights != null) {
          weights[i] = source.weight(i);
        }
      }
    }
  }

  /** All of a chunk's rows, which can be read once alone. */
  static <A> Rows<A> held(Kernels<A> kernels, EncodedRows source) {
    return new Rows<>(kernels, source, Long.MAX_VALUE);
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
    return labels != null;
  }

  /** The array in which a row's block stands, not to be written to; of a resident set. */
  A block(int row) {
    return arrays.get(row / Kernels.ROWS);
  }

  /** The column of that array at which the block's columns begin. */
  int column(int row) {
    return columns[row / Kernels.ROWS];
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
      int end = inputs.columns();
      for (int k = 0; k < end; k += Kernels.SPAN) {
        int length = Math.min(Kernels.SPAN, end - k);
        int at = Kernels.column(k) + to * Kernels.DISTANCE;
        kernels.copy(block(row), place(row, k), toFeatures, at, length);
      }
      if (groups > 0) {
        System.arraycopy(ones, row * groups, toOnes, to * groups, groups);
      }
      kernels.set(toLabels, to, kernels.get(labels, row));
    } else {
      read(row, buffer, onesBuffer);
      inputs.copy(kernels, buffer, toFeatures, 0, to);
      System.arraycopy(onesBuffer, 0, toOnes, to * groups, groups);
      kernels.set(toLabels, to, source.label(row));
    }
  }

  private int place(int row, int k) {
    return Kernels.column(column(row) + k) + row % Kernels.ROWS * Kernels.DISTANCE;
  }

  /**
   * Lets the memory fetch rows that are about to be copied, all at the same time: one after the
   * other, each would be waited for.
   *
   * @return see {@link Kernels#touch}
   */
  double touch(int[] order, int from, int count) {
    double touched = 0;
    int columns = inputs.columns();
    if (isResident() && columns > 0 && columns <= Kernels.SPAN) {
      for (int i = from; i < from + count; i++) {
        int row = order[i];
        touched += kernels.touch(block(row), place(row, 0), columns);
        touched += kernels.get(labels, row);
      }
    }
    return touched;
  }
}
