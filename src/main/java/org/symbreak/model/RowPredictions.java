package org.symbreak.model;

import java.util.Arrays;
import org.symbreak.data.EncodedRows;

/**
 * What a network says of rows, beside what they are.
 *
 * @param probabilities of class 1, one a row; NaN where weights are so large that what they amount
 *     to is no number
 * @param labels 0 or 1, one a row
 * @param counts how much rows count, and which belong together
 */
public record RowPredictions(double[] probabilities, int[] labels, RowCounts counts) {
  public static RowPredictions of(RowNetwork network, EncodedRows rows) {
    double[] numbers = new double[rows.oneHot().numbers()];
    int[] ones = new int[rows.oneHot().groups()];
    double[] probabilities = new double[rows.rows()];
    int[] labels = new int[rows.rows()];
    for (int row = 0; row < probabilities.length; row++) {
      rows.inShort(row, numbers, ones);
      probabilities[row] = network.probability(numbers, ones);
      labels[row] = rows.label(row);
    }
    return new RowPredictions(probabilities, labels, RowCounts.of(rows));
  }

  /** How well they foretell; null without rows that count, and where one is no number. */
  public Evaluation evaluation(double threshold) {
    return labels.length > 0 && counts.total(labels.length) > 0 && areNumbers()
        ? Evaluation.of(probabilities, labels, counts, threshold)
        : null;
  }

  /** The threshold of the best F1; 0.5 where one is no number. */
  public double bestF1Threshold() {
    return areNumbers() ? Evaluation.bestF1Threshold(probabilities, labels, counts) : 0.5;
  }

  private boolean areNumbers() {
    return Arrays.stream(probabilities).noneMatch(Double::isNaN);
  }
}
