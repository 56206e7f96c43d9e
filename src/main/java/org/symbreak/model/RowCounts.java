package org.symbreak.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.symbreak.data.EncodedRows;

/**
 * How rows count where figures are made of them: by weights, and in groups, whose rows an interval
 * takes for one.
 *
 * @param weights a row each, from 0; null where all count the same
 * @param groups a number a row, equal within a group; null where each row is its own
 */
public record RowCounts(double[] weights, int[] groups) {
  /** Every row counts the same and is its own group. */
  public static final RowCounts SAME = new RowCounts(null, null);

  public static RowCounts of(EncodedRows rows) {
    return rows.isWeighted() || rows.isGrouped()
        ? new RowCounts(
            rows.isWeighted()
                ? IntStream.range(0, rows.rows()).mapToDouble(rows::weight).toArray()
                : null,
            rows.isGrouped() ? IntStream.range(0, rows.rows()).map(rows::group).toArray() : null)
        : SAME;
  }

  /** The weights alone. */
  public static RowCounts weightsOf(EncodedRows rows) {
    return new RowCounts(of(rows).weights, null);
  }

  public boolean isWeighted() {
    return weights != null;
  }

  double weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  int group(int row) {
    return groups == null ? row : groups[row];
  }

  /**
   * Sum of the weights.
   *
   * @param rows how many there are
   */
  double total(int rows) {
    return weights == null ? rows : Arrays.stream(weights).sum();
  }

  /**
   * As how many rows an interval counts them: the number of groups; with weights (Σw)² / Σw² (L.
   * Kish, Survey sampling, 1965), w being a group's.
   *
   * @param rows how many there are
   */
  public double effective(int rows) {
    double[] sums = groups == null && weights == null ? new double[0] : perGroup(weights, rows);
    if (sums.length == 0) {
      return rows;
    }
    if (weights == null) {
      return sums.length;
    }
    double sum = Arrays.stream(sums).sum();
    return sum * sum / Arrays.stream(sums).map(w -> w * w).sum();
  }

  /**
   * Standard error of the weighted mean of a number a row: from the deviations of groups' sums
   * where there are groups, with as many degrees of freedom as rows count for.
   *
   * @return 0 for a single row or group
   */
  public double errorOfMean(double[] values) {
    int n = values.length;
    double total = total(n);
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += weight(i) * values[i];
    }
    mean /= total;
    double effective = effective(n);
    if (!(effective > 1)) {
      return 0;
    }
    double squares = 0;
    if (groups == null) {
      for (int i = 0; i < n; i++) {
        squares += weight(i) * ((values[i] - mean) * (values[i] - mean));
      }
      return Math.sqrt(squares / total / (effective - 1));
    }
    double[] deviations = new double[n];
    for (int i = 0; i < n; i++) {
      deviations[i] = weight(i) * (values[i] - mean);
    }
    for (double sum : perGroup(deviations, n)) {
      squares += sum * sum;
    }
    return Math.sqrt(squares * effective / (effective - 1)) / total;
  }

  /**
   * Sums over groups, in the order in which they come.
   *
   * @param values a row each; null for 1
   */
  double[] perGroup(double[] values, int rows) {
    Map<Integer, Integer> numbers = new HashMap<>();
    double[] sums = new double[rows];
    for (int row = 0; row < rows; row++) {
      int number = numbers.computeIfAbsent(group(row), group -> numbers.size());
      sums[number] += values == null ? 1 : values[row];
    }
    return Arrays.copyOf(sums, numbers.size());
  }
}
