package org.symbreak.training.fused;

import java.util.Arrays;

/** Arrays of doubles, and what needs no speed. */
abstract sealed class DoubleKernels implements Kernels<double[]>
    permits PlainDoubleKernels, VectorDoubleKernels {
  @Override
  public final double[] array(int length) {
    return new double[length];
  }

  @Override
  public final double get(double[] array, int i) {
    return array[i];
  }

  @Override
  public final void set(double[] array, int i, double value) {
    array[i] = value;
  }

  @Override
  public final void fill(double[] array, int from, int to, double value) {
    Arrays.fill(array, from, to, value);
  }

  @Override
  public final void copy(double[] from, int fromAt, double[] to, int toAt, int length) {
    System.arraycopy(from, fromAt, to, toAt, length);
  }

  @Override
  public final void transpose(
      int rows,
      int columns,
      double[] from,
      int fromAt,
      int fromRow,
      double[] to,
      int toAt,
      int toRow) {
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        to[toAt + j * toRow + i] = from[fromAt + i * fromRow + j];
      }
    }
  }

  @Override
  public final double sumOfSquares(double[] a, int start, int end) {
    double sum = 0;
    for (int i = start; i < end; i++) {
      sum = Math.fma(a[i], a[i], sum);
    }
    return sum;
  }

  /** r √(1 − β₂ᵗ) / (1 − β₁ᵗ), rounded where Deeplearning4j rounds. */
  static double adamStep(double rate, double beta1, double beta2, long t) {
    double power1 = StrictMath.pow(beta1, t);
    double power2 = StrictMath.pow(beta2, t);
    return (rate * Math.sqrt(1.0 - power2) / (1.0 - power1));
  }

  /**
   * Pairwise sum of {@link #LANES} elements: each of the first half and its counterpart in the
   * second, until one is left.
   */
  static double sum(double[] lanes, int at) {
    double s0 = lanes[at] + lanes[at + 8];
    double s1 = lanes[at + 1] + lanes[at + 9];
    double s2 = lanes[at + 2] + lanes[at + 10];
    double s3 = lanes[at + 3] + lanes[at + 11];
    double s4 = lanes[at + 4] + lanes[at + 12];
    double s5 = lanes[at + 5] + lanes[at + 13];
    double s6 = lanes[at + 6] + lanes[at + 14];
    double s7 = lanes[at + 7] + lanes[at + 15];
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }
}
