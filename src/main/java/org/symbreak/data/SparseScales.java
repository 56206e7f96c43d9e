package org.symbreak.data;

import java.util.stream.IntStream;

/**
 * Scales of columns that nearly always hold the same number. Divided by their standard deviation
 * the few other cells would lie dozens of deviations out, and a thousand such columns would drown
 * all others; their scale is what brings the outermost cell to {@link #OUTERMOST}.
 */
final class SparseScales {
  /** How far out, in scales, the outermost cell may lie. */
  static final double OUTERMOST = 3;

  /** Share of cells with the same number from which on a column is sparse. */
  private static final double SPARSE = 0.9;

  private final RawTable table;
  private final Split split;
  private final ColumnProfile[] profiles;

  SparseScales(RawTable table, Split split, ColumnProfile[] profiles) {
    this.table = table;
    this.split = split;
    this.profiles = profiles;
  }

  /**
   * Replaces the standard deviations of sparse columns.
   *
   * @param columns of the table
   * @param medians of these columns
   * @param moments mean and standard deviation of these columns; changed
   */
  void replace(int[] columns, double[] medians, double[][] moments) {
    int[] suspects =
        IntStream.range(0, columns.length)
            .filter(i -> outermost(columns[i], moments[i][0]) > OUTERMOST * moments[i][1])
            .toArray();
    int[] same = new int[suspects.length];
    int[] among = IntStream.of(suspects).map(i -> columns[i]).toArray();
    // the number that most cells hold is the median
    table.forEachNumber(
        split,
        among,
        (k, cell, weight) ->
            same[k] += Double.longBitsToDouble(cell) == medians[suspects[k]] ? 1 : 0);
    for (int k = 0; k < suspects.length; k++) {
      int i = suspects[k];
      if (same[k] >= SPARSE * profiles[columns[i]].numbers()) {
        moments[i][1] = outermost(columns[i], moments[i][0]) / OUTERMOST;
      }
    }
  }

  private double outermost(int column, double mean) {
    return Math.max(profiles[column].max() - mean, mean - profiles[column].min());
  }
}
