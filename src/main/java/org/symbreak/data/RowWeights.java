package org.symbreak.data;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/** How much each row counts: the numbers of a column, from 0, brought to mean 1. */
final class RowWeights {
  private final String column;
  private double[] weights = new double[1024];
  private int rows;
  private double factor = 1;

  RowWeights(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }

  /**
   * A cell as a weight.
   *
   * @return NaN, and a fault, where it is none
   */
  static double read(CsvRows rows, int cell, String column, Place place, Faults faults) {
    double weight = rows.missing(cell) ? Double.NaN : rows.number(cell);
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      faults.add(problem(rows, cell, column, place));
    }
    return weight;
  }

  static Problem problem(CsvRows rows, int cell, String column, Place place) {
    return new Problem(
        place.cell(rows.line(), column),
        "a weight, a finite number from 0",
        rows.cell(cell).isEmpty() ? "nothing" : Place.quoted(rows.cell(cell)));
  }

  void add(double weight) {
    if (rows == weights.length) {
      weights = Arrays.copyOf(weights, (int) Math.min(Integer.MAX_VALUE - 8, 2L * rows));
    }
    weights[rows++] = weight;
  }

  /**
   * Brings the weights to mean 1 over some rows.
   *
   * @throws InputException where none of them counts
   */
  void scale(IntPredicate among, Place place) {
    double largest = 0;
    for (int row = 0; row < rows; row++) {
      largest = among.test(row) ? Math.max(largest, weights[row]) : largest;
    }
    if (largest == 0) {
      throw InputException.of(place.column(column), "training rows with a weight above 0", "none");
    }
    double sum = 0;
    int count = 0;
    for (int row = 0; row < rows; row++) {
      if (among.test(row)) {
        sum += weights[row] / largest;
        count++;
      }
    }
    factor = count / sum / largest;
    if (factor == Double.POSITIVE_INFINITY || factor == 0) { // of weights near a double's limits
      for (int row = 0; row < rows; row++) {
        weights[row] /= largest;
      }
      factor = count / sum;
    }
  }

  /** Of a row, from 0, after {@link #scale} of mean 1 over training rows. */
  double weight(int row) {
    return weights[row] * factor;
  }

  /** A weight of other rows by the same scale. */
  double scaled(double weight) {
    return weight * factor;
  }
}
