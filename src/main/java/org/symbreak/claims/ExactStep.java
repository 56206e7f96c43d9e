package org.symbreak.claims;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;

/**
 * One step of gradient descent on a network with one hidden layer in exact arithmetic: sums and
 * products of rational numbers without any rounding, so that no order of operations can matter.
 * Every float and every double is such a number.
 */
final class ExactStep {
  /**
   * A function and its slope.
   *
   * @param value of an exact number
   * @param slope there
   */
  record Function(UnaryOperator<BigDecimal> value, UnaryOperator<BigDecimal> slope) {
    /** No rounding at all: z³ − z. */
    static final Function CUBIC =
        new Function(
            z -> z.multiply(z).multiply(z).subtract(z),
            z -> z.multiply(z).multiply(BigDecimal.valueOf(3)).subtract(BigDecimal.ONE));

    /** No rounding at all: ½ + z / 4, the tangent of the sigmoid at 0. */
    static final Function TANGENT =
        new Function(
            z -> z.multiply(new BigDecimal("0.25")).add(new BigDecimal("0.5")),
            z -> new BigDecimal("0.25"));

    /**
     * An activation's own function: of the sum, which is exact, the nearest double's. The same
     * number gives the same number.
     */
    static Function of(Activation activation) {
      return new Function(
          z -> exact(activation.value(z.doubleValue())),
          z -> exact(activation.slope(z.doubleValue())));
    }
  }

  private final DenseShape shape;
  private final Function hidden;
  private final Function output;

  /**
   * @param shape inputs, hidden units, 1
   * @param output function of the output, whose gradient is output − label as with the
   *     cross-entropy of a sigmoid
   */
  ExactStep(DenseShape shape, Function hidden, Function output) {
    if (shape.hiddenLayers() != 1) {
      throw new IllegalArgumentException(
          "one hidden layer is needed, found sizes " + shape.sizes());
    }
    this.shape = shape;
    this.hidden = hidden;
    this.output = output;
  }

  static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }

  static List<BigDecimal> exact(double[] values) {
    List<BigDecimal> exact = new ArrayList<>(values.length);
    for (double value : values) {
      exact.add(exact(value));
    }
    return exact;
  }

  /**
   * The parameters after the step.
   *
   * @param parameters in the shape's order
   * @param x rows × features
   * @param y 0 or 1 a row
   * @param rate learning rate divided by the number of rows
   */
  List<BigDecimal> after(List<BigDecimal> parameters, double[][] x, int[] y, BigDecimal rate) {
    int inputs = shape.inputs(0);
    int units = shape.units(0);
    BigDecimal[] gradient = new BigDecimal[parameters.size()];
    Arrays.fill(gradient, BigDecimal.ZERO);
    for (int row = 0; row < x.length; row++) {
      List<BigDecimal> features = exact(x[row]);
      BigDecimal[] sums = new BigDecimal[units];
      BigDecimal[] activations = new BigDecimal[units];
      BigDecimal out = parameters.get(shape.biases(1));
      for (int unit = 0; unit < units; unit++) {
        sums[unit] = parameters.get(shape.biases(0) + unit);
        for (int input = 0; input < inputs; input++) {
          sums[unit] =
              sums[unit].add(parameters.get(unit * inputs + input).multiply(features.get(input)));
        }
        activations[unit] = hidden.value().apply(sums[unit]);
        out = out.add(parameters.get(shape.weights(1) + unit).multiply(activations[unit]));
      }
      BigDecimal delta = output.value().apply(out).subtract(BigDecimal.valueOf(y[row]));
      add(gradient, shape.biases(1), delta);
      for (int unit = 0; unit < units; unit++) {
        BigDecimal back =
            delta
                .multiply(parameters.get(shape.weights(1) + unit))
                .multiply(hidden.slope().apply(sums[unit]));
        add(gradient, shape.weights(1) + unit, delta.multiply(activations[unit]));
        add(gradient, shape.biases(0) + unit, back);
        for (int input = 0; input < inputs; input++) {
          add(gradient, unit * inputs + input, back.multiply(features.get(input)));
        }
      }
    }
    List<BigDecimal> after = new ArrayList<>(gradient.length);
    for (int i = 0; i < gradient.length; i++) {
      after.add(parameters.get(i).subtract(rate.multiply(gradient[i])));
    }
    return after;
  }

  private static void add(BigDecimal[] gradient, int index, BigDecimal term) {
    gradient[index] = gradient[index].add(term);
  }

  /**
   * How many different hidden units there are: incoming weights, bias and outgoing weight compared
   * as exact numbers.
   */
  static long distinctUnits(DenseShape shape, List<BigDecimal> parameters) {
    int inputs = shape.inputs(0);
    return IntStream.range(0, shape.units(0))
        .mapToObj(
            unit -> {
              List<BigDecimal> numbers = new ArrayList<>();
              for (int input = 0; input < inputs; input++) {
                numbers.add(parameters.get(unit * inputs + input).stripTrailingZeros());
              }
              numbers.add(parameters.get(shape.biases(0) + unit).stripTrailingZeros());
              numbers.add(parameters.get(shape.weights(1) + unit).stripTrailingZeros());
              return numbers;
            })
        .distinct()
        .count();
  }
}
