package org.symbreak.data;

/**
 * Rows as numbers, by row number, in the file's order; in memory or in a file, which makes no
 * difference to the values. Safe for concurrent reading.
 */
public interface EncodedRows {
  /**
   * Rows that are at hand.
   *
   * @param x rows × features, at least one row
   * @param y 0 or 1 a row
   * @param weights how much each row counts, from 0; null where all count the same
   */
  static EncodedRows of(double[][] x, int[] y, double[] weights) {
    return new ArrayRows(x, y, x[0].length, weights == null ? null : weights.clone());
  }

  /** Number of rows, from 0. */
  int rows();

  /** Number of features of each row, from 1. */
  int features();

  /**
   * Copies the features of a row.
   *
   * @param row from 0
   * @param into where to, at least {@code offset + features()} long
   * @param offset of the first feature in {@code into}
   */
  void features(int row, double[] into, int offset);

  /** Which of the features stand for categories; none where nothing else is known. */
  default OneHot oneHot() {
    return OneHot.none(features());
  }

  /**
   * Copies a row in short.
   *
   * @param row from 0
   * @param numbers receives the features that are none of a category's, in their order
   * @param ones receives, of each group of {@link #oneHot()}, which feature is 1, from 0
   */
  default void inShort(int row, double[] numbers, int[] ones) {
    features(row, numbers, 0);
  }

  /**
   * The features of the first rows.
   *
   * @param most rows at the most, from 0
   */
  default double[][] first(int most) {
    double[][] first = new double[Math.min(most, rows())][features()];
    for (int row = 0; row < first.length; row++) {
      features(row, first[row], 0);
    }
    return first;
  }

  /** 1 for the positive class, 0 for the other. */
  int label(int row);

  /** Whether rows count differently. */
  default boolean isWeighted() {
    return false;
  }

  /** How much a row counts, from 0; the training rows' mean is 1. */
  default double weight(int row) {
    return 1;
  }

  /** Sum of the weights. */
  default double totalWeight() {
    double total = rows();
    if (isWeighted()) {
      total = 0;
      for (int row = 0; row < rows(); row++) {
        total += weight(row);
      }
    }
    return total;
  }

  /** Whether some rows belong together. */
  default boolean isGrouped() {
    return false;
  }

  /** A number that rows of one group have in common. */
  default int group(int row) {
    return row;
  }

  /** Line of the file on which the row begins, from 1. */
  long line(int row);

  /**
   * The same rows as DataVec's own reader and transforms encode them, bit for bit the same numbers:
   * for whoever trains as any Deeplearning4j program does. The file is read again when this is
   * first asked for. Rows that come from no file are themselves.
   *
   * @throws org.symbreak.problem.InputException where the file is no longer what it was
   */
  default EncodedRows throughDataVec() {
    return this;
  }
}
