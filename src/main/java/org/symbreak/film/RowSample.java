package org.symbreak.film;

import java.util.Arrays;
import java.util.List;
import org.symbreak.data.EncodedRows;
import org.symbreak.network.DenseNetwork;
import org.symbreak.symmetry.EvenSample;

/**
 * Some rows of a part, evenly spread over it, as arrays.
 *
 * @param x rows × features
 * @param y 0 or 1 a row
 * @param lines of the data file
 */
public record RowSample(double[][] x, int[] y, List<Long> lines) {
  /**
   * @param limit how many rows at the most; all where there are not more
   */
  public static RowSample of(EncodedRows rows, int limit) {
    int[] picked = EvenSample.of(rows.rows(), limit);
    double[][] x = new double[picked.length][rows.features()];
    for (int i = 0; i < picked.length; i++) {
      rows.features(picked[i], x[i], 0);
    }
    return new RowSample(
        x,
        Arrays.stream(picked).map(rows::label).toArray(),
        Arrays.stream(picked).mapToObj(rows::line).toList());
  }

  boolean isEmpty() {
    return y.length == 0;
  }

  double[] probabilities(DenseNetwork network) {
    return Arrays.stream(x).mapToDouble(network::probability).toArray();
  }

  /** Share of rows that 0.5 divides rightly; null without rows. */
  Double accuracy(double[] probabilities) {
    int right = 0;
    for (int i = 0; i < y.length; i++) {
      right += (probabilities[i] >= 0.5 ? 1 : 0) == y[i] ? 1 : 0;
    }
    return isEmpty() ? null : (double) right / y.length;
  }

  /** The labels, a byte each. */
  byte[] labels() {
    byte[] labels = new byte[y.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) y[i];
    }
    return labels;
  }
}
