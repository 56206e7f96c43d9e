package org.symbreak.watch;

import org.symbreak.data.EncodedRows;

/** Rows in memory, classes alternating. */
record ProbeRows(double[][] values) implements EncodedRows {
  @Override
  public int rows() {
    return values.length;
  }

  @Override
  public int features() {
    return values[0].length;
  }

  @Override
  public void features(int row, double[] into, int offset) {
    System.arraycopy(values[row], 0, into, offset, values[row].length);
  }

  @Override
  public int label(int row) {
    return row % 2;
  }

  @Override
  public long line(int row) {
    return row + 2L;
  }
}
