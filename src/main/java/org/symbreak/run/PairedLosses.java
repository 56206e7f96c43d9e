package org.symbreak.run;

import org.symbreak.data.EncodedRows;
import org.symbreak.model.RowCounts;

/**
 * Compares two networks on the same rows, row by row.
 *
 * @param weightOfZero weight of a row of class 0
 * @param weightOfOne weight of a row of class 1
 */
record PairedLosses(EncodedRows rows, double weightOfZero, double weightOfOne) {
  /** Probabilities are taken to be at least this far from 0 and 1. */
  private static final double CLIP = Math.ulp(1.0);

  /**
   * Whether the first network's weighted cross-entropy is above the second's by more than one
   * standard error of the mean difference: the rule of Breiman, Friedman, Olshen and Stone
   * (Classification and Regression Trees, 1984, section 3.4.3), on pairs.
   *
   * @param first probabilities of class 1, one a row
   * @param second likewise
   */
  boolean areMeasurablyHigher(double[] first, double[] second) {
    double[] differences = new double[first.length];
    double sum = 0;
    for (int row = 0; row < differences.length; row++) {
      differences[row] = loss(row, first[row]) - loss(row, second[row]);
      sum += rows.weight(row) * differences[row];
    }
    return sum / rows.totalWeight() > RowCounts.of(rows).errorOfMean(differences);
  }

  private double loss(int row, double probability) {
    boolean one = rows.label(row) == 1;
    double ofLabel = one ? probability : 1 - probability;
    return -(one ? weightOfOne : weightOfZero) * StrictMath.log(Math.max(ofLabel, CLIP));
  }
}
