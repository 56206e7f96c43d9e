package org.symbreak.data;

/**
 * Rows that are at hand.
 *
 * @param x rows × features
 * @param y 0 or 1 a row
 * @param features of each row, also where there is none
 * @param weights how much each row counts; null where all count the same
 */
record ArrayRows(double[][] x, int[] y, int features, double[] weights) implements EncodedRows {
  ArrayRows {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "as many labels as rows are needed, found " + y.length + " for " + x.length);
    }
    x = x.clone();
    y = y.clone();
    for (int row = 0; row < x.length; row++) {
      if (x[row].length != features || y[row] >>> 1 != 0) {
        throw new IllegalArgumentException(
            "row "
                + row
                + " must have "
                + features
                + " features and label 0 or 1, found "
                + x[row].length
                + " and "
                + y[row]);
      }
      x[row] = x[row].clone();
    }
  }

  ArrayRows(double[][] x, int[] y, int features) {
    this(x, y, features, null);
  }

  @Override
  public boolean isWeighted() {
    return weights != null;
  }

  @Override
  public double weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  @Override
  public int rows() {
    return x.length;
  }

  @Override
  public void features(int row, double[] into, int offset) {
    System.arraycopy(x[row], 0, into, offset, features);
  }

  @Override
  public int label(int row) {
    return y[row];
  }

  @Override
  public long line(int row) {
    return row + 1L;
  }
}
