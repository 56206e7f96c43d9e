package org.symbreak.engine.fused;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Arrays of floats, and what needs no speed. */
abstract sealed class FloatKernels implements Kernels<float[]>
    permits PlainFloatKernels, VectorFloatKernels {
  /** e to the minus this is 0, in double precision, too. */
  private static final int UNDERFLOW = 746;

  @Override
  public final int bytes() {
    return Float.BYTES;
  }

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
  public final void write(float[] from, ByteBuffer to) {
    to.asFloatBuffer().put(from);
    to.position(to.position() + from.length * Float.BYTES);
  }

  @Override
  public final void read(ByteBuffer from, float[] to) {
    from.asFloatBuffer().get(to);
    from.position(from.position() + to.length * Float.BYTES);
  }

  @Override
  public final void copy(float[] from, int fromAt, float[] to, int toAt, int length) {
    System.arraycopy(from, fromAt, to, toAt, length);
  }

  @Override
  public final double touch(float[] array, int from, int length) {
    float sum = array[from + length - 1];
    for (int i = from; i < from + length; i += LANES) {
      sum += array[i];
    }
    return sum;
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
  public final void begin(int rows, float[] b, Panels panels, float[] c) {
    for (int j = 0; j < panels.columns(); j += LANES) {
      int to = Kernels.column(j);
      for (int m = 0; m < rows; m++) {
        System.arraycopy(b, panels.start(j), c, to + m * DISTANCE, LANES);
      }
    }
  }

  @Override
  public final void addPartial(
      int rows, int inner, float[] a, int column, float[] w, int wAt, int input, float[] partial) {
    for (int m = 0; m < rows; m++) {
      int from = Kernels.column(column) + m * DISTANCE;
      for (int k = 0; k < inner; k++) {
        int lane = m * LANES + (input + k) % LANES;
        partial[lane] = Math.fma(a[from + k], w[wAt + input + k], partial[lane]);
      }
    }
  }

  @Override
  public final void addPartialOnes(
      int rows, Ones ones, int group, int count, float[] w, int wAt, float[] partial) {
    int[] inputs = ones.inputs();
    for (int m = 0; m < rows; m++) {
      int from = ones.index(m, group);
      for (int i = from; i < from + count; i++) {
        partial[m * LANES + inputs[i] % LANES] += w[wAt + inputs[i]];
      }
    }
  }

  @Override
  public final void outputs(int rows, float[] partial, double bias, float[] z) {
    for (int m = 0; m < rows; m++) {
      z[m] = sum(partial, m * LANES) + (float) bias;
    }
  }

  @Override
  public final void addOutputOn(
      int rows, int inner, float[] deltas, float[] a, int column, float[] gradient, int at) {
    for (int m = 0; m < rows; m++) {
      int from = Kernels.column(column) + m * DISTANCE;
      float delta = deltas[m];
      for (int k = 0; k < inner; k++) {
        gradient[at + k] = Math.fma(delta, a[from + k], gradient[at + k]);
      }
    }
  }

  @Override
  public final void addOutputOnes(
      int rows, float[] deltas, Ones ones, int group, int count, float[] gradient, int weightsAt) {
    int[] inputs = ones.inputs();
    for (int m = 0; m < rows; m++) {
      int from = ones.index(m, group);
      for (int i = from; i < from + count; i++) {
        gradient[weightsAt + inputs[i]] += deltas[m];
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
    float power1 = power((float) beta1, t);
    float power2 = power((float) beta2, t);
    return (float) ((float) rate * (float) Math.sqrt(1.0 - power2) / (1.0 - power1));
  }

  /** βᵗ; 0 without computing it where it is below all numbers, as βᵗ ≤ e^(−t (1 − β)). */
  private static float power(float beta, long t) {
    return t * (1 - beta) > UNDERFLOW ? 0 : (float) StrictMath.pow(beta, t);
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
