package org.symbreak.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.random.Streams;
import org.symbreak.run.Engines;

class GradientCheckTest {
  private static TrainingProblem problem(
      List<Integer> hidden, Activation activation, String weights, double l2) {
    RandomGenerator random = Streams.of(6);
    double[][] x = new double[30][3];
    int[] y = new int[30];
    for (int row = 0; row < x.length; row++) {
      x[row] = random.doubles(3, -2, 2).toArray();
      y[row] = row % 3 == 0 ? 1 : 0;
    }
    NetworkSpec network =
        new NetworkSpec(
            hidden,
            List.of(activation),
            Initializations.parseLayers(weights),
            Initializations.parseLayers("zeros"),
            l2,
            Precision.FLOAT);
    return new TrainingProblem(
        network, Descent.PLAIN, ClaimData.encode(x, y), 0.75, 1.5, x.length, 1, 1);
  }

  private static GradientCheck check(Engine engine, TrainingProblem problem) {
    return GradientCheck.of(engine, problem, problem.network().initialParameters(3, 1));
  }

  private static Engine engine(String name, TrainingProblem problem) {
    return Engines.choose(name, problem).engine();
  }

  @Test
  void countsGradientsThatAreZeroOnBothSides() {
    for (String name : List.of("fused", "dl4j")) {
      TrainingProblem zeros = problem(List.of(5), Activation.TANH, "zeros", 0);
      GradientCheck check = check(engine(name, zeros), zeros);
      assertThat(check.passed()).isTrue();
      assertThat(check.zeros()).as("the classes weigh the same").isEqualTo(check.checked());
      TrainingProblem drawn = problem(List.of(5), Activation.TANH, "lecun", 0);
      assertThat(check(engine(name, drawn), drawn).zeros()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void rightGradientsPass(Activation activation) {
    for (int depth = 0; depth <= 4; depth++) {
      TrainingProblem problem =
          problem(List.of(5, 4, 3, 3).subList(0, depth), activation, "lecun", 0.05);
      GradientCheck check = check(engine("fused", problem), problem);
      assertThat(check.passed()).as("%d layers: %s", depth, check).isTrue();
      assertThat(check.relativeDifference()).isLessThan(1e-7);
      assertThat(check.checked() + check.skipped())
          .isEqualTo(problem.network().shape(3).parameters());
    }
  }

  @ParameterizedTest
  @CsvSource({"TANH", "RELU", "LEAKYRELU"})
  void deeplearning4jsPassToo(Activation activation) {
    TrainingProblem problem = problem(List.of(5, 4), activation, "lecun", 0.05);
    assertThat(check(engine("dl4j", problem), problem).passed()).isTrue();
  }

  @Test
  void aWrongOneFailsAndIsNamed() {
    TrainingProblem problem = problem(List.of(5), Activation.TANH, "lecun", 0);
    GradientCheck check = check(FaultyEngine.WRONG_GRADIENT, problem);
    assertThat(check.passed()).isFalse();
    assertThat(check.relativeDifference()).isGreaterThan(1e-3);
    assertThat(check.worst().name()).isEqualTo("layer 1 weights");
    assertThat(check.worst().worst()).isEqualTo("unit 1, input 1");
    assertThat(check.worst().analytic() / check.worst().numerical()).isBetween(1.09, 1.11);
  }

  @Test
  void stepsAcrossAKinkAreSkippedAndCounted() {
    // all sums are 0, where ReLU has its kink: weights and biases of the hidden units step across
    // it, the output's do not
    TrainingProblem problem = problem(List.of(4), Activation.RELU, "zeros", 0);
    GradientCheck check = check(engine("fused", problem), problem);
    assertThat(check.groups())
        .extracting(GradientCheck.Group::skipped)
        .containsExactly(12, 4, 0, 0);
    assertThat(check.skipped()).isEqualTo(16);
    assertThat(check.passed()).isTrue();
  }

  @Test
  void groupsThatAreZeroPass() {
    TrainingProblem problem = problem(List.of(4), Activation.TANH, "zeros", 0);
    GradientCheck check = check(engine("fused", problem), problem);
    assertThat(check.groups().get(0).analytic()).isZero();
    assertThat(check.passed()).isTrue();
  }
}
