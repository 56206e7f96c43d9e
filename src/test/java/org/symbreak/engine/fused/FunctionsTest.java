package org.symbreak.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.random.Streams;

/**
 * Errors over the whole range, in units in the last place of the exact result, against {@link
 * StrictMath}, which is within one unit itself.
 */
class FunctionsTest {
  private interface FloatFunction {
    float of(float x);
  }

  private static final DoubleUnaryOperator SIGMOID =
      x -> x < 0 ? StrictMath.exp(x) / (1 + StrictMath.exp(x)) : 1 / (1 + StrictMath.exp(-x));
  private static final DoubleUnaryOperator SOFTPLUS =
      x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));

  static Stream<Arguments> floats() {
    return Stream.of(
        Arguments.of(
            "exp",
            (FloatFunction) FloatFunctions::exp,
            (DoubleUnaryOperator) StrictMath::exp,
            -87.3,
            0,
            1.0),
        Arguments.of(
            "expm1",
            (FloatFunction) FloatFunctions::expm1,
            (DoubleUnaryOperator) StrictMath::expm1,
            -200,
            0,
            1.5),
        Arguments.of(
            "tanh",
            (FloatFunction) FloatFunctions::tanh,
            (DoubleUnaryOperator) StrictMath::tanh,
            -100,
            100,
            2.5),
        Arguments.of("sigmoid", (FloatFunction) FloatFunctions::sigmoid, SIGMOID, -87.3, 200, 2.5),
        Arguments.of(
            "softplus", (FloatFunction) FloatFunctions::softplus, SOFTPLUS, -87.3, 200, 3.0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("floats")
  void isCloseInFloat(
      String name,
      FloatFunction function,
      DoubleUnaryOperator exact,
      double low,
      double high,
      double ulps) {
    double worst =
        arguments(low, high)
            .map(x -> (float) x)
            .map(
                x ->
                    Math.abs(function.of((float) x) - exact.applyAsDouble(x))
                        / Math.ulp((float) exact.applyAsDouble(x)))
            .max()
            .orElseThrow();
    assertThat(worst).isLessThanOrEqualTo(ulps);
  }

  static Stream<Arguments> doubles() {
    return Stream.of(
        Arguments.of(
            "exp",
            (DoubleUnaryOperator) DoubleFunctions::exp,
            (DoubleUnaryOperator) StrictMath::exp,
            -708.3,
            0,
            2.0),
        Arguments.of(
            "expm1",
            (DoubleUnaryOperator) DoubleFunctions::expm1,
            (DoubleUnaryOperator) StrictMath::expm1,
            -800,
            0,
            2.0),
        Arguments.of(
            "tanh",
            (DoubleUnaryOperator) DoubleFunctions::tanh,
            (DoubleUnaryOperator) StrictMath::tanh,
            -100,
            100,
            3.0),
        Arguments.of(
            "sigmoid", (DoubleUnaryOperator) DoubleFunctions::sigmoid, SIGMOID, -708.3, 800, 4.0),
        Arguments.of(
            "softplus",
            (DoubleUnaryOperator) DoubleFunctions::softplus,
            SOFTPLUS,
            -708.3,
            800,
            4.0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("doubles")
  void isCloseInDouble(
      String name,
      DoubleUnaryOperator function,
      DoubleUnaryOperator exact,
      double low,
      double high,
      double ulps) {
    double worst =
        arguments(low, high)
            .map(
                x ->
                    Math.abs(function.applyAsDouble(x) - exact.applyAsDouble(x))
                        / Math.ulp(exact.applyAsDouble(x)))
            .max()
            .orElseThrow();
    assertThat(worst).isLessThanOrEqualTo(ulps);
  }

  /** Even over the range, dense around zero, and of every order of magnitude. */
  private static DoubleStream arguments(double low, double high) {
    RandomGenerator random = Streams.of(5, 1);
    DoubleStream even = random.doubles(100_000, low, high == low ? low + 1 : high);
    DoubleStream middle =
        random.doubles(100_000, Math.max(low, -2), Math.min(high, 2) + Double.MIN_VALUE);
    DoubleStream magnitudes =
        random
            .doubles(50_000, -36, 0)
            .map(power -> Math.pow(10, power))
            .flatMap(x -> DoubleStream.of(-x, x))
            .filter(x -> x >= low && x <= high);
    return DoubleStream.concat(DoubleStream.concat(even, middle), magnitudes);
  }

  @ParameterizedTest
  @MethodSource("floats")
  void endsWhereTheFunctionEnds(
      String name,
      FloatFunction function,
      DoubleUnaryOperator exact,
      double low,
      double high,
      double ulps) {
    assertThat(function.of(Float.NaN)).isNaN();
    assertThat(function.of(Float.NEGATIVE_INFINITY))
        .isBetween(
            (float) exact.applyAsDouble(-1e30),
            (float) exact.applyAsDouble(-1e30) + 2 * Float.MIN_NORMAL);
  }

  @ParameterizedTest
  @MethodSource("doubles")
  void endsWhereTheFunctionEndsInDouble(
      String name,
      DoubleUnaryOperator function,
      DoubleUnaryOperator exact,
      double low,
      double high,
      double ulps) {
    assertThat(function.applyAsDouble(Double.NaN)).isNaN();
    assertThat(function.applyAsDouble(-1e300))
        .isBetween(
            exact.applyAsDouble(-1e300), exact.applyAsDouble(-1e300) + 2 * Double.MIN_NORMAL);
  }
}
