package org.symbreak.optimizer;

/** Sums over arrays in the order of their elements, so that bits repeat. */
final class VectorMath {
  private VectorMath() {}

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** target += factor · other. */
  static void add(double[] target, double factor, double[] other) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * other[i];
    }
  }

  static void scale(double[] target, double factor) {
    for (int i = 0; i < target.length; i++) {
      target[i] *= factor;
    }
  }

  static double largest(double[] a) {
    double largest = 0;
    for (double value : a) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
