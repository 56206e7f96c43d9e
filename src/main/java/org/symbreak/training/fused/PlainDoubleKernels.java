package org.symbreak.training.fused;

import java.util.Arrays;
import org.symbreak.network.Activation;

/** Plain Java on doubles. */
final class PlainDoubleKernels extends DoubleKernels {
  private final double[] partial = new double[LANES];

  @Override
  public void multiply(
      int rows,
      int inner,
      int columns,
      double[] a,
      int aAt,
      int aRow,
      int aInner,
      double[] b,
      int bAt,
      int bRow,
      double[] start,
      int startAt,
      int startRow,
      double[] c,
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
      int columns, double factor, double[] b, int bAt, double[] c, int cAt) {
    for (int j = 0; j < columns; j++) {
      c[cAt + j] = Math.fma(factor, b[bAt + j], c[cAt + j]);
    }
  }

  @Override
  public void activate(
      Activation activation, int rows, int units, int stride, double[] z, double[] a) {
    for (int m = 0; m < rows; m++) {
      int from = m * stride;
      int to = from + units;
      switch (activation) {
        case SIGMOID -> sigmoid(z, a, from, to);
        case TANH -> tanh(z, a, from, to);
        case RELU -> rectify(0, 0, z, a, from, to);
        case LEAKYRELU -> rectify(DoubleFunctions.LEAK, DoubleFunctions.LEAK_SLOPE, z, a, from, to);
        case ELU -> elu(z, a, from, to);
        case SOFTPLUS -> softplus(z, a, from, to);
        case IDENTITY -> identity(z, a, from, to);
      }
    }
  }

  private static void sigmoid(double[] z, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      double value = DoubleFunctions.sigmoid(z[i]);
      a[i] = value;
      z[i] = value * (1 - value);
    }
  }

  private static void tanh(double[] z, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      double value = DoubleFunctions.tanh(z[i]);
      a[i] = value;
      z[i] = Math.fma(-value, value, 1);
    }
  }

  private static void rectify(
      double below, double slopeBelow, double[] z, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean above = z[i] > 0;
      a[i] = (above ? 1 : below) * z[i];
      z[i] = above ? 1 : slopeBelow;
    }
  }

  private static void elu(double[] z, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      double sum = z[i];
      double below = sum > 0 ? 0 : sum;
      a[i] = sum > 0 ? sum : DoubleFunctions.expm1(below);
      z[i] = DoubleFunctions.exp(below);
    }
  }

  private static void softplus(double[] z, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = DoubleFunctions.softplus(z[i]);
      z[i] = DoubleFunctions.sigmoid(z[i]);
    }
  }

  private static void identity(double[] z, double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = z[i];
      z[i] = 1;
    }
  }

  @Override
  public void outputs(
      int rows,
      int inputs,
      double[] a,
      int aAt,
      int aRow,
      double[] w,
      int wAt,
      double bias,
      double[] z) {
    for (int m = 0; m < rows; m++) {
      Arrays.fill(partial, 0);
      int from = aAt + m * aRow;
      for (int k = 0; k < inputs; k++) {
        partial[k % LANES] = Math.fma(a[from + k], w[wAt + k], partial[k % LANES]);
      }
      z[m] = sum(partial, 0) + bias;
    }
  }

  @Override
  public void deltas(
      int rows,
      double[] z,
      double[] labels,
      int labelsAt,
      double weightOfZero,
      double weightOfOne,
      double[] deltas) {
    double zero = weightOfZero;
    double one = weightOfOne;
    for (int m = 0; m < rows; m++) {
      double label = labels[labelsAt + m];
      deltas[m] = (DoubleFunctions.sigmoid(z[m]) - label) * (label > 0 ? one : zero);
    }
  }

  @Override
  public double losses(
      int rows,
      double[] z,
      double[] labels,
      int labelsAt,
      double weightOfZero,
      double weightOfOne) {
    double zero = weightOfZero;
    double one = weightOfOne;
    double sum = 0;
    for (int m = 0; m < rows; m++) {
      boolean positive = labels[labelsAt + m] > 0;
      z[m] = DoubleFunctions.softplus(positive ? -z[m] : z[m]) * (positive ? one : zero);
      sum += z[m];
    }
    return sum;
  }

  @Override
  public void probabilities(int rows, double[] z) {
    for (int m = 0; m < rows; m++) {
      z[m] = DoubleFunctions.sigmoid(z[m]);
    }
  }

  @Override
  public void addOutputGradient(
      int rows,
      int inputs,
      double[] deltas,
      double[] a,
      int aAt,
      int aRow,
      double[] gradient,
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
      double[] deltas,
      double[] w,
      int wAt,
      int stride,
      double[] d,
      double[] gradient,
      int biasesAt) {
    for (int m = 0; m < rows; m++) {
      double delta = deltas[m];
      int at = m * stride;
      for (int j = 0; j < units; j++) {
        d[at + j] *= delta * w[wAt + j];
        gradient[biasesAt + j] += d[at + j];
      }
    }
  }

  @Override
  public void backFromHidden(
      int rows, int units, int stride, double[] e, double[] d, double[] gradient, int biasesAt) {
    for (int m = 0; m < rows; m++) {
      int at = m * stride;
      for (int j = 0; j < units; j++) {
        d[at + j] *= e[at + j];
        gradient[biasesAt + j] += d[at + j];
      }
    }
  }

  @Override
  public void add(double[] from, double[] to, int start, int end) {
    for (int i = start; i < end; i++) {
      to[i] += from[i];
    }
  }

  @Override
  public void divide(double[] a, double by, int start, int end) {
    double divisor = by;
    for (int i = start; i < end; i++) {
      a[i] /= divisor;
    }
  }

  @Override
  public void addPenalty(double l2, double[] parameters, double[] gradient, int start, int end) {
    double coefficient = l2;
    for (int i = start; i < end; i++) {
      gradient[i] = Math.fma(coefficient, parameters[i], gradient[i]);
    }
  }

  @Override
  public void sgd(double rate, double[] gradient, double[] parameters, int start, int end) {
    double r = rate;
    for (int i = start; i < end; i++) {
      parameters[i] -= r * gradient[i];
    }
  }

  @Override
  public void nesterov(
      double rate,
      double momentum,
      double[] gradient,
      double[] v,
      double[] parameters,
      int start,
      int end) {
    double r = rate;
    double mu = momentum;
    for (int i = start; i < end; i++) {
      double before = mu * v[i];
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
      double[] gradient,
      double[] m,
      double[] v,
      double[] parameters,
      int start,
      int end) {
    double b1 = beta1;
    double b2 = beta2;
    double e = epsilon;
    double step = adamStep(rate, beta1, beta2, t);
    for (int i = start; i < end; i++) {
      double g = gradient[i];
      m[i] = b1 * m[i] + g * (1 - b1);
      v[i] = b2 * v[i] + g * g * (1 - b2);
      parameters[i] -= m[i] * step / (Math.sqrt(v[i]) + e);
    }
  }
}
