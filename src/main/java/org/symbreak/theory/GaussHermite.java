package org.symbreak.theory;

import java.util.function.DoubleUnaryOperator;

/**
 * Means of functions of a standard normal variable: Gauss–Hermite quadrature (Golub and Welsch,
 * Mathematics of Computation 23, 1969). Exact for polynomials of a degree below twice the number of
 * nodes; at a kink in 0 still exact for what is a polynomial on either side, as there is no node in
 * 0.
 */
final class GaussHermite {
  private static final int BISECTIONS = 80;

  private final double[] nodes;
  private final double[] weights;

  /**
   * @param count of nodes, even, from 2
   */
  GaussHermite(int count) {
    nodes = new double[count];
    weights = new double[count];
    for (int i = 0; i < count / 2; i++) {
      double node = eigenvalue(count, count / 2 + i);
      double weight = weight(count, node);
      nodes[count / 2 + i] = node;
      nodes[count / 2 - 1 - i] = -node;
      weights[count / 2 + i] = weight;
      weights[count / 2 - 1 - i] = weight;
    }
  }

  /** E f(z), z standard normal. */
  double mean(DoubleUnaryOperator f) {
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      sum += weights[i] * f.applyAsDouble(nodes[i]);
    }
    return sum;
  }

  /** Of Hermite's tridiagonal matrix (diagonal 0, √k beside it), by bisection on Sturm counts. */
  private static double eigenvalue(int count, int index) {
    double low = 0;
    double high = 2 * Math.sqrt(count);
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (below(count, middle) > index) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (low + high) / 2;
  }

  /** How many eigenvalues are less than x. */
  private static int below(int count, double x) {
    int negative = 0;
    double pivot = 1;
    for (int k = 0; k < count; k++) {
      pivot = -x - (k == 0 ? 0 : k / pivot);
      if (pivot == 0) {
        pivot = 1e-300;
      }
      negative += pivot < 0 ? 1 : 0;
    }
    return negative;
  }

  /** One over the sum of squares of the orthonormal Hermite polynomials at a node. */
  private static double weight(int count, double x) {
    double before = 0;
    double value = 1;
    double squares = 1;
    for (int k = 1; k < count; k++) {
      double next = (x * value - Math.sqrt(k - 1.0) * before) / Math.sqrt(k);
      before = value;
      value = next;
      squares += value * value;
    }
    return 1 / squares;
  }
}
