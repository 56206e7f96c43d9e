package org.symbreak.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Matrices whose eigenvalues are known in closed form. */
class SymmetricEigenvaluesTest {
  /** 2 − 2 cos(kπ / (n + 1)), k from 1 to n: the second difference with fixed ends. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 10, 61})
  void findsThoseOfTheSecondDifference(int n) {
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = 2;
      if (i > 0) {
        matrix[i][i - 1] = -1;
        matrix[i - 1][i] = -1;
      }
    }
    double[] expected = new double[n];
    Arrays.setAll(expected, k -> 2 - 2 * Math.cos((k + 1) * Math.PI / (n + 1)));
    assertThat(SymmetricEigenvalues.of(matrix)).containsExactly(expected, within(1e-13));
  }

  /** D + u uᵀ with u all ones and D = 0: n once, else 0. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 33})
  void findsThoseOfEqualRows(int n) {
    double[][] ones = new double[n][n];
    for (double[] row : ones) {
      Arrays.fill(row, 1);
    }
    double[] expected = new double[n];
    expected[n - 1] = n;
    assertThat(SymmetricEigenvalues.of(ones)).containsExactly(expected, within(1e-13));
  }

  /** H D H with a reflection H = I − 2 v vᵀ / vᵀv has those of the diagonal matrix D. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void keepsThemUnderReflections(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = random.nextInt(2, 30);
    double[] values = new double[n];
    // negative ones, zeros, repeated ones, and some that are nearly equal
    Arrays.setAll(values, i -> random.nextInt(-3, 4) + random.nextInt(2) * 1e-9);
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = values[i];
    }
    for (int times = 0; times < 3; times++) {
      matrix = reflected(matrix, random.doubles(n, -1, 1).toArray());
    }
    Arrays.sort(values);
    assertThat(SymmetricEigenvalues.of(matrix)).containsExactly(values, within(1e-12));
  }

  private static double[][] reflected(double[][] matrix, double[] v) {
    int n = v.length;
    double square = Arrays.stream(v).map(x -> x * x).sum();
    double[][] reflection = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        reflection[i][j] = (i == j ? 1 : 0) - 2 * v[i] * v[j] / square;
      }
    }
    double[][] product = product(product(reflection, matrix), reflection);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        product[i][j] = product[j][i];
      }
    }
    return product;
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] product = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        for (int k = 0; k < a.length; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  @Test
  void scaleWithTheMatrixFromTheSmallestToTheLargest() {
    for (double scale : new double[] {1e-150, 1, 1e150}) {
      double[][] matrix = {
        {4 * scale, 1 * scale, 1 * scale},
        {1 * scale, 4 * scale, 1 * scale},
        {1 * scale, 1 * scale, 4 * scale}
      };
      assertThat(SymmetricEigenvalues.of(matrix))
          .containsExactly(new double[] {3 * scale, 3 * scale, 6 * scale}, within(1e-14 * scale));
    }
  }

  /** Blocks that nothing ties together; none of them disturbs the others. */
  @Test
  void findsThoseOfEachBlock() {
    double[][] matrix = {
      {2, 1, 0, 0, 0},
      {1, 2, 0, 0, 0},
      {0, 0, -7, 0, 0},
      {0, 0, 0, 0, 5},
      {0, 0, 0, 5, 0}
    };
    assertThat(SymmetricEigenvalues.of(matrix))
        .containsExactly(new double[] {-7, -5, 1, 3, 5}, within(1e-14));
  }
}
