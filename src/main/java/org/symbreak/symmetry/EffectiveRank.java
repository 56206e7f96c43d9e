package org.symbreak.symmetry;

import java.util.Arrays;

/**
 * Effective rank of a matrix: the exponential of the entropy of its normalized singular values (Roy
 * and Vetterli: The effective rank, EUSIPCO 2007). It is 1 where all vectors are multiples of one,
 * and n where n directions share evenly.
 *
 * <p>Exact up to {@link #MOST_VECTORS} vectors and {@link #MOST_COMPONENTS} components each; of
 * larger matrices, that many evenly spread ones are taken.
 */
public final class EffectiveRank {
  /** Vectors (units) that are taken at the most. */
  public static final int MOST_VECTORS = 1024;

  /** Components (rows) of each vector that are taken at the most. */
  public static final int MOST_COMPONENTS = 256;

  private EffectiveRank() {}

  /**
   * @param vectors any number of vectors of one length, at least one of each; not centred
   * @return 0 for a zero matrix, else from 1 to the smaller of the two dimensions; null where a
   *     number is not finite
   */
  public static Double of(double[][] vectors) {
    double[] singular = singularValues(vectors);
    return singular == null ? null : ofSingularValues(singular);
  }

  /**
   * Singular values of a matrix of this many vectors and components, or of the sample that is taken
   * of it.
   *
   * @return descending; 0 for those below √(n · 2⁻⁵²) of the largest, n the larger dimension, where
   *     the squares drown in rounding; null where a number is not finite
   */
  public static double[] singularValues(double[][] vectors) {
    Vectors sample = Vectors.of(vectors).sample(MOST_VECTORS).sampleComponents(MOST_COMPONENTS);
    if (!sample.areFinite()) {
      return null;
    }
    double largest = 0;
    for (int vector = 0; vector < sample.count(); vector++) {
      largest = Math.max(largest, sample.largest(vector));
    }
    Vectors smaller = sample.count() <= sample.length() ? sample : sample.transposed();
    if (largest == 0) {
      return new double[smaller.count()];
    }
    double[] squares = SymmetricEigenvalues.of(Gram.of(smaller.dividedBy(largest)));
    double floor = smaller.length() * Math.ulp(1.0) * squares[squares.length - 1];
    double[] singular = new double[squares.length];
    for (int i = 0; i < squares.length; i++) {
      double square = squares[squares.length - 1 - i];
      singular[i] = square > floor ? Math.sqrt(square) * largest : 0;
    }
    return singular;
  }

  /**
   * @param singular singular values from 0, at least one
   */
  static double ofSingularValues(double[] singular) {
    double largest = Arrays.stream(singular).max().orElseThrow();
    if (largest == 0) {
      return 0;
    }
    double sum = 0;
    for (double value : singular) {
      sum += value / largest;
    }
    double entropy = 0;
    for (double value : singular) {
      double share = value / largest / sum;
      if (share > 0) {
        entropy -= share * StrictMath.log(share);
      }
    }
    return StrictMath.exp(entropy);
  }
}
