package org.symbreak.engine.fused;

import java.util.Arrays;
import org.symbreak.network.Activation;

/** Plain Java on floats. */
final class PlainFloatKernels extends FloatKernels {
  /** Columns of a product that are computed at the same time. */
  private static final int PART = 8;

  private final float[] partial = new float[LANES];

  @Override
  public void multiply(int rows, float[] a, int column, float[] b, Panels panels, float[] c) {
    for (int j = 0; j < panels.columns(); j += PART) {
      for (int k = 0; k < panels.rows(); k += SPAN) {
        boolean begins = k == 0;
        int to = Kernels.column(j);
        multiply(
            rows,
            Math.min(SPAN, panels.rows() - k),
            a,
            Kernels.column(column + k),
            b,
            panels.element(k, j),
            begins ? b : c,
            begins ? panels.start(j) : to,
            begins ? 0 : DISTANCE,
            c,
            to);
      }
    }
  }

  private static void multiply(
      int rows,
      int inner,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      int startRow,
      float[] c,
      int cAt) {
    for (int m = 0; m < rows; m++) {
      int from = startAt + m * startRow;
      int first = aAt + m * DISTANCE;
      int y = bAt;
      float s0 = start[from];
      float s1 = start[from + 1];
      float s2 = start[from + 2];
      float s3 = start[from + 3];
      float s4 = start[from + 4];
      float s5 = start[from + 5];
      float s6 = start[from + 6];
      float s7 = start[from + 7];
      for (int x = first; x < first + inner; x++) {
        float factor = a[x];
        s0 = Math.fma(factor, b[y], s0);
        s1 = Math.fma(factor, b[y + 1], s1);
        s2 = Math.fma(factor, b[y + 2], s2);
        s3 = Math.fma(factor, b[y + 3], s3);
        s4 = Math.fma(factor, b[y + 4], s4);
        s5 = Math.fma(factor, b[y + 5], s5);
        s6 = Math.fma(factor, b[y + 6], s6);
        s7 = Math.fma(factor, b[y + 7], s7);
        y += LANES;
      }
      int to = cAt + m * DISTANCE;
      c[to] = s0;
      c[to + 1] = s1;
      c[to + 2] = s2;
      c[to + 3] = s3;
      c[to + 4] = s4;
      c[to + 5] = s5;
      c[to + 6] = s6;
      c[to + 7] = s7;
    }
  }

  @Override
  public void multiplyOn(
      int rows, int inner, float[] a, int column, float[] b, Panels panels, int row, float[] c) {
    for (int j = 0; j < panels.columns(); j += PART) {
      int to = Kernels.column(j);
      multiply(
          rows,
          inner,
          a,
          Kernels.column(column),
          b,
          panels.element(row, j),
          c,
          to,
          DISTANCE,
          c,
          to);
    }
  }

  @Override
  public void addRows(
      int rows, Ones ones, int group, int count, float[] b, Panels panels, float[] c) {
    for (int j = 0; j < panels.columns(); j += PART) {
      for (int m = 0; m < rows; m++) {
        addRows(
            ones.inputs(),
            ones.index(m, group),
            count,
            b,
            panels.element(0, j),
            c,
            Kernels.column(j) + m * DISTANCE);
      }
    }
  }

  private static void addRows(
      int[] inputs, int from, int count, float[] b, int bAt, float[] c, int to) {
    float s0 = c[to];
    float s1 = c[to + 1];
    float s2 = c[to + 2];
    float s3 = c[to + 3];
    float s4 = c[to + 4];
    float s5 = c[to + 5];
    float s6 = c[to + 6];
    float s7 = c[to + 7];
    for (int i = from; i < from + count; i++) {
      int y = bAt + inputs[i] * LANES;
      s0 += b[y];
      s1 += b[y + 1];
      s2 += b[y + 2];
      s3 += b[y + 3];
      s4 += b[y + 4];
      s5 += b[y + 5];
      s6 += b[y + 6];
      s7 += b[y + 7];
    }
    c[to] = s0;
    c[to + 1] = s1;
    c[to + 2] = s2;
    c[to + 3] = s3;
    c[to + 4] = s4;
    c[to + 5] = s5;
    c[to + 6] = s6;
    c[to + 7] = s7;
  }

  @Override
  public void addProductOn(
      int rows, int inner, float[] a, int column, float[] b, float[] c, Panels panels, int row) {
    for (int j = 0; j < panels.columns(); j += PART) {
      for (int k = 0; k < inner; k++) {
        addProduct(
            rows,
            a,
            Kernels.column(column) + k,
            b,
            Kernels.column(j),
            c,
            panels.element(row + k, j));
      }
    }
  }

  @Override
  public void addToRows(
      int rows, Ones ones, int group, int count, float[] b, float[] c, Panels panels) {
    int[] inputs = ones.inputs();
    for (int j = 0; j < panels.columns(); j += LANES) {
      for (int m = 0; m < rows; m++) {
        int x = Kernels.column(j) + m * DISTANCE;
        int from = ones.index(m, group);
        for (int i = from; i < from + count; i++) {
          int to = panels.element(0, j) + inputs[i] * LANES;
          for (int lane = 0; lane < LANES; lane++) {
            c[to + lane] += b[x + lane];
          }
        }
      }
    }
  }

  @Override
  public void addProduct(int rows, float[] a, int column, float[] b, float[] c, Panels panels) {
    for (int j = 0; j < panels.columns(); j += PART) {
      for (int k = 0; k < panels.rows(); k++) {
        addProduct(
            rows, a, Kernels.column(column + k), b, Kernels.column(j), c, panels.element(k, j));
      }
    }
  }

  private static void addProduct(
      int rows, float[] a, int aAt, float[] b, int bAt, float[] c, int to) {
    float s0 = c[to];
    float s1 = c[to + 1];
    float s2 = c[to + 2];
    float s3 = c[to + 3];
    float s4 = c[to + 4];
    float s5 = c[to + 5];
    float s6 = c[to + 6];
    float s7 = c[to + 7];
    int apart = aAt - bAt;
    int end = bAt + rows * DISTANCE;
    for (int y = bAt; y < end; y += DISTANCE) {
      float factor = a[y + apart];
      s0 = Math.fma(factor, b[y], s0);
      s1 = Math.fma(factor, b[y + 1], s1);
      s2 = Math.fma(factor, b[y + 2], s2);
      s3 = Math.fma(factor, b[y + 3], s3);
      s4 = Math.fma(factor, b[y + 4], s4);
      s5 = Math.fma(factor, b[y + 5], s5);
      s6 = Math.fma(factor, b[y + 6], s6);
      s7 = Math.fma(factor, b[y + 7], s7);
    }
    c[to] = s0;
    c[to + 1] = s1;
    c[to + 2] = s2;
    c[to + 3] = s3;
    c[to + 4] = s4;
    c[to + 5] = s5;
    c[to + 6] = s6;
    c[to + 7] = s7;
  }

  private static void addProduct(
      int columns, float factor, float[] b, int bAt, float[] c, int cAt) {
    for (int j = 0; j < columns; j++) {
      c[cAt + j] = Math.fma(factor, b[bAt + j], c[cAt + j]);
    }
  }

  @Override
  public void activate(Activation activation, int rows, int units, float[] a, float[] d) {
    for (int j = 0; j < units; j += SPAN) {
      for (int m = 0; m < rows; m++) {
        int from = Kernels.column(j) + m * DISTANCE;
        int to = from + Math.min(SPAN, units - j);
        switch (activation) {
          case SIGMOID -> sigmoid(from, to, a);
          case TANH -> tanh(from, to, a);
          case RELU -> rectify(0, from, to, a);
          case LEAKYRELU -> rectify(FloatFunctions.LEAK, from, to, a);
          case ELU -> elu(from, to, a, d);
          case SOFTPLUS -> softplus(from, to, a, d);
          case IDENTITY -> {}
        }
      }
    }
  }

  private static void sigmoid(int from, int to, float[] a) {
    for (int i = from; i < to; i++) {
      a[i] = FloatFunctions.sigmoid(a[i]);
    }
  }

  private static void tanh(int from, int to, float[] a) {
    for (int i = from; i < to; i++) {
      a[i] = FloatFunctions.tanh(a[i]);
    }
  }

  private static void rectify(float below, int from, int to, float[] a) {
    for (int i = from; i < to; i++) {
      a[i] *= a[i] > 0 ? 1 : below;
    }
  }

  private static void elu(int from, int to, float[] a, float[] d) {
    for (int i = from; i < to; i++) {
      float sum = a[i];
      float below = sum > 0 ? 0 : sum;
      a[i] = sum > 0 ? sum : FloatFunctions.expm1(below);
      d[i] = FloatFunctions.exp(below);
    }
  }

  private static void softplus(int from, int to, float[] a, float[] d) {
    for (int i = from; i < to; i++) {
      float sum = a[i];
      a[i] = FloatFunctions.softplus(sum);
      d[i] = FloatFunctions.sigmoid(sum);
    }
  }

  @Override
  public void slopes(Activation activation, int rows, int units, float[] a, float[] d) {
    for (int j = 0; j < units; j += SPAN) {
      for (int m = 0; m < rows; m++) {
        int from = Kernels.column(j) + m * DISTANCE;
        int to = from + Math.min(SPAN, units - j);
        switch (activation) {
          case SIGMOID -> sigmoidSlopes(from, to, a, d);
          case TANH -> tanhSlopes(from, to, a, d);
          case RELU -> steps(0, from, to, a, d);
          case LEAKYRELU -> steps(FloatFunctions.LEAK_SLOPE, from, to, a, d);
          case ELU, SOFTPLUS -> {} // known from the sums of inputs
          case IDENTITY -> steps(1, from, to, a, d);
        }
      }
    }
  }

  private static void sigmoidSlopes(int from, int to, float[] a, float[] d) {
    for (int i = from; i < to; i++) {
      d[i] = a[i] * (1 - a[i]);
    }
  }

  private static void tanhSlopes(int from, int to, float[] a, float[] d) {
    for (int i = from; i < to; i++) {
      d[i] = Math.fma(-a[i], a[i], 1);
    }
  }

  private static void steps(float below, int from, int to, float[] a, float[] d) {
    for (int i = from; i < to; i++) {
      d[i] = a[i] > 0 ? 1 : below;
    }
  }

  @Override
  public void outputs(
      int rows, int inputs, float[] a, int column, float[] w, int wAt, double bias, float[] z) {
    for (int m = 0; m < rows; m++) {
      Arrays.fill(partial, 0);
      for (int k = 0; k < inputs; k++) {
        float input = a[Kernels.column(column + k) + m * DISTANCE];
        partial[k % LANES] = Math.fma(input, w[wAt + k], partial[k % LANES]);
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
      int column,
      float[] gradient,
      int weightsAt,
      int biasAt) {
    for (int m = 0; m < rows; m++) {
      for (int k = 0; k < inputs; k += SPAN) {
        addProduct(
            Math.min(SPAN, inputs - k),
            deltas[m],
            a,
            Kernels.column(column + k) + m * DISTANCE,
            gradient,
            weightsAt + k);
      }
      gradient[biasAt] += deltas[m];
    }
  }

  @Override
  public void backFromOutput(
      int rows, float[] deltas, float[] w, int wAt, float[] d, float[] gradient, Panels panels) {
    for (int j = 0; j < panels.columns(); j++) {
      int at = Kernels.column(j);
      float sum = gradient[panels.start(j)];
      for (int m = 0; m < rows; m++) {
        d[at] *= deltas[m] * w[wAt + j];
        sum += d[at];
        at += DISTANCE;
      }
      gradient[panels.start(j)] = sum;
    }
  }

  @Override
  public void backFromHidden(int rows, float[] e, float[] d, float[] gradient, Panels panels) {
    for (int j = 0; j < panels.columns(); j++) {
      int at = Kernels.column(j);
      float sum = gradient[panels.start(j)];
      for (int m = 0; m < rows; m++) {
        d[at] *= e[at];
        sum += d[at];
        at += DISTANCE;
      }
      gradient[panels.start(j)] = sum;
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
