package org.symbreak.film;

/**
 * The plane in which centred rows vary most, by orthogonal iteration on the covariance (Golub and
 * Van Loan, Matrix Computations, algorithm 8.2.8); deterministic, signs included.
 *
 * @param mean of each feature
 * @param first unit vector of the largest variance
 * @param second unit vector of the second largest, orthogonal to the first
 * @param explained share of the variance that the two have, in [0, 1]
 */
record PrincipalPlane(double[] mean, double[] first, double[] second, double explained) {
  private static final int SWEEPS = 60;

  /**
   * @param rows at least one, of at least two features
   */
  static PrincipalPlane of(double[][] rows) {
    int features = rows[0].length;
    double[] mean = new double[features];
    for (double[] row : rows) {
      for (int j = 0; j < features; j++) {
        mean[j] += row[j] / rows.length;
      }
    }
    double[] first = new double[features];
    double[] second = new double[features];
    for (int j = 0; j < features; j++) {
      first[j] = 1 + 0.5 * StrictMath.sin(j);
      second[j] = StrictMath.cos(1.7 * j);
    }
    double total = 0;
    for (double[] row : rows) {
      for (int j = 0; j < features; j++) {
        total += (row[j] - mean[j]) * (row[j] - mean[j]);
      }
    }
    double shown = 0;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      shown = 0;
      first = times(rows, mean, first);
      shown += normalize(first, 0);
      second = times(rows, mean, second);
      remove(second, first);
      shown += normalize(second, 1);
    }
    return new PrincipalPlane(mean, first, second, total > 0 ? Math.min(1, shown / total) : 1);
  }

  /** Coordinates of a row in the plane. */
  double[] project(double[] row) {
    double x = 0;
    double y = 0;
    for (int j = 0; j < row.length; j++) {
      x += (row[j] - mean[j]) * first[j];
      y += (row[j] - mean[j]) * second[j];
    }
    return new double[] {x, y};
  }

  private static double[] times(double[][] rows, double[] mean, double[] vector) {
    double[] product = new double[vector.length];
    for (double[] row : rows) {
      double dot = 0;
      for (int j = 0; j < vector.length; j++) {
        dot += (row[j] - mean[j]) * vector[j];
      }
      for (int j = 0; j < vector.length; j++) {
        product[j] += dot * (row[j] - mean[j]);
      }
    }
    return product;
  }

  private static void remove(double[] from, double[] direction) {
    double dot = 0;
    for (int j = 0; j < from.length; j++) {
      dot += from[j] * direction[j];
    }
    for (int j = 0; j < from.length; j++) {
      from[j] -= dot * direction[j];
    }
  }

  /** Brings a vector to length 1, or to an axis where it is zero; returns its length before. */
  private static double normalize(double[] vector, int axis) {
    double norm = 0;
    for (double value : vector) {
      norm += value * value;
    }
    norm = Math.sqrt(norm);
    for (int j = 0; j < vector.length; j++) {
      vector[j] = norm > 0 ? vector[j] / norm : (j == axis ? 1 : 0);
    }
    return norm;
  }
}
