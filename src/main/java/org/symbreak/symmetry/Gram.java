package org.symbreak.symmetry;

/**
 * Scalar products of all pairs of vectors, each summed in the order of its components, so that
 * equal vectors have equal products.
 */
final class Gram {
  private static final int BLOCK = 4;

  private Gram() {}

  /** The symmetric matrix of products, count × count. */
  static double[][] of(Vectors vectors) {
    int count = vectors.count();
    double[][] products = new double[count][count];
    for (int row = 0; row < count; row += BLOCK) {
      for (int column = 0; column <= row; column += BLOCK) {
        block(vectors, row, column, products);
      }
    }
    return products;
  }

  /**
   * Four rows by four columns at a time where there are as many: sixteen sums that do not wait for
   * each other.
   */
  private static void block(Vectors vectors, int row, int column, double[][] products) {
    int count = vectors.count();
    for (int i = row; i < Math.min(row + BLOCK, count); i++) {
      if (column + BLOCK <= count) {
        fourProducts(vectors, i, column, products[i]);
      } else {
        for (int j = column; j < count; j++) {
          products[i][j] = product(vectors, i, j);
        }
      }
      for (int j = column; j < Math.min(column + BLOCK, count); j++) {
        products[j][i] = products[i][j];
      }
    }
  }

  private static void fourProducts(Vectors vectors, int i, int j, double[] products) {
    double[] values = vectors.values();
    int length = vectors.length();
    int a = i * length;
    int b = j * length;
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    for (int k = 0; k < length; k++) {
      double value = values[a + k];
      sum0 += value * values[b + k];
      sum1 += value * values[b + length + k];
      sum2 += value * values[b + 2 * length + k];
      sum3 += value * values[b + 3 * length + k];
    }
    products[j] = sum0;
    products[j + 1] = sum1;
    products[j + 2] = sum2;
    products[j + 3] = sum3;
  }

  private static double product(Vectors vectors, int i, int j) {
    double sum = 0;
    for (int k = 0; k < vectors.length(); k++) {
      sum += vectors.at(i, k) * vectors.at(j, k);
    }
    return sum;
  }
}
