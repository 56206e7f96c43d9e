package org.symbreak.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Supplier;

/**
 * Encoded rows in a {@link RowTable}, their labels beside it. A row has a slot for each number,
 * then one for each few categories, then one for its line: a category takes some bits, however many
 * features it has.
 */
final class EncodedTable implements EncodedRows, AutoCloseable {
  private final OneHot oneHot;
  private final int numbers;

  /** Bits of a category, a power of two from 8 to 32. */
  private final int bits;

  private final int perSlot;
  private final int last;
  private final RowTable table;
  private final ThreadLocal<RowTable.Cursor> cursors;
  private final BitSet labels = new BitSet();

  /** Null where all count the same. */
  private double[] weights;

  /** Null where each is a group of its own. */
  private int[] groups;

  private final long[] row;
  private Supplier<EncodedRows> twin = () -> this;

  EncodedTable(OneHot oneHot, long heapBytes) {
    this.oneHot = oneHot;
    this.numbers = oneHot.numbers();
    this.bits = oneHot.largest() <= 1 << 8 ? 8 : oneHot.largest() <= 1 << 16 ? 16 : 32;
    this.perSlot = Long.SIZE / bits;
    this.last = numbers + (oneHot.groups() + perSlot - 1) / perSlot;
    this.table = new RowTable(last + 1, heapBytes);
    this.cursors = ThreadLocal.withInitial(table::cursor);
    this.row = new long[last + 1];
  }

  /**
   * @param encoded at least this table's numbers
   * @param ones of each group the feature that is 1
   */
  void append(double[] encoded, int[] ones, int label, long line) {
    for (int i = 0; i < numbers; i++) {
      row[i] = Double.doubleToRawLongBits(encoded[i]);
    }
    for (int slot = numbers; slot < last; slot++) {
      row[slot] = 0;
    }
    for (int group = 0; group < oneHot.groups(); group++) {
      long position = ones[group] - oneHot.from(group);
      row[numbers + group / perSlot] |= position << group % perSlot * bits;
    }
    row[last] = line;
    labels.set(table.rows(), label == 1);
    table.append(row);
  }

  /** The weight of the row that was appended last; of every row, or of none. */
  void weigh(double weight) {
    int row = table.rows() - 1;
    if (weights == null) {
      weights = new double[1024];
    } else if (row == weights.length) {
      weights = Arrays.copyOf(weights, 2 * row);
    }
    weights[row] = weight;
  }

  /** The group of the row that was appended last; of every row, or of none. */
  void belong(int group) {
    int row = table.rows() - 1;
    if (groups == null) {
      groups = new int[1024];
    } else if (row == groups.length) {
      groups = Arrays.copyOf(groups, 2 * row);
    }
    groups[row] = group;
  }

  @Override
  public boolean isWeighted() {
    return weights != null;
  }

  @Override
  public double weight(int index) {
    return weights == null ? 1 : weights[index];
  }

  @Override
  public boolean isGrouped() {
    return groups != null;
  }

  @Override
  public int group(int index) {
    return groups == null ? index : groups[index];
  }

  /** Where the same rows are as DataVec encodes them. */
  void setTwin(Supplier<EncodedRows> dataVec) {
    twin = dataVec;
  }

  @Override
  public EncodedRows throughDataVec() {
    return twin.get();
  }

  @Override
  public int rows() {
    return table.rows();
  }

  @Override
  public int features() {
    return oneHot.features();
  }

  @Override
  public void features(int index, double[] into, int offset) {
    if (oneHot.groups() == 0) {
      cursors.get().copy(index, into, offset, numbers);
    } else {
      double[] some = new double[numbers];
      int[] ones = new int[oneHot.groups()];
      inShort(index, some, ones);
      oneHot.expand(some, ones, into, offset);
    }
  }

  @Override
  public OneHot oneHot() {
    return oneHot;
  }

  @Override
  public void inShort(int index, double[] into, int[] ones) {
    RowTable.Cursor cursor = cursors.get();
    cursor.copy(index, into, 0, numbers);
    long some = 0;
    for (int group = 0; group < oneHot.groups(); group++) {
      some = group % perSlot == 0 ? cursor.bits(index, numbers + group / perSlot) : some >>> bits;
      ones[group] = oneHot.from(group) + (int) (some & (1L << bits) - 1);
    }
  }

  @Override
  public int label(int index) {
    return labels.get(index) ? 1 : 0;
  }

  @Override
  public long line(int index) {
    return cursors.get().bits(index, last);
  }

  @Override
  public void close() {
    table.close();
  }
}
