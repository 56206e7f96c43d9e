package org.symbreak.engine.fused;

import java.util.Arrays;

/** Arrays of floats, and what needs no speed. */
abstract sealed class FloatKernels implements Kernels<float[]>
    permits PlainFloatKernels, VectorFloatKernels {
  @Override
  public final float[] array(int length) {
    return new float[length];
  }

  @Override
  public final double get(float[] array, int i) {
    return array[i];
  }

  @Override
  public final void set(float[] array, int i, double value) {
    array[i] = (float) value;
  }

  @Override
  public final void fill(float[] array, int from, int to, double value) {
    Arrays.fill(array, from, to, (float) value);
  }

  @Override
  public final void copy(float[] from, int fromAt, float[] to, int toAt, int length) {
    System.arraycopy(from, fromAt, to, toAt, length);
  }

  @Override
  public final void transpose(float[] from, Panels source, float[] to, Panels target) {
    for (int i = 0; i < source.rows(); i++) {
      for (int j = 0; j < source.columns(); j++) {
        to[target.element(j, i)] = from[source.element(i, j)];
      }
    }
  }

  @Override
  public final double addSquares(double sum, float[] a, int start, int end) {
    double squares = sum;
    for (int i = start; i < end; i++) {
      squares = Math.fma((double) a[i], a[i], squares);
    }
    return squares;
  }

  /** r √(1 − β₂ᵗ) / (1 − β₁ᵗ), rounded where Deeplearning4j rounds. */
  static float adamStep(double rate, double beta1, double beta2, long t) {
    float power1 = (float) StrictMath.pow((float) beta1, t);
    float power2 = (float) StrictMath.pow((float) beta2, t);
    return (float) ((float) rate * (float) Math.sqrt(1.0 - power2) / (1.0 - power1));
  }

  /**
   * Pairwise sum of {@link #LANES} elements: each of the first half and its counterpart in the
   * second, until one is left.
   */
  static float sum(float[] lanes, int at) {
    float s0 = lanes[at] + lanes[at + 8];
    float s1 = lanes[at + 1] + lanes[at + 9];
    float s2 = lanes[at + 2] + lanes[at + 10];
    float s3 = lanes[at + 3] + lanes[at + 11];
    float s4 = lanes[at + 4] + lanes[at + 12];
    float s5 = lanes[at + 5] + lanes[at + 13];
    float s6 = lanes[at + 6] + lanes[at + 14];
    float s7 = lanes[at + 7] + lanes[at + 15];
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }
}
