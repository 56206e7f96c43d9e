package org.symbreak.training.fused;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.symbreak.network.Activation;

/**
 * The Vector API on doubles. A lane is a unit, a row or a parameter, never a term of a sum, but for
 * {@link #outputs}, so a vector's width does not show in the result.
 */
final class VectorDoubleKernels extends DoubleKernels {
  static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorShape.forBitSize(VectorWidth.BITS));
  static final int WIDTH = SPECIES.length();

  private final double[] partial = new double[VectorDoubleTiles.ROWS * LANES];

  static DoubleVector load(double[] array, int at) {
    return DoubleVector.fromArray(SPECIES, array, at);
  }

  static DoubleVector of(double value) {
    return DoubleVector.broadcast(SPECIES, value);
  }

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
    int width = Kernels.padded(columns);
    int j = 0;
    for (; j + 4 * WIDTH <= width; j += 4 * WIDTH) {
      for (int m = 0; m < rows; m += VectorDoubleTiles.ROWS) {
        int last = rows - 1 - m;
        VectorDoubleTiles.four(
            last,
            inner,
            a,
            aAt + m * aRow,
            aRow,
            aInner,
            b,
            bAt + j,
            bRow,
            start,
            startAt + m * startRow + j,
            startRow,
            c,
            cAt + m * cRow + j,
            cRow);
      }
    }
    for (; j + 2 * WIDTH <= width; j += 2 * WIDTH) {
      for (int m = 0; m < rows; m += VectorDoubleTiles.ROWS) {
        int last = rows - 1 - m;
        VectorDoubleTiles.two(
            last,
            inner,
            a,
            aAt + m * aRow,
            aRow,
            aInner,
            b,
            bAt + j,
            bRow,
            start,
            startAt + m * startRow + j,
            startRow,
            c,
            cAt + m * cRow + j,
            cRow);
      }
    }
    for (; j < width; j += WIDTH) {
      for (int m = 0; m < rows; m += VectorDoubleTiles.ROWS_OF_ONE) {
        int last = rows - 1 - m;
        VectorDoubleTiles.one(
            last,
            inner,
            a,
            aAt + m * aRow,
            aRow,
            aInner,
            b,
            bAt + j,
            bRow,
            start,
            startAt + m * startRow + j,
            startRow,
            c,
            cAt + m * cRow + j,
            cRow);
      }
    }
  }

  @Override
  public void activate(
      Activation activation, int rows, int units, int stride, double[] z, double[] a) {
    int length = rows * stride;
    switch (activation) {
      case SIGMOID -> sigmoid(length, z, a);
      case TANH -> tanh(length, z, a);
      case RELU -> rectify(0, 0, length, z, a);
      case LEAKYRELU -> rectify(DoubleFunctions.LEAK, DoubleFunctions.LEAK_SLOPE, length, z, a);
      case ELU -> elu(length, z, a);
      case SOFTPLUS -> softplus(length, z, a);
      case IDENTITY -> identity(length, z, a);
    }
  }

  private static void sigmoid(int length, double[] z, double[] a) {
    for (int i = 0; i < length; i += WIDTH) {
      DoubleVector value = VectorDoubleFunctions.sigmoid(load(z, i));
      value.intoArray(a, i);
      value.mul(of(1).sub(value)).intoArray(z, i);
    }
  }

  private static void tanh(int length, double[] z, double[] a) {
    for (int i = 0; i < length; i += WIDTH) {
      DoubleVector value = VectorDoubleFunctions.tanh(load(z, i));
      value.intoArray(a, i);
      value.neg().fma(value, of(1)).intoArray(z, i);
    }
  }

  private static void rectify(double below, double slopeBelow, int length, double[] z, double[] a) {
    for (int i = 0; i < length; i += WIDTH) {
      DoubleVector sums = load(z, i);
      VectorMask<Double> above = sums.compare(VectorOperators.GT, 0);
      of(below).blend(1, above).mul(sums).intoArray(a, i);
      of(slopeBelow).blend(1, above).intoArray(z, i);
    }
  }

  private static void elu(int length, double[] z, double[] a) {
    for (int i = 0; i < length; i += WIDTH) {
      DoubleVector sums = load(z, i);
      VectorMask<Double> above = sums.compare(VectorOperators.GT, 0);
      DoubleVector below = sums.blend(0, above);
      VectorDoubleFunctions.expm1(below).blend(sums, above).intoArray(a, i);
      VectorDoubleFunctions.exp(below).intoArray(z, i);
    }
  }

  private static void softplus(int length, double[] z, double[] a) {
    for (int i = 0; i < length; i += WIDTH) {
      DoubleVector sums = load(z, i);
      VectorDoubleFunctions.softplus(sums).intoArray(a, i);
      VectorDoubleFunctions.sigmoid(sums).intoArray(z, i);
    }
  }

  private static void identity(int length, double[] z, double[] a) {
    for (int i = 0; i < length; i += WIDTH) {
      load(z, i).intoArray(a, i);
      of(1).intoArray(z, i);
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
    for (int m = 0; m < rows; m += VectorDoubleTiles.ROWS) {
      int last = rows - 1 - m;
      for (int lane = 0; lane < LANES; lane += WIDTH) {
        partialSums(last, inputs, a, aAt + m * aRow + lane, aRow, w, wAt + lane, partial, lane);
      }
      for (int i = 0; i <= Math.min(last, VectorDoubleTiles.ROWS - 1); i++) {
        z[m + i] = sum(partial, i * LANES) + bias;
      }
    }
  }

  private static void partialSums(
      int last,
      int inputs,
      double[] a,
      int aAt,
      int aRow,
      double[] w,
      int wAt,
      double[] partial,
      int partialAt) {
    int a1 = aAt + Math.min(1, last) * aRow;
    int a2 = aAt + Math.min(2, last) * aRow;
    int a3 = aAt + Math.min(3, last) * aRow;
    DoubleVector sum0 = of(0);
    DoubleVector sum1 = sum0;
    DoubleVector sum2 = sum0;
    DoubleVector sum3 = sum0;
    for (int k = 0; k < inputs; k += LANES) {
      DoubleVector weights = load(w, wAt + k);
      sum0 = load(a, aAt + k).fma(weights, sum0);
      sum1 = load(a, a1 + k).fma(weights, sum1);
      sum2 = load(a, a2 + k).fma(weights, sum2);
      sum3 = load(a, a3 + k).fma(weights, sum3);
    }
    sum0.intoArray(partial, partialAt);
    sum1.intoArray(partial, partialAt + LANES);
    sum2.intoArray(partial, partialAt + 2 * LANES);
    sum3.intoArray(partial, partialAt + 3 * LANES);
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
    DoubleVector zero = of(weightOfZero);
    for (int m = 0; m < rows; m += WIDTH) {
      DoubleVector label = load(labels, labelsAt + m);
      DoubleVector weight = zero.blend(weightOfOne, label.compare(VectorOperators.GT, 0));
      VectorDoubleFunctions.sigmoid(load(z, m)).sub(label).mul(weight).intoArray(deltas, m);
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
    DoubleVector zero = of(weightOfZero);
    for (int m = 0; m < rows; m += WIDTH) {
      DoubleVector sums = load(z, m);
      VectorMask<Double> positive = load(labels, labelsAt + m).compare(VectorOperators.GT, 0);
      DoubleVector weight = zero.blend(weightOfOne, positive);
      VectorDoubleFunctions.softplus(sums.blend(sums.neg(), positive)).mul(weight).intoArray(z, m);
    }
    double sum = 0;
    for (int m = 0; m < rows; m++) {
      sum += z[m];
    }
    return sum;
  }

  @Override
  public void probabilities(int rows, double[] z) {
    for (int m = 0; m < rows; m += WIDTH) {
      VectorDoubleFunctions.sigmoid(load(z, m)).intoArray(z, m);
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
    for (int k = 0; k < inputs; k += WIDTH) {
      DoubleVector sum = load(gradient, weightsAt + k);
      for (int m = 0; m < rows; m++) {
        sum = of(deltas[m]).fma(load(a, aAt + m * aRow + k), sum);
      }
      sum.intoArray(gradient, weightsAt + k);
    }
    double sum = gradient[biasAt];
    for (int m = 0; m < rows; m++) {
      sum += deltas[m];
    }
    gradient[biasAt] = sum;
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
    int width = Kernels.padded(units);
    for (int j = 0; j < width; j += WIDTH) {
      DoubleVector weights = load(w, wAt + j);
      DoubleVector sum = load(gradient, biasesAt + j);
      for (int m = 0; m < rows; m++) {
        int at = m * stride + j;
        DoubleVector product = load(d, at).mul(of(deltas[m]).mul(weights));
        product.intoArray(d, at);
        sum = sum.add(product);
      }
      sum.intoArray(gradient, biasesAt + j);
    }
  }

  @Override
  public void backFromHidden(
      int rows, int units, int stride, double[] e, double[] d, double[] gradient, int biasesAt) {
    int width = Kernels.padded(units);
    for (int j = 0; j < width; j += WIDTH) {
      DoubleVector sum = load(gradient, biasesAt + j);
      for (int m = 0; m < rows; m++) {
        int at = m * stride + j;
        DoubleVector product = load(d, at).mul(load(e, at));
        product.intoArray(d, at);
        sum = sum.add(product);
      }
      sum.intoArray(gradient, biasesAt + j);
    }
  }

  @Override
  public void add(double[] from, double[] to, int start, int end) {
    for (int i = start; i < end; i += WIDTH) {
      load(to, i).add(load(from, i)).intoArray(to, i);
    }
  }

  @Override
  public void divide(double[] a, double by, int start, int end) {
    DoubleVector divisor = of(by);
    for (int i = start; i < end; i += WIDTH) {
      load(a, i).div(divisor).intoArray(a, i);
    }
  }

  @Override
  public void addPenalty(double l2, double[] parameters, double[] gradient, int start, int end) {
    DoubleVector coefficient = of(l2);
    for (int i = start; i < end; i += WIDTH) {
      coefficient.fma(load(parameters, i), load(gradient, i)).intoArray(gradient, i);
    }
  }

  @Override
  public void sgd(double rate, double[] gradient, double[] parameters, int start, int end) {
    DoubleVector r = of(rate);
    for (int i = start; i < end; i += WIDTH) {
      load(parameters, i).sub(r.mul(load(gradient, i))).intoArray(parameters, i);
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
    DoubleVector r = of(rate);
    DoubleVector mu = of(momentum);
    DoubleVector back = of(-momentum - 1);
    for (int i = start; i < end; i += WIDTH) {
      DoubleVector before = mu.mul(load(v, i));
      DoubleVector after = before.sub(r.mul(load(gradient, i)));
      after.intoArray(v, i);
      load(parameters, i).sub(before.add(back.mul(after))).intoArray(parameters, i);
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
    DoubleVector b1 = of(beta1);
    DoubleVector b2 = of(beta2);
    DoubleVector rest1 = of(1 - beta1);
    DoubleVector rest2 = of(1 - beta2);
    DoubleVector e = of(epsilon);
    DoubleVector step = of(adamStep(rate, beta1, beta2, t));
    for (int i = start; i < end; i += WIDTH) {
      DoubleVector g = load(gradient, i);
      DoubleVector first = b1.mul(load(m, i)).add(g.mul(rest1));
      DoubleVector second = b2.mul(load(v, i)).add(g.mul(g).mul(rest2));
      first.intoArray(m, i);
      second.intoArray(v, i);
      DoubleVector change = first.mul(step).div(second.sqrt().add(e));
      load(parameters, i).sub(change).intoArray(parameters, i);
    }
  }
}
