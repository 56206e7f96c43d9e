package org.symbreak.training;

import org.symbreak.data.EncodedRows;

/** Compares two networks on the same rows, row by row. */
final class PairedLosses {
  /** Probabilities are taken to be at least this far from 0 and 1. */
  private static final double CLIP = Math.ulp(1.0);

  private PairedLosses() {}

  /**
   * Whether the first network's cross-entropy is above the second's by more than one standard error
   * of the mean difference: the rule of Breiman, Friedman, Olshen and Stone (Classification and
   * Regression Trees, 1984, section 3.4.3), on pairs.
   *
   * @param first probabilities of class 1, one a row
   * @param second likewise
   */
  static boolean areMeasurablyHigher(double[] first, double[] second, EncodedRows rows) {
    int n = first.length;
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < n; row++) {
      double difference = loss(first[row], rows.label(row)) - loss(second[row], rows.label(row));
      sum += difference;
      squares += difference * difference;
    }
    double mean = sum / n;
    double variance = Math.max(0, squares / n - mean * mean);
    return mean > Math.sqrt(variance / Math.max(1, n - 1));
  }

  private static double loss(double probability, int label) {
    double ofLabel = label == 1 ? probability : 1 - probability;
    return -StrictMath.log(Math.max(ofLabel, CLIP));
  }
}
