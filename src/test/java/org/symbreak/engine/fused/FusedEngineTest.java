package org.symbreak.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.engine.RandomProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.SigmoidCrossEntropy;

class FusedEngineTest {
  static Stream<RandomProblem> problems() {
    return Stream.of(
            Arrays.stream(Activation.values())
                .flatMap(
                    activation ->
                        Stream.of(
                            RandomProblem.of(37, activation, 5, 19),
                            RandomProblem.of(70, activation, 3, 17, 4, 33))),
            Stream.of(
                RandomProblem.of(50, Activation.TANH, 21),
                RandomProblem.of(200, Activation.TANH, 4, 300).l2(0.3).weights(0.5, 3),
                RandomProblem.of(2000, Activation.TANH, 30, 40).l2(0.01)))
        .flatMap(problems -> problems);
  }

  @ParameterizedTest
  @MethodSource("problems")
  void hasTheGradientOfThePlainNetwork(RandomProblem random) {
    RandomProblem.TestRows data = random.data();
    double[] parameters = random.parameters();
    double[] expected = new double[parameters.length];
    double loss =
        new DenseNetwork(random.network().shape(data.features()), random.activations(), parameters)
            .lossAndGradient(
                data.values(),
                data.labels(),
                new SigmoidCrossEntropy(random.weightOfZero(), random.weightOfOne()),
                random.l2(),
                expected);
    double[] found = new double[parameters.length];
    try (TrainingSession session = new FusedEngine().open(random.problem(), parameters)) {
      assertThat(session.objective(parameters, found))
          .isCloseTo(loss, within(1e-13 * Math.abs(loss)));
    }
    // Deeplearning4j's slope of leaky units, which the engine shares, is that of the nearest float
    double tolerance = random.activations().contains(Activation.LEAKYRELU) ? 1e-8 : 1e-12;
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(found).containsExactly(expected, within(tolerance * largest));
  }
}
