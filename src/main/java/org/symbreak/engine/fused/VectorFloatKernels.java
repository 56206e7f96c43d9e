package org.symbreak.engine.fused;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.symbreak.network.Activation;

/**
 * The Vector API on floats. A lane is a unit, a row or a parameter, never a term of a sum, but for
 * {@link #outputs}, so a vector's width does not show in the result.
 */
final class VectorFloatKernels extends FloatKernels {
  static final VectorSpecies<Float> SPECIES =
      VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.BITS));
  static final int WIDTH = SPECIES.length();

  private final float[] partial = new float[ROWS * LANES];

  static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }

  static FloatVector of(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  @Override
  public void multiply(int rows, float[] a, int column, float[] b, Panels panels, float[] c) {
    int columns = panels.paddedColumns();
    for (int j = 0; j < columns; j += 2 * WIDTH) {
      boolean next = j + WIDTH < columns; // else the second vector is the first once more
      int bNext = next ? panels.distance() : 0;
      int cNext = next ? LANES : 0;
      int to = Kernels.column(j);
      for (int k = 0; k < panels.rows(); k += SPAN) {
        boolean begins = k == 0;
        VectorFloatTile.multiply(
            rows,
            Math.min(SPAN, panels.rows() - k),
            a,
            Kernels.column(column + k),
            b,
            panels.element(k, j),
            bNext,
            begins ? b : c,
            begins ? panels.start(j) : to,
            begins ? bNext : cNext,
            begins ? 0 : DISTANCE,
            c,
            to,
            cNext);
      }
    }
  }

  @Override
  public void addProduct(int rows, float[] a, int column, float[] b, float[] c, Panels panels) {
    int columns = panels.paddedColumns();
    for (int j = 0; j < columns; j += 2 * WIDTH) {
      boolean next = j + WIDTH < columns;
      for (int k = 0; k < panels.rows(); k += SPAN) {
        VectorFloatTile.addProduct(
            Math.min(SPAN, panels.rows() - k),
            rows,
            a,
            Kernels.column(column + k),
            b,
            Kernels.column(j),
            next ? LANES : 0,
            c,
            panels.element(k, j),
            next ? panels.distance() : 0);
      }
    }
  }

  @Override
  public void multiplyOn(
      int rows, int inner, float[] a, int column, float[] b, Panels panels, int row, float[] c) {
    int columns = panels.paddedColumns();
    for (int j = 0; j < columns; j += 2 * WIDTH) {
      boolean next = j + WIDTH < columns;
      int to = Kernels.column(j);
      int cNext = next ? LANES : 0;
      VectorFloatTile.multiply(
          rows,
          inner,
          a,
          Kernels.column(column),
          b,
          panels.element(row, j),
          next ? panels.distance() : 0,
          c,
          to,
          cNext,
          DISTANCE,
          c,
          to,
          cNext);
    }
  }

  @Override
  public void addProductOn(
      int rows, int inner, float[] a, int column, float[] b, float[] c, Panels panels, int row) {
    int columns = panels.paddedColumns();
    for (int j = 0; j < columns; j += 2 * WIDTH) {
      boolean next = j + WIDTH < columns;
      VectorFloatTile.addProduct(
          inner,
          rows,
          a,
          Kernels.column(column),
          b,
          Kernels.column(j),
          next ? LANES : 0,
          c,
          panels.element(row, j),
          next ? panels.distance() : 0);
    }
  }

  @Override
  public void addRows(
      int rows, Ones ones, int group, int count, float[] b, Panels panels, float[] c) {
    for (int j = 0; j < panels.paddedColumns(); j += WIDTH) {
      for (int m = 0; m < rows; m += TILE_ROWS) {
        int from = ones.index(m, group);
        int to = Kernels.column(j) + m * DISTANCE;
        addRows(ones.inputs(), from, ones.groups(), count, b, panels.element(0, j), c, to);
      }
    }
  }

  /** Four rows at a time, so that additions need not wait for one another. */
  private static void addRows(
      int[] inputs, int from, int groups, int count, float[] b, int bAt, float[] c, int to) {
    FloatVector sum0 = load(c, to);
    FloatVector sum1 = load(c, to + DISTANCE);
    FloatVector sum2 = load(c, to + 2 * DISTANCE);
    FloatVector sum3 = load(c, to + 3 * DISTANCE);
    for (int i = from; i < from + count; i++) {
      sum0 = sum0.add(load(b, bAt + inputs[i] * LANES));
      sum1 = sum1.add(load(b, bAt + inputs[i + groups] * LANES));
      sum2 = sum2.add(load(b, bAt + inputs[i + 2 * groups] * LANES));
      sum3 = sum3.add(load(b, bAt + inputs[i + 3 * groups] * LANES));
    }
    sum0.intoArray(c, to);
    sum1.intoArray(c, to + DISTANCE);
    sum2.intoArray(c, to + 2 * DISTANCE);
    sum3.intoArray(c, to + 3 * DISTANCE);
  }

  @Override
  public void addToRows(
      int rows, Ones ones, int group, int count, float[] b, float[] c, Panels panels) {
    for (int j = 0; j < panels.paddedColumns(); j += WIDTH) {
      int from = Kernels.column(j);
      for (int m = 0; m < rows; m++) {
        int first = ones.index(m, group);
        addToRows(ones.inputs(), first, count, load(b, from), c, panels.element(0, j));
        from += DISTANCE;
      }
    }
  }

  private static void addToRows(
      int[] inputs, int from, int count, FloatVector added, float[] c, int cAt) {
    for (int i = from; i < from + count; i++) {
      int to = cAt + inputs[i] * LANES;
      load(c, to).add(added).intoArray(c, to);
    }
  }

  @Override
  public void activate(Activation activation, int rows, int units, float[] a, float[] d) {
    for (int j = 0; j < Kernels.padded(units); j += WIDTH) {
      int from = Kernels.column(j);
      int to = from + rows * DISTANCE;
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

  private static void sigmoid(int from, int to, float[] a) {
    for (int i = from; i < to; i += DISTANCE) {
      VectorFloatFunctions.sigmoid(load(a, i)).intoArray(a, i);
    }
  }

  private static void tanh(int from, int to, float[] a) {
    for (int i = from; i < to; i += DISTANCE) {
      VectorFloatFunctions.tanh(load(a, i)).intoArray(a, i);
    }
  }

  private static void rectify(float below, int from, int to, float[] a) {
    for (int i = from; i < to; i += DISTANCE) {
      FloatVector sums = load(a, i);
      VectorMask<Float> above = sums.compare(VectorOperators.GT, 0);
      of(below).blend(1, above).mul(sums).intoArray(a, i);
    }
  }

  private static void elu(int from, int to, float[] a, float[] d) {
    for (int i = from; i < to; i += DISTANCE) {
      FloatVector sums = load(a, i);
      VectorMask<Float> above = sums.compare(VectorOperators.GT, 0);
      FloatVector below = sums.blend(0, above);
      VectorFloatFunctions.expm1(below).blend(sums, above).intoArray(a, i);
      VectorFloatFunctions.exp(below).intoArray(d, i);
    }
  }

  private static void softplus(int from, int to, float[] a, float[] d) {
    for (int i = from; i < to; i += DISTANCE) {
      FloatVector sums = load(a, i);
      VectorFloatFunctions.softplus(sums).intoArray(a, i);
      VectorFloatFunctions.sigmoid(sums).intoArray(d, i);
    }
  }

  @Override
  public void slopes(Activation activation, int rows, int units, float[] a, float[] d) {
    for (int j = 0; j < Kernels.padded(units); j += WIDTH) {
      int from = Kernels.column(j);
      int to = from + rows * DISTANCE;
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

  private static void sigmoidSlopes(int from, int to, float[] a, float[] d) {
    for (int i = from; i < to; i += DISTANCE) {
      FloatVector value = load(a, i);
      value.mul(of(1).sub(value)).intoArray(d, i);
    }
  }

  private static void tanhSlopes(int from, int to, float[] a, float[] d) {
    for (int i = from; i < to; i += DISTANCE) {
      FloatVector value = load(a, i);
      value.neg().fma(value, of(1)).intoArray(d, i);
    }
  }

  private static void steps(float below, int from, int to, float[] a, float[] d) {
    for (int i = from; i < to; i += DISTANCE) {
      VectorMask<Float> above = load(a, i).compare(VectorOperators.GT, 0);
      of(below).blend(1, above).intoArray(d, i);
    }
  }

  @Override
  public void outputs(
      int rows, int inputs, float[] a, int column, float[] w, int wAt, double bias, float[] z) {
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      partialSums(rows, inputs, a, column, lane, w, wAt + lane, partial);
    }
    for (int m = 0; m < rows; m++) {
      z[m] = sum(partial, m * LANES) + (float) bias;
    }
  }

  private static void partialSums(
      int rows, int inputs, float[] a, int column, int lane, float[] w, int wAt, float[] partial) {
    for (int m = 0; m < rows; m += TILE_ROWS) {
      int from = m * DISTANCE + lane;
      FloatVector sum0 = of(0);
      FloatVector sum1 = sum0;
      FloatVector sum2 = sum0;
      FloatVector sum3 = sum0;
      for (int k = 0; k < inputs; k += LANES) {
        int at = from + Kernels.column(column + k);
        FloatVector weights = load(w, wAt + k);
        sum0 = load(a, at).fma(weights, sum0);
        sum1 = load(a, at + DISTANCE).fma(weights, sum1);
        sum2 = load(a, at + 2 * DISTANCE).fma(weights, sum2);
        sum3 = load(a, at + 3 * DISTANCE).fma(weights, sum3);
      }
      int to = m * LANES + lane;
      sum0.intoArray(partial, to);
      sum1.intoArray(partial, to + LANES);
      sum2.intoArray(partial, to + 2 * LANES);
      sum3.intoArray(partial, to + 3 * LANES);
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
    FloatVector zero = of((float) weightOfZero);
    for (int m = 0; m < rows; m += WIDTH) {
      FloatVector label = load(labels, labelsAt + m);
      FloatVector weight = zero.blend((float) weightOfOne, label.compare(VectorOperators.GT, 0));
      VectorFloatFunctions.sigmoid(load(z, m)).sub(label).mul(weight).intoArray(deltas, m);
    }
  }

  @Override
  public double losses(
      int rows, float[] z, float[] labels, int labelsAt, double weightOfZero, double weightOfOne) {
    FloatVector zero = of((float) weightOfZero);
    for (int m = 0; m < rows; m += WIDTH) {
      FloatVector sums = load(z, m);
      VectorMask<Float> positive = load(labels, labelsAt + m).compare(VectorOperators.GT, 0);
      FloatVector weight = zero.blend((float) weightOfOne, positive);
      VectorFloatFunctions.softplus(sums.blend(sums.neg(), positive)).mul(weight).intoArray(z, m);
    }
    double sum = 0;
    for (int m = 0; m < rows; m++) {
      sum += z[m];
    }
    return sum;
  }

  @Override
  public void probabilities(int rows, float[] z) {
    for (int m = 0; m < rows; m += WIDTH) {
      VectorFloatFunctions.sigmoid(load(z, m)).intoArray(z, m);
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
    for (int k = 0; k < inputs; k += WIDTH) {
      int at = Kernels.column(column + k);
      FloatVector sum = load(gradient, weightsAt + k);
      for (int m = 0; m < rows; m++) {
        sum = of(deltas[m]).fma(load(a, at + m * DISTANCE), sum);
      }
      sum.intoArray(gradient, weightsAt + k);
    }
    float sum = gradient[biasAt];
    for (int m = 0; m < rows; m++) {
      sum += deltas[m];
    }
    gradient[biasAt] = sum;
  }

  @Override
  public void backFromOutput(
      int rows, float[] deltas, float[] w, int wAt, float[] d, float[] gradient, Panels panels) {
    for (int j = 0; j < panels.paddedColumns(); j += WIDTH) {
      int at = Kernels.column(j);
      FloatVector weights = load(w, wAt + j);
      FloatVector sum = load(gradient, panels.start(j));
      for (int m = 0; m < rows; m++) {
        FloatVector product = load(d, at).mul(of(deltas[m]).mul(weights));
        product.intoArray(d, at);
        sum = sum.add(product);
        at += DISTANCE;
      }
      sum.intoArray(gradient, panels.start(j));
    }
  }

  @Override
  public void backFromHidden(int rows, float[] e, float[] d, float[] gradient, Panels panels) {
    for (int j = 0; j < panels.paddedColumns(); j += WIDTH) {
      int from = Kernels.column(j);
      int to = from + rows * DISTANCE;
      FloatVector sum = load(gradient, panels.start(j));
      for (int i = from; i < to; i += DISTANCE) {
        FloatVector product = load(d, i).mul(load(e, i));
        product.intoArray(d, i);
        sum = sum.add(product);
      }
      sum.intoArray(gradient, panels.start(j));
    }
  }

  @Override
  public void add(float[] from, float[] to, int start, int end) {
    for (int i = start; i < end; i += WIDTH) {
      load(to, i).add(load(from, i)).intoArray(to, i);
    }
  }

  @Override
  public void divide(float[] a, double by, int start, int end) {
    FloatVector divisor = of((float) by);
    for (int i = start; i < end; i += WIDTH) {
      load(a, i).div(divisor).intoArray(a, i);
    }
  }

  @Override
  public void addPenalty(double l2, float[] parameters, float[] gradient, int start, int end) {
    FloatVector coefficient = of((float) l2);
    for (int i = start; i < end; i += WIDTH) {
      coefficient.fma(load(parameters, i), load(gradient, i)).intoArray(gradient, i);
    }
  }

  @Override
  public void sgd(double rate, float[] gradient, float[] parameters, int start, int end) {
    FloatVector r = of((float) rate);
    for (int i = start; i < end; i += WIDTH) {
      load(parameters, i).sub(r.mul(load(gradient, i))).intoArray(parameters, i);
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
    FloatVector r = of((float) rate);
    FloatVector mu = of((float) momentum);
    FloatVector back = of(-(float) momentum - 1);
    for (int i = start; i < end; i += WIDTH) {
      FloatVector before = mu.mul(load(v, i));
      FloatVector after = before.sub(r.mul(load(gradient, i)));
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
      float[] gradient,
      float[] m,
      float[] v,
      float[] parameters,
      int start,
      int end) {
    FloatVector b1 = of((float) beta1);
    FloatVector b2 = of((float) beta2);
    FloatVector rest1 = of(1 - (float) beta1);
    FloatVector rest2 = of(1 - (float) beta2);
    FloatVector e = of((float) epsilon);
    FloatVector step = of(adamStep(rate, beta1, beta2, t));
    for (int i = start; i < end; i += WIDTH) {
      FloatVector g = load(gradient, i);
      FloatVector first = b1.mul(load(m, i)).add(g.mul(rest1));
      FloatVector second = b2.mul(load(v, i)).add(g.mul(g).mul(rest2));
      first.intoArray(m, i);
      second.intoArray(v, i);
      FloatVector change = first.mul(step).div(second.sqrt().add(e));
      load(parameters, i).sub(change).intoArray(parameters, i);
    }
  }
}
