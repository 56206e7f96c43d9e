package org.symbreak.cli;

import java.util.Arrays;
import org.symbreak.model.Evaluation;

/** What a model foretold of rows, and what their labels are, as they come in. */
final class ForetoldRows {
  private double[] probabilities = new double[1024];
  private int[] labels = new int[1024];
  private int rows;

  void add(long row, double probability, int label) {
    if (rows == labels.length) {
      probabilities = Arrays.copyOf(probabilities, rows * 2);
      labels = Arrays.copyOf(labels, rows * 2);
    }
    probabilities[rows] = probability;
    labels[rows] = label;
    rows++;
  }

  int rows() {
    return rows;
  }

  /**
   * @param threshold from which probability on a row is called positive
   */
  Evaluation evaluation(double threshold) {
    return Evaluation.of(
        Arrays.copyOf(probabilities, rows), Arrays.copyOf(labels, rows), threshold);
  }
}
