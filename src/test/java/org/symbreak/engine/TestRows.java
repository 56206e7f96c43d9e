package org.symbreak.engine;

import java.util.random.RandomGenerator;
import org.symbreak.data.EncodedRows;
import org.symbreak.random.Streams;

/** Rows for tests. */
public record TestRows(double[][] x, int[] y) implements EncodedRows {
  /**
   * Points in [−1, 1]², positive inside a circle of radius 0.7: about two classes of 38 % and 62 %,
   * no linear signal.
   */
  public static TestRows disc(int rows, long seed) {
    RandomGenerator random = Streams.of(seed, 77);
    double[][] x = new double[rows][2];
    int[] y = new int[rows];
    for (int i = 0; i < rows; i++) {
      x[i][0] = random.nextDouble(-1, 1);
      x[i][1] = random.nextDouble(-1, 1);
      y[i] = x[i][0] * x[i][0] + x[i][1] * x[i][1] < 0.49 ? 1 : 0;
    }
    return new TestRows(x, y);
  }

  /** Gaussian features, labels from a noisy linear rule. */
  public static TestRows linear(int rows, int features, long seed) {
    RandomGenerator random = Streams.of(seed, 78);
    double[][] x = new double[rows][features];
    int[] y = new int[rows];
    for (int i = 0; i < rows; i++) {
      double sum = 0.5;
      for (int j = 0; j < features; j++) {
        x[i][j] = random.nextGaussian();
        sum += x[i][j] * Math.cos(j + 1);
      }
      y[i] = sum + random.nextGaussian() > 0 ? 1 : 0;
    }
    return new TestRows(x, y);
  }

  @Override
  public int rows() {
    return x.length;
  }

  @Override
  public int features() {
    return x[0].length;
  }

  @Override
  public void features(int row, double[] into, int offset) {
    System.arraycopy(x[row], 0, into, offset, x[row].length);
  }

  @Override
  public int label(int row) {
    return y[row];
  }

  @Override
  public long line(int row) {
    return row + 2;
  }
}
