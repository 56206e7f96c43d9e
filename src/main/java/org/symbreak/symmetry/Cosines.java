package org.symbreak.symmetry;

/**
 * How alike the directions of vectors are, over all pairs. Identical vectors have the cosine 1,
 * zero vectors included; a zero and another vector have 0. Every field is null where there are
 * fewer than two vectors, or a number is not finite.
 *
 * @param mean of the cosines, in [−1, 1]; exact at any number of vectors, from the norm of the sum
 *     of the unit vectors
 * @param meanAbsolute of the absolute cosines, in [0, 1]; of a sample of {@link #MOST_VECTORS}
 *     evenly spread vectors where there are more
 * @param largest cosine, in [−1, 1]; 1 where any two of all vectors are identical, else of the
 *     sample
 * @param largestAbsolute in [0, 1]; likewise
 */
record Cosines(Double mean, Double meanAbsolute, Double largest, Double largestAbsolute) {
  /** Vectors all pairs of which are compared. */
  static final int MOST_VECTORS = 256;

  private static final Cosines UNDEFINED = new Cosines(null, null, null, null);

  static Cosines of(Vectors vectors) {
    if (vectors.count() < 2 || !vectors.areFinite()) {
      return UNDEFINED;
    }
    UnitGroups identical = UnitGroups.identical(vectors);
    if (identical.count() == 1) {
      return new Cosines(1.0, 1.0, 1.0, 1.0);
    }
    Vectors directions = vectors.normalized();
    Cosines sampled = ofPairs(directions.sample(MOST_VECTORS), mean(directions));
    return identical.count() == vectors.count()
        ? sampled
        : new Cosines(sampled.mean, sampled.meanAbsolute, 1.0, 1.0);
  }

  /**
   * ‖Σu‖² is the sum over all ordered pairs, each vector with itself included; pairs of zero
   * vectors, which add nothing to it, count 1.
   */
  private static double mean(Vectors directions) {
    double[] sum = new double[directions.length()];
    double zeros = 0;
    double own = 0;
    for (int vector = 0; vector < directions.count(); vector++) {
      double square = 0;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += directions.at(vector, i);
        square += directions.at(vector, i) * directions.at(vector, i);
      }
      zeros += square == 0 ? 1 : 0;
      own += square;
    }
    double all = 0;
    for (double component : sum) {
      all += component * component;
    }
    double count = directions.count();
    return clamp((all - own + zeros * (zeros - 1)) / (count * (count - 1)));
  }

  private static Cosines ofPairs(Vectors directions, double mean) {
    double[][] products = Gram.of(directions);
    double absolute = 0;
    double largest = -1;
    double largestAbsolute = 0;
    for (int i = 0; i < products.length; i++) {
      for (int j = 0; j < i; j++) {
        double cosine = products[i][i] == 0 && products[j][j] == 0 ? 1 : clamp(products[i][j]);
        absolute += Math.abs(cosine);
        largest = Math.max(largest, cosine);
        largestAbsolute = Math.max(largestAbsolute, Math.abs(cosine));
      }
    }
    double pairs = products.length * (products.length - 1) / 2.0;
    return new Cosines(mean, absolute / pairs, largest, largestAbsolute);
  }

  private static double clamp(double cosine) {
    return Math.max(-1, Math.min(1, cosine));
  }
}
