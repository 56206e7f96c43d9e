package org.symbreak.symmetry;

import java.util.Arrays;

/**
 * Eigenvalues of a real symmetric matrix: Householder's reduction to tridiagonal form, then
 * implicit QL steps with Wilkinson's shift (Golub and Van Loan, Matrix Computations, 4th edition,
 * sections 8.3.1 and 8.3.3).
 */
final class SymmetricEigenvalues {
  private static final int STEPS_A_VALUE = 60;

  private SymmetricEigenvalues() {}

  /**
   * @param matrix n × n, symmetric, finite; destroyed
   * @return the n eigenvalues, ascending; each within about n · 1e-16 of the largest
   */
  static double[] of(double[][] matrix) {
    int n = matrix.length;
    double[] diagonal = new double[n];
    double[] beside = new double[n];
    tridiagonalize(matrix, diagonal, beside);
    diagonalize(diagonal, beside);
    Arrays.sort(diagonal);
    return diagonal;
  }

  /** {@code beside[i]} is the element between {@code diagonal[i]} and {@code diagonal[i + 1]}. */
  private static void tridiagonalize(double[][] a, double[] diagonal, double[] beside) {
    int n = a.length;
    double[] v = new double[n];
    double[] p = new double[n];
    for (int k = 0; k < n; k++) {
      diagonal[k] = a[k][k];
      if (k + 1 == n) {
        break;
      }
      double largest = 0;
      for (int i = k + 2; i < n; i++) {
        largest = Math.max(largest, Math.abs(a[i][k]));
      }
      if (largest == 0) {
        beside[k] = a[k + 1][k];
        continue;
      }
      largest = Math.max(largest, Math.abs(a[k + 1][k]));
      double squares = 0;
      for (int i = k + 1; i < n; i++) {
        v[i] = a[i][k] / largest;
        squares += v[i] * v[i];
      }
      double norm = v[k + 1] > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
      beside[k] = norm * largest;
      double half = squares - norm * v[k + 1]; // vᵀv / 2 once v is complete
      v[k + 1] -= norm;
      double projection = 0;
      for (int i = k + 1; i < n; i++) {
        double sum = 0;
        double[] row = a[i];
        for (int j = k + 1; j < n; j++) {
          sum += row[j] * v[j];
        }
        p[i] = sum / half;
        projection += v[i] * p[i];
      }
      for (int i = k + 1; i < n; i++) {
        p[i] -= projection / (2 * half) * v[i];
      }
      for (int i = k + 1; i < n; i++) {
        double[] row = a[i];
        for (int j = k + 1; j < n; j++) {
          row[j] -= v[i] * p[j] + p[i] * v[j];
        }
      }
    }
  }

  private static void diagonalize(double[] diagonal, double[] beside) {
    double norm = 0;
    for (int i = 0; i < diagonal.length; i++) {
      norm = Math.max(norm, Math.abs(diagonal[i]) + Math.abs(beside[i]));
    }
    double negligible = Math.ulp(norm) / 2;
    for (int first = 0; first < diagonal.length; first++) {
      int last = unbroken(beside, first, negligible);
      for (int step = 0; last > first; step++) {
        if (step == STEPS_A_VALUE) {
          throw new ArithmeticException("eigenvalues did not converge; is the matrix finite?");
        }
        qlStep(diagonal, beside, first, last);
        last = unbroken(beside, first, negligible);
      }
    }
  }

  /**
   * The last row of the block that begins at {@code first}: the element beside the diagonal there
   * is negligible.
   */
  private static int unbroken(double[] beside, int first, double negligible) {
    int last = first;
    while (last + 1 < beside.length && Math.abs(beside[last]) > negligible) {
      last++;
    }
    return last;
  }

  /** One QL step on rows {@code first} to {@code last}, by plane rotations from the bottom up. */
  private static void qlStep(double[] diagonal, double[] beside, int first, int last) {
    double g = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first]);
    double r = Math.hypot(g, 1);
    g = diagonal[last] - diagonal[first] + beside[first] / (g + Math.copySign(r, g));
    double sine = 1;
    double cosine = 1;
    double shift = 0;
    for (int i = last - 1; i >= first; i--) {
      double f = sine * beside[i];
      double b = cosine * beside[i];
      r = Math.hypot(f, g);
      beside[i + 1] = r;
      if (r == 0) {
        diagonal[i + 1] -= shift;
        beside[last] = 0;
        return;
      }
      sine = f / r;
      cosine = g / r;
      g = diagonal[i + 1] - shift;
      r = (diagonal[i] - g) * sine + 2 * cosine * b;
      shift = sine * r;
      diagonal[i + 1] = g + shift;
      g = cosine * r - b;
    }
    diagonal[first] -= shift;
    beside[first] = g;
    beside[last] = 0;
  }
}
