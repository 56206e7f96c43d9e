package org.symbreak.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.setting.OptimizerSpec.Kind;

/** Against SciPy's L-BFGS-B and CG; scipy-minima.py made the numbers. */
class LineSearchOptimizerTest {
  private static final LineSearchOptimizer.Tolerance TIGHT =
      new LineSearchOptimizer.Tolerance(1e-8, 1e-15);
  private static JsonNode scipy;

  @BeforeAll
  static void read() throws IOException {
    scipy =
        new ObjectMapper()
            .readTree(LineSearchOptimizerTest.class.getResourceAsStream("scipy-minima.json"));
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }

  private static Objective logistic(JsonNode problem) {
    List<double[]> rows = new ArrayList<>();
    problem.get("x").forEach(row -> rows.add(numbers(row)));
    double[][] x = rows.toArray(double[][]::new);
    int[] y = new int[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = problem.get("y").get(i).asInt();
    }
    DenseShape shape = new DenseShape(List.of(x[0].length, 1));
    return (at, gradient) ->
        new DenseNetwork(shape, List.of(), at)
            .lossAndGradient(
                x, y, new SigmoidCrossEntropy(), problem.get("l2").asDouble(), gradient);
  }

  /** Σ 100 (x₂ᵢ − x₁ᵢ²)² + (1 − x₁ᵢ)² over neighbours. */
  private static double rosenbrock(double[] x, double[] gradient) {
    Arrays.fill(gradient, 0);
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double valley = x[i + 1] - x[i] * x[i];
      sum += 100 * valley * valley + (1 - x[i]) * (1 - x[i]);
      gradient[i] += -400 * x[i] * valley - 2 * (1 - x[i]);
      gradient[i + 1] += 200 * valley;
    }
    return sum;
  }

  private static LineSearchOptimizer minimize(Objective objective, Kind kind, double[] start) {
    LineSearchOptimizer optimizer = new LineSearchOptimizer(objective, kind, TIGHT, start);
    Optional<StopReason> ended = Optional.empty();
    double before = optimizer.loss();
    for (int iteration = 0; iteration < 10_000 && ended.isEmpty(); iteration++) {
      ended = optimizer.iterate();
      assertThat(optimizer.loss()).isLessThanOrEqualTo(before);
      before = optimizer.loss();
    }
    assertThat(ended).isPresent();
    return optimizer;
  }

  private static JsonNode reference(JsonNode problem, Kind kind) {
    return problem.get("scipy").get(kind == Kind.LBFGS ? "L-BFGS-B" : "CG");
  }

  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CG"})
  void findsScipysMinimumInNotManyMoreEvaluations(Kind kind) {
    for (JsonNode problem : scipy.get("logistic")) {
      LineSearchOptimizer optimizer =
          minimize(logistic(problem), kind, numbers(problem.get("start")));
      JsonNode reference = reference(problem, kind);
      assertThat(optimizer.loss()).isCloseTo(reference.get("minimum").asDouble(), within(1e-12));
      assertThat(optimizer.x())
          .containsExactly(numbers(problem.get("scipy").get("L-BFGS-B").get("x")), within(1e-4));
      assertThat(optimizer.evaluations())
          .as(kind + " on " + problem.get("l2"))
          .isLessThanOrEqualTo((long) (1.5 * reference.get("evaluations").asLong()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CG"})
  void followsABentValley(Kind kind) {
    JsonNode problem = scipy.get("rosenbrock");
    LineSearchOptimizer optimizer =
        minimize(LineSearchOptimizerTest::rosenbrock, kind, numbers(problem.get("start")));
    assertThat(optimizer.loss())
        .isCloseTo(reference(problem, kind).get("minimum").asDouble(), within(1e-12));
    assertThat(optimizer.evaluations())
        .isLessThanOrEqualTo((long) (1.5 * reference(problem, kind).get("evaluations").asLong()));
  }

  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CG"})
  void goesOnFromItsStateBitForBit(Kind kind) {
    double[] start = numbers(scipy.get("rosenbrock").get("start"));
    LineSearchOptimizer whole =
        new LineSearchOptimizer(LineSearchOptimizerTest::rosenbrock, kind, TIGHT, start);
    LineSearchOptimizer parts =
        new LineSearchOptimizer(LineSearchOptimizerTest::rosenbrock, kind, TIGHT, start);
    for (int iteration = 0; iteration < 15; iteration++) {
      whole.iterate();
      parts =
          new LineSearchOptimizer(LineSearchOptimizerTest::rosenbrock, kind, TIGHT, parts.state());
      parts.iterate();
    }
    assertThat(parts.x()).isEqualTo(whole.x());
    assertThat(parts.evaluations()).isEqualTo(whole.evaluations());
  }

  @Test
  void backsOutOfWhereThereIsNoValue() {
    Objective root =
        (x, gradient) -> {
          gradient[0] = 1 - 0.5 / Math.sqrt(x[0]);
          return x[0] - Math.sqrt(x[0]);
        };
    assertThat(minimize(root, Kind.LBFGS, new double[] {1}).x()[0]).isCloseTo(0.25, within(1e-7));
    assertThat(minimize(root, Kind.CG, new double[] {30}).x()[0]).isCloseTo(0.25, within(1e-7));
  }

  @Test
  void saysSoWhereTheGradientLeadsNowhere() {
    Objective wrong =
        (x, gradient) -> {
          gradient[0] = -2 * x[0];
          return x[0] * x[0];
        };
    LineSearchOptimizer optimizer =
        new LineSearchOptimizer(wrong, Kind.LBFGS, TIGHT, new double[] {1});
    assertThat(optimizer.iterate()).contains(StopReason.NO_LOWER_POINT);
    assertThat(optimizer.x()).containsExactly(1);
  }
}
