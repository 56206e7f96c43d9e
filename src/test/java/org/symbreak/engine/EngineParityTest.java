package org.symbreak.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbreak.engine.dl4j.Dl4jEngine;
import org.symbreak.engine.fused.FusedEngine;
import org.symbreak.network.Activation;
import org.symbreak.network.Precision;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.OptimizerSpec.Decay;
import org.symbreak.setting.OptimizerSpec.Kind;

/** The fused engine against the reference, step by step. */
class EngineParityTest {
  private static final List<OptimizerSpec> OPTIMIZERS =
      List.of(
          RandomProblem.sgd(0.1),
          optimizer(Kind.NESTEROV, Decay.NONE),
          optimizer(Kind.ADAM, Decay.NONE));

  private final Engine reference = new Dl4jEngine();
  private final Engine fused = new FusedEngine();

  private static OptimizerSpec optimizer(Kind kind, Decay decay) {
    return new OptimizerSpec(kind, 0.05, 0.9, decay);
  }

  static Stream<RandomProblem> everyFeature() {
    List<RandomProblem> problems = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      for (OptimizerSpec optimizer : OPTIMIZERS) {
        for (int[] sizes : new int[][] {{3, 5}, {4, 18, 7}, {2, 3, 4, 5, 6}}) {
          RandomProblem plain =
              RandomProblem.of(23, activation, sizes).with(optimizer).seed(problems.size());
          problems.add(plain.l2(0.03));
          problems.add(plain.batches(9).weights(0.4, 2.5));
        }
      }
    }
    problems.add(RandomProblem.of(40, Activation.TANH, 6).l2(0.1));
    problems.add(RandomProblem.of(2000, Activation.TANH, 20, 30).weights(0.4, 2.5));
    return problems.stream();
  }

  @ParameterizedTest
  @MethodSource("everyFeature")
  void takesTheSameStep(RandomProblem random) {
    double[] start = random.parameters();
    try (TrainingSession expected = reference.open(random.problem(), start);
        TrainingSession found = fused.open(random.problem(), start)) {
      assertThat(found.advance(1)).isCloseTo(expected.advance(1), within(1e-12));
      assertSame(found.parameters(), expected.parameters(), 1e-12);
      assertSame(found.updaterState(), expected.updaterState(), 1e-12);
      assertSame(found.gradientNorms(), expected.gradientNorms(), 1e-12);
    }
  }

  static Stream<RandomProblem> smooth() {
    OptimizerSpec nesterov = optimizer(Kind.NESTEROV, Decay.NONE);
    return Stream.of(
        RandomProblem.of(60, Activation.SIGMOID, 4, 9, 5).l2(0.01).weights(0.7, 1.8),
        RandomProblem.of(60, Activation.TANH, 4, 9, 5).batches(16).with(nesterov),
        RandomProblem.of(60, Activation.SOFTPLUS, 4, 20).batches(16).l2(0.01),
        RandomProblem.of(60, Activation.ELU, 4, 9, 5).with(nesterov),
        RandomProblem.of(60, Activation.IDENTITY, 4, 9, 5).weights(0.7, 1.8));
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void staysTogetherWhereTheFunctionIsSmooth(RandomProblem random) {
    assertSameAfter(200, random, 1e-9);
  }

  static Stream<Decay> decays() {
    return Stream.of(
        new Decay(Decay.Kind.EXPONENTIAL, 0.9, 1),
        new Decay(Decay.Kind.INVERSE, 0.3, 0.7),
        new Decay(Decay.Kind.STEP, 0.5, 4));
  }

  @ParameterizedTest
  @MethodSource("decays")
  void followsTheSameSchedule(Decay decay) {
    for (Kind kind : List.of(Kind.SGD, Kind.NESTEROV, Kind.ADAM)) {
      RandomProblem random =
          RandomProblem.of(20, Activation.TANH, 3, 6).with(optimizer(kind, decay));
      assertSameAfter(15, random, 1e-11);
    }
  }

  private void assertSameAfter(int steps, RandomProblem random, double tolerance) {
    double[] start = random.parameters();
    try (TrainingSession expected = reference.open(random.problem(), start);
        TrainingSession found = fused.open(random.problem(), start)) {
      assertThat(found.advance(steps)).isCloseTo(expected.advance(steps), within(tolerance));
      assertThat(found.iteration()).isEqualTo(expected.iteration());
      assertSame(found.parameters(), expected.parameters(), tolerance);
      assertThat(found.loss(random.data()))
          .isCloseTo(expected.loss(random.data()), within(tolerance));
      assertSame(
          found.probabilities(random.data()), expected.probabilities(random.data()), tolerance);
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void hasTheSameTrajectoryOfLossesInFloat(Activation activation) {
    for (OptimizerSpec optimizer : OPTIMIZERS) {
      RandomProblem random =
          RandomProblem.of(100, activation, 5, 12).with(optimizer).with(Precision.FLOAT);
      try (TrainingSession expected = reference.open(random.problem(), random.parameters());
          TrainingSession found = fused.open(random.problem(), random.parameters())) {
        for (int i = 0; i < 30; i++) {
          double loss = expected.advance(1);
          assertThat(found.advance(1))
              .as("%s, iteration %d", optimizer.kind(), i)
              .isCloseTo(loss, within(1e-4 * loss));
        }
      }
    }
  }

  @Test
  void eitherEngineGoesOnWithWhatTheOtherBegan() {
    for (OptimizerSpec optimizer : OPTIMIZERS) {
      RandomProblem random =
          RandomProblem.of(50, Activation.TANH, 3, 7, 4).batches(12).with(optimizer);
      double[] straight = train(random, reference, reference);
      assertSame(train(random, fused, reference), straight, 1e-10);
      assertSame(train(random, reference, fused), straight, 1e-10);
    }
  }

  private static double[] train(RandomProblem random, Engine first, Engine second) {
    try (TrainingSession begun = first.open(random.problem(), random.parameters());
        TrainingSession ended = second.open(random.problem(), random.parameters())) {
      begun.advance(7);
      ended.restore(begun.iteration(), begun.parameters(), begun.updaterState());
      ended.advance(13);
      return ended.parameters();
    }
  }

  @Test
  void hasTheSameObjective() {
    RandomProblem random =
        RandomProblem.of(45, Activation.SIGMOID, 4, 8)
            .l2(0.2)
            .weights(2, 0.5)
            .with(optimizer(Kind.LBFGS, Decay.NONE));
    double[] start = random.parameters();
    double[] elsewhere = random.seed(8).parameters();
    double[] expectedGradient = new double[start.length];
    double[] foundGradient = new double[start.length];
    try (TrainingSession expected = reference.open(random.problem(), start);
        TrainingSession found = fused.open(random.problem(), start)) {
      assertThat(found.objective(elsewhere, foundGradient))
          .isCloseTo(expected.objective(elsewhere, expectedGradient), within(1e-12));
      assertSame(foundGradient, expectedGradient, 1e-12);
      assertThat(found.parameters()).containsExactly(start);
    }
  }

  private static void assertSame(double[] found, double[] expected, double tolerance) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    double difference =
        IntStream.range(0, expected.length)
            .mapToDouble(i -> Math.abs(found[i] - expected[i]))
            .max()
            .orElse(0);
    assertThat(found).hasSameSizeAs(expected);
    assertThat(difference).isLessThanOrEqualTo(tolerance * largest);
  }
}
