package org.symbreak.engine.fused;

import java.util.Arrays;
import org.symbreak.network.Activation;

/** Plain Java on floats. */
final class PlainFloatKernels extends FloatKernels {
  private final float[] partial = new float[LANES];

  @Override
  public void multiply(
      int rows,
      int inner,
      int columns,
      float[] a,
      int aAt,
      int aRow,
      int aInner,
      float[] b,
      int bAt,
      int bRow,
      float[] start,
      int startAt,
      int startRow,
      float[] c,
      int cAt,
      int cRow) {
    for (int m = 0; m < rows; m++) {
      int to = cAt + m * cRow;
      System.arraycopy(start, startAt + m * startRow, c, to, columns);
      for (int k = 0; k < inner; k++) {
        addProduct(columns, a[aAt + m * aRow + k * aInner], b, bAt + k * bRow, c, to);
      }
    }
  }

  private static void addProduct(
      int columns, float factor, float[] b, int bAt, float[] c, int cAt) {
    for (int j = 0; j < columns; j++) {
      c[cAt + j] = Math.fma(factor, b[bAt + j], c[cAt + j]);
    }
  }

  @Override
  public void activate(
      Activation activation, int rows, int units, int stride, float[] z, float[] a) {
    for (int m = 0; m < rows; m++) {
      int from = m * stride;
      int to = from + units;
      switch (activation) {
        case SIGMOID -> sigmoid(z, a, from, to);
        case TANH -> tanh(z, a, from, to);
        case RELU -> rectify(0, 0, z, a, from, to);
        case LEAKYRELU -> rectify(FloatFunctions.LEAK, FloatFunctions.LEAK_SLOPE, z, a, from, to);
        case ELU -> elu(z, a, from, to);
        case SOFTPLUS -> softplus(z, a, from, to);
        case IDENTITY -> identity(z, a, from, to);
      }
    }
  }

  private static void sigmoid(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = FloatFunctions.sigmoid(z[i]);
      a[i] = value;
      z[i] = value * (1 - value);
    }
  }

  private static void tanh(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = FloatFunctions.tanh(z[i]);
      a[i] = value;
      z[i] = Math.fma(-value, value, 1);
    }
  }

  private static void rectify(
      float below, float slopeBelow, float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean above = z[i] > 0;
      a[i] = (above ? 1 : below) * z[i];
      z[i] = above ? 1 : slopeBelow;
    }
  }

  private static void elu(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      float sum = z[i];
      float below = sum > 0 ? 0 : sum;
      a[i] = sum > 0 ? sum : FloatFunctions.expm1(below);
      z[i] = FloatFunctions.exp(below);
    }
  }

  private static void softplus(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = FloatFunctions.softplus(z[i]);
      z[i] = FloatFunctions.sigmoid(z[i]);
    }
  }

  private static void identity(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = z[i];
      z[i] = 1;
    }
  }

  @Override
  public void outputs(
      int rows,
      int inputs,
      float[] a,
      int aAt,
      int aRow,
      float[] w,
      int wAt,
      double bias,
      float[] z) {
    for (int m = 0; m < rows; m++) {
      Arrays.fill(partial, 0);
      int from = aAt + m * aRow;
      for (int k = 0; k < inputs; k++) {
        partial[k % LANES] = Math.fma(a[from + k], w[wAt + k], partial[k % LANES]);
      }
      z[m] = sum(partial, 0) + (float) bias;
    }
  }

  @Override
  public void deltas(
      int rows,
      float[] z,
      float[] labels,
      int labelsAt,
      double weightOfZero,
      double weightOfOne,
      float[] deltas) {
    float zero = (float) weightOfZero;
    float one = (float) weightOfOne;
    for (int m = 0; m < rows; m++) {
      float label = labels[labelsAt + m];
      deltas[m] = (FloatFunctions.sigmoid(z[m]) - label) * (label > 0 ? one : zero);
    }
  }

  @Override
  public double losses(
      int rows, float[] z, float[] labels, int labelsAt, double weightOfZero, double weightOfOne) {
    float zero = (float) weightOfZero;
    float one = (float) weightOfOne;
    double sum = 0;
    for (int m = 0; m < rows; m++) {
      boolean positive = labels[labelsAt + m] > 0;
      z[m] = FloatFunctions.softplus(positive ? -z[m] : z[m]) * (positive ? one : zero);
      sum += z[m];
    }
    return sum;
  }

  @Override
  public void probabilities(int rows, float[] z) {
    for (int m = 0; m < rows; m++) {
      z[m] = FloatFunctions.sigmoid(z[m]);
    }
  }

  @Override
  public void addOutputGradient(
      int rows,
      int inputs,
      float[] deltas,
      float[] a,
      int aAt,
      int aRow,
      float[] gradient,
      int weightsAt,
      int biasAt) {
    for (int m = 0; m < rows; m++) {
      addProduct(inputs, deltas[m], a, aAt + m * aRow, gradient, weightsAt);
      gradient[biasAt] += deltas[m];
    }
  }

  @Override
  public void backFromOutput(
      int rows,
      int units,
      float[] deltas,
      float[] w,
      int wAt,
      int stride,
      float[] d,
      float[] gradient,
      int biasesAt) {
    for (int m = 0; m < rows; m++) {
      float delta = deltas[m];
      int at = m * stride;
      for (int j = 0; j < units; j++) {
        d[at + j] *= delta * w[wAt + j];
        gradient[biasesAt + j] += d[at + j];
      }
    }
  }

  @Override
  public void backFromHidden(
      int rows, int units, int stride, float[] e, float[] d, float[] gradient, int biasesAt) {
    for (int m = 0; m < rows; m++) {
      int at = m * stride;
      for (int j = 0; j < units; j++) {
        d[at + j] *= e[at + j];
        gradient[biasesAt + j] += d[at + j];
      }
    }
  }

  @Override
  public void add(float[] from, float[] to, int start, int end) {
    for (int i = start; i < end; i++) {
      to[i] += from[i];
    }
  }

  @Override
  public void divide(float[] a, double by, int start, int end) {
    float divisor = (float) by;
    for (int i = start; i < end; i++) {
      a[i] /= divisor;
    }
  }

  @Override
  public void addPenalty(double l2, float[] parameters, float[] gradient, int start, int end) {
    float coefficient = (float) l2;
    for (int i = start; i < end; i++) {
      gradient[i] = Math.fma(coefficient, parameters[i], gradient[i]);
    }
  }

  @Override
  public void sgd(double rate, float[] gradient, float[] parameters, int start, int end) {
    float r = (float) rate;
    for (int i = start; i < end; i++) {
      parameters[i] -= r * gradient[i];
    }
  }

  @Override
  public void nesterov(
      double rate,
      double momentum,
      float[] gradient,
      float[] v,
      float[] parameters,
      int start,
      int end) {
    float r = (float) rate;
    float mu = (float) momentum;
    for (int i = start; i < end; i++) {
      float before = mu * v[i];
      v[i] = before - r * gradient[i];
      parameters[i] -= before + (-mu - 1) * v[i];
    }
  }

  @Override
  public void adam(
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      long t,
      float[] gradient,
      float[] m,
      float[] v,
      float[] parameters,
      int start,
      int end) {
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float e = (float) epsilon;
    float step = adamStep(rate, beta1, beta2, t);
    for (int i = start; i < end; i++) {
      float g = gradient[i];
      m[i] = b1 * m[i] + g * (1 - b1);
      v[i] = b2 * v[i] + g * g * (1 - b2);
      parameters[i] -= m[i] * step / ((float) Math.sqrt(v[i]) + e);
    }
  }
}
