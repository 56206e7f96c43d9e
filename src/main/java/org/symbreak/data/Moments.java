package org.symbreak.data;

/**
 * Weighted mean and standard deviation of a table's columns over its training rows, in two passes:
 * the sum, then the deviations from its mean, which also correct it (Chan, Golub, LeVeque,
 * Algorithms for computing the sample variance, The American Statistician 37, 1983, equation 1.7).
 * Numbers are brought near 1 by a power of two first, so that no square overflows.
 */
final class Moments {
  private final RawTable table;
  private final Split split;

  Moments(RawTable table, Split split) {
    this.table = table;
    this.split = split;
  }

  /**
   * Mean and standard deviation (divided by the cells' weight, not by one less) a column, over the
   * cells that are numbers; 0 and 0 where none of them counts.
   *
   * @param columns of the table, each with at least one number
   * @param profiles of all columns of the table
   * @return columns × 2
   */
  double[][] of(int[] columns, ColumnProfile[] profiles) {
    double[] unit = new double[columns.length];
    double[] mean = new double[columns.length];
    double[] all = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      ColumnProfile profile = profiles[columns[i]];
      int exponent = Math.getExponent(Math.max(Math.abs(profile.min()), Math.abs(profile.max())));
      unit[i] = Math.scalb(1.0, Math.max(-1000, Math.min(1000, exponent)));
    }
    table.forEachNumber(
        split,
        columns,
        (i, cell, weight) -> {
          mean[i] += weight * (Double.longBitsToDouble(cell) / unit[i]);
          all[i] += weight;
        });
    for (int i = 0; i < columns.length; i++) {
      mean[i] /= all[i];
    }
    double[] deviations = new double[columns.length];
    double[] squares = new double[columns.length];
    table.forEachNumber(
        split,
        columns,
        (i, cell, weight) -> {
          double deviation = Double.longBitsToDouble(cell) / unit[i] - mean[i];
          deviations[i] += weight * deviation;
          squares[i] += weight * (deviation * deviation);
        });
    double[][] moments = new double[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      double n = all[i];
      double variance = Math.max(0, (squares[i] - deviations[i] * deviations[i] / n) / n);
      moments[i] =
          n == 0
              ? new double[2]
              : new double[] {
                (mean[i] + deviations[i] / n) * unit[i], Math.sqrt(variance) * unit[i]
              };
    }
    return moments;
  }
}
