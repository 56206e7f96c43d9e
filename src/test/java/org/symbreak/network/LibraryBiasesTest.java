package org.symbreak.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.init.Initializations;

/** Where biases begin when weights begin as another library has them. */
class LibraryBiasesTest {
  private static final int INPUTS = 16;
  private static final int UNITS = 4000;

  @ParameterizedTest
  @CsvSource({
    "pytorch, zeros, 0.25",
    "keras, zeros, 0",
    "sklearn, zeros, 0.03865",
    "flax, zeros, 0",
    "spark, zeros, 0.6",
    "weka, zeros, 0.05",
    "gaussian:0.01, zeros, 0",
    "pytorch, uniform:0.5, 0.5",
    "pytorch, constant:0, 0"
  })
  void biasesReachTheBoundAndNoFurther(String weights, String biases, double bound) {
    double[] drawn = biases(weights, biases);
    double largest = Arrays.stream(drawn).map(Math::abs).max().orElseThrow();
    assertThat(largest).isBetween(0.99 * bound, 1.001 * bound);
    assertThat(Arrays.stream(drawn).average().orElseThrow()).isBetween(-0.05 * bound, 0.05 * bound);
  }

  @ParameterizedTest
  @CsvSource("tf-playground, zeros")
  void orAreAllTheSame(String weights, String biases) {
    assertThat(biases(weights, biases)).containsOnly(0.1);
  }

  private static double[] biases(String weights, String biases) {
    NetworkSpec spec =
        new NetworkSpec(
            List.of(UNITS),
            List.of(Activation.TANH),
            Initializations.parseLayers(weights),
            Initializations.parseLayers(biases),
            0,
            Precision.DOUBLE);
    double[] parameters = spec.initialParameters(INPUTS, 1);
    int from = spec.shape(INPUTS).biases(0);
    return Arrays.copyOfRange(parameters, from, from + UNITS);
  }
}
