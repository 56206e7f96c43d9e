package org.symbreak.symmetry;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Vectors in clusters: the connected components of those that differ by at most a distance in every
 * component. Vectors are sorted by their projection on one fixed direction; as the direction's
 * absolute components sum to 1, the projections of two near vectors differ by no more than the
 * distance, so only vectors within that window are compared.
 */
final class Clusters {
  /**
   * Rounding of a projection, relative to the largest component: some hundred times the error that
   * is seen, and nothing against a distance worth asking for.
   */
  private static final double PROJECTION_ERROR = 1e-13;

  private Clusters() {}

  /**
   * @param distance largest difference of a component, from 0; with one that is not finite, or 0,
   *     only identical vectors are together
   */
  static List<int[]> of(Vectors vectors, double distance) {
    UnitGroups identical = UnitGroups.identical(vectors);
    if (!(distance > 0 && distance < Double.POSITIVE_INFINITY) || !vectors.areFinite()) {
      return identical.groups();
    }
    double[] projections = projections(vectors);
    int[] representatives = identical.groups().stream().mapToInt(group -> group[0]).toArray();
    int[] sorted =
        Arrays.stream(representatives)
            .boxed()
            .sorted(Comparator.comparingDouble(vector -> projections[vector]))
            .mapToInt(vector -> vector)
            .toArray();
    Components components = new Components(vectors.count());
    for (int[] group : identical.groups()) {
      for (int member : group) {
        components.join(group[0], member);
      }
    }
    double window = distance + PROJECTION_ERROR * largest(vectors);
    for (int i = 0; i < sorted.length; i++) {
      for (int j = i + 1;
          j < sorted.length && projections[sorted[j]] - projections[sorted[i]] <= window;
          j++) {
        if (components.find(sorted[i]) != components.find(sorted[j])
            && areNear(vectors, sorted[i], sorted[j], distance)) {
          components.join(sorted[i], sorted[j]);
        }
      }
    }
    return components.list();
  }

  private static boolean areNear(Vectors vectors, int a, int b, double distance) {
    for (int i = 0; i < vectors.length(); i++) {
      if (Math.abs(vectors.at(a, i) - vectors.at(b, i)) > distance) {
        return false;
      }
    }
    return true;
  }

  private static double[] projections(Vectors vectors) {
    double[] direction = direction(vectors.length());
    double[] projections = new double[vectors.count()];
    for (int vector = 0; vector < projections.length; vector++) {
      for (int i = 0; i < direction.length; i++) {
        projections[vector] += direction[i] * vectors.at(vector, i);
      }
    }
    return projections;
  }

  /**
   * A direction without structure that weights could share: the fractional parts of multiples of
   * the golden ratio, around 0, absolute values summing to 1.
   */
  private static double[] direction(int length) {
    double[] direction = new double[length];
    double sum = 0;
    for (int i = 0; i < length; i++) {
      direction[i] = (i + 1) * 0.6180339887498949 % 1 - 0.5;
      sum += Math.abs(direction[i]);
    }
    for (int i = 0; i < length; i++) {
      direction[i] /= sum;
    }
    return direction;
  }

  private static double largest(Vectors vectors) {
    double largest = 0;
    for (double value : vectors.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
