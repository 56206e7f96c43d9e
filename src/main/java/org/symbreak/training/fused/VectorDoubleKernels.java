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
  private static final int WIDTH = SPECIES.length();

  /** Rows of a tile of {@link #multiply} that is held in registers. */
  private static final int TILE_ROWS = 4;

  private final double[] partial = new double[TILE_ROWS * LANES];

  private static DoubleVector load(double[] array, int at) {
    return DoubleVector.fromArray(SPECIES, array, at);
  }

  private static DoubleVector of(double value) {
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
      for (int m = 0; m < rows; m += TILE_ROWS) {
        int last = rows - 1 - m;
        tile4(
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
      for (int m = 0; m < rows; m += TILE_ROWS) {
        int last = rows - 1 - m;
        tile2(
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
      for (int m = 0; m < rows; m += TILE_ROWS) {
        int last = rows - 1 - m;
        tile1(
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

  /**
   * Four rows by four vectors.
   *
   * @param last the last row that there is, from 0; a tile that reaches beyond it computes it
   *     repeatedly
   */
  private static void tile4(
      int last,
      int inner,
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
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int a1 = row1 * aRow;
    int a2 = row2 * aRow;
    int a3 = row3 * aRow;
    int start1 = startAt + row1 * startRow;
    int start2 = startAt + row2 * startRow;
    int start3 = startAt + row3 * startRow;
    DoubleVector c00 = load(start, startAt);
    DoubleVector c01 = load(start, startAt + WIDTH);
    DoubleVector c02 = load(start, startAt + 2 * WIDTH);
    DoubleVector c03 = load(start, startAt + 3 * WIDTH);
    DoubleVector c10 = load(start, start1);
    DoubleVector c11 = load(start, start1 + WIDTH);
    DoubleVector c12 = load(start, start1 + 2 * WIDTH);
    DoubleVector c13 = load(start, start1 + 3 * WIDTH);
    DoubleVector c20 = load(start, start2);
    DoubleVector c21 = load(start, start2 + WIDTH);
    DoubleVector c22 = load(start, start2 + 2 * WIDTH);
    DoubleVector c23 = load(start, start2 + 3 * WIDTH);
    DoubleVector c30 = load(start, start3);
    DoubleVector c31 = load(start, start3 + WIDTH);
    DoubleVector c32 = load(start, start3 + 2 * WIDTH);
    DoubleVector c33 = load(start, start3 + 3 * WIDTH);
    for (int k = 0; k < inner; k++) {
      DoubleVector b0 = load(b, bAt);
      DoubleVector b1 = load(b, bAt + WIDTH);
      DoubleVector b2 = load(b, bAt + 2 * WIDTH);
      DoubleVector b3 = load(b, bAt + 3 * WIDTH);
      DoubleVector factor = of(a[aAt]);
      c00 = factor.fma(b0, c00);
      c01 = factor.fma(b1, c01);
      c02 = factor.fma(b2, c02);
      c03 = factor.fma(b3, c03);
      factor = of(a[aAt + a1]);
      c10 = factor.fma(b0, c10);
      c11 = factor.fma(b1, c11);
      c12 = factor.fma(b2, c12);
      c13 = factor.fma(b3, c13);
      factor = of(a[aAt + a2]);
      c20 = factor.fma(b0, c20);
      c21 = factor.fma(b1, c21);
      c22 = factor.fma(b2, c22);
      c23 = factor.fma(b3, c23);
      factor = of(a[aAt + a3]);
      c30 = factor.fma(b0, c30);
      c31 = factor.fma(b1, c31);
      c32 = factor.fma(b2, c32);
      c33 = factor.fma(b3, c33);
      aAt += aInner;
      bAt += bRow;
    }
    int to1 = cAt + row1 * cRow;
    int to2 = cAt + row2 * cRow;
    int to3 = cAt + row3 * cRow;
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + WIDTH);
    c02.intoArray(c, cAt + 2 * WIDTH);
    c03.intoArray(c, cAt + 3 * WIDTH);
    c10.intoArray(c, to1);
    c11.intoArray(c, to1 + WIDTH);
    c12.intoArray(c, to1 + 2 * WIDTH);
    c13.intoArray(c, to1 + 3 * WIDTH);
    c20.intoArray(c, to2);
    c21.intoArray(c, to2 + WIDTH);
    c22.intoArray(c, to2 + 2 * WIDTH);
    c23.intoArray(c, to2 + 3 * WIDTH);
    c30.intoArray(c, to3);
    c31.intoArray(c, to3 + WIDTH);
    c32.intoArray(c, to3 + 2 * WIDTH);
    c33.intoArray(c, to3 + 3 * WIDTH);
  }

  /** Four rows by two vectors. */
  private static void tile2(
      int last,
      int inner,
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
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int a1 = row1 * aRow;
    int a2 = row2 * aRow;
    int a3 = row3 * aRow;
    DoubleVector c00 = load(start, startAt);
    DoubleVector c01 = load(start, startAt + WIDTH);
    DoubleVector c10 = load(start, startAt + row1 * startRow);
    DoubleVector c11 = load(start, startAt + row1 * startRow + WIDTH);
    DoubleVector c20 = load(start, startAt + row2 * startRow);
    DoubleVector c21 = load(start, startAt + row2 * startRow + WIDTH);
    DoubleVector c30 = load(start, startAt + row3 * startRow);
    DoubleVector c31 = load(start, startAt + row3 * startRow + WIDTH);
    for (int k = 0; k < inner; k++) {
      DoubleVector b0 = load(b, bAt);
      DoubleVector b1 = load(b, bAt + WIDTH);
      DoubleVector factor = of(a[aAt]);
      c00 = factor.fma(b0, c00);
      c01 = factor.fma(b1, c01);
      factor = of(a[aAt + a1]);
      c10 = factor.fma(b0, c10);
      c11 = factor.fma(b1, c11);
      factor = of(a[aAt + a2]);
      c20 = factor.fma(b0, c20);
      c21 = factor.fma(b1, c21);
      factor = of(a[aAt + a3]);
      c30 = factor.fma(b0, c30);
      c31 = factor.fma(b1, c31);
      aAt += aInner;
      bAt += bRow;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + WIDTH);
    c10.intoArray(c, cAt + row1 * cRow);
    c11.intoArray(c, cAt + row1 * cRow + WIDTH);
    c20.intoArray(c, cAt + row2 * cRow);
    c21.intoArray(c, cAt + row2 * cRow + WIDTH);
    c30.intoArray(c, cAt + row3 * cRow);
    c31.intoArray(c, cAt + row3 * cRow + WIDTH);
  }

  /** Four rows by one vector. */
  private static void tile1(
      int last,
      int inner,
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
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int a1 = row1 * aRow;
    int a2 = row2 * aRow;
    int a3 = row3 * aRow;
    DoubleVector c0 = load(start, startAt);
    DoubleVector c1 = load(start, startAt + row1 * startRow);
    DoubleVector c2 = load(start, startAt + row2 * startRow);
    DoubleVector c3 = load(start, startAt + row3 * startRow);
    for (int k = 0; k < inner; k++) {
      DoubleVector b0 = load(b, bAt);
      c0 = of(a[aAt]).fma(b0, c0);
      c1 = of(a[aAt + a1]).fma(b0, c1);
      c2 = of(a[aAt + a2]).fma(b0, c2);
      c3 = of(a[aAt + a3]).fma(b0, c3);
      aAt += aInner;
      bAt += bRow;
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + row1 * cRow);
    c2.intoArray(c, cAt + row2 * cRow);
    c3.intoArray(c, cAt + row3 * cRow);
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
    for (int m = 0; m < rows; m += TILE_ROWS) {
      int last = rows - 1 - m;
      for (int lane = 0; lane < LANES; lane += WIDTH) {
        partialSums(last, inputs, a, aAt + m * aRow + lane, aRow, w, wAt + lane, partial, lane);
      }
      for (int i = 0; i <= Math.min(last, TILE_ROWS - 1); i++) {
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
