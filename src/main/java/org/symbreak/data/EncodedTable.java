package org.symbreak.data;

import java.util.function.Supplier;

/** Encoded rows in a {@link RowTable}; a row's last slot holds its line and its label. */
final class EncodedTable implements EncodedRows, AutoCloseable {
  private final int features;
  private final RowTable table;
  private final long[] row;
  private Supplier<EncodedRows> twin = () -> this;

  EncodedTable(int features, long heapBytes) {
    this.features = features;
    this.table = new RowTable(features + 1, heapBytes);
    this.row = new long[features + 1];
  }

  /**
   * @param encoded at least this table's features
   */
  void append(double[] encoded, int label, long line) {
    for (int i = 0; i < features; i++) {
      row[i] = Double.doubleToRawLongBits(encoded[i]);
    }
    row[features] = line << 1 | label;
    table.append(row);
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
    return features;
  }

  @Override
  public void features(int index, double[] into, int offset) {
    table.copy(index, into, offset, features);
  }

  @Override
  public int label(int index) {
    return (int) table.bits(index, features) & 1;
  }

  @Override
  public long line(int index) {
    return table.bits(index, features) >>> 1;
  }

  @Override
  public void close() {
    table.close();
  }
}
