package org.symbreak.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.fused.FusedEngine;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;

/** Laws, the reduced model and training, side by side on data with a linear part. */
class EscapeTest {
  private static final long STEPS = 2000;

  private static RunSpec spec(
      String file, int depth, Activation activation, String init, OptimizerSpec.Kind kind) {
    RunSpec usual = Defaults.run(DataSpec.of("data/" + file + ".csv", null, null));
    NetworkSpec network =
        new NetworkSpec(
            Collections.nCopies(depth, 8),
            List.of(activation),
            Initializations.parseLayers(init),
            Initializations.parseLayers("zeros"),
            NetworkSpec.AUTO_L2,
            Precision.FLOAT);
    OptimizerSpec optimizer =
        new OptimizerSpec(kind, Defaults.learningRate(kind), 0.9, OptimizerSpec.Decay.NONE);
    return new RunSpec(
        usual.data(), network, optimizer, usual.budget(), usual.threshold(), 3, usual.engine(), 1);
  }

  private interface Use {
    void with(TrainingProblem problem, double[] start);
  }

  private static void on(RunSpec spec, Use use) {
    try (Dataset data = Dataset.open(spec.data(), 1)) {
      ResolvedRun run = ResolvedRun.of(spec, data);
      use.with(run.problem(), run.start());
    }
  }

  /** Each decade of scale costs the same number of steps, ln 10 / (η (s |m| − λ)). */
  @Test
  void theLawGivesTheWaitOfASmallTanhNetwork() {
    long[] waits = new long[2];
    for (int i = 0; i < 2; i++) {
      int which = i;
      on(
          spec(
              "moons",
              1,
              Activation.TANH,
              i == 0 ? "gaussian:0.001" : "gaussian:0.0001",
              OptimizerSpec.Kind.SGD),
          (problem, start) -> {
            EscapeLaw law = EscapeLaw.of(problem, start);
            MeasuredWait measured = MeasuredWait.of(new FusedEngine(), problem, start, STEPS);
            CoarseTraining coarse = CoarseTraining.of(problem, start, STEPS, CoarseTraining.WORK);
            assertThat(ratio(law.steps(), measured.plateauEnd())).isLessThan(1.5);
            assertThat(ratio(coarse.plateauEnd(), measured.plateauEnd())).isLessThan(1.5);
            assertThat(coarse.evaluations()).isLessThan((int) measured.plateauEnd());
            waits[which] = law.steps();
            double decade = Math.log(10) / (0.1 * (law.drive() - law.penalty()));
            if (which == 1) {
              assertThat(waits[1] - waits[0])
                  .isCloseTo((long) decade, within((long) (0.1 * decade)));
            }
          });
    }
  }

  /** Two hidden layers, and Adam, whose law nobody can write down: its steps are taken. */
  @Test
  void theLawGivesTheWaitOfDeeperNetworks() {
    for (OptimizerSpec.Kind kind : List.of(OptimizerSpec.Kind.SGD, OptimizerSpec.Kind.ADAM)) {
      String init = kind == OptimizerSpec.Kind.SGD ? "gaussian:0.1" : "gaussian:0.001";
      on(
          spec("moons", 2, Activation.TANH, init, kind),
          (problem, start) -> {
            EscapeLaw law = EscapeLaw.of(problem, start);
            MeasuredWait measured = MeasuredWait.of(new FusedEngine(), problem, start, STEPS);
            assertThat(measured.plateauEnd()).isGreaterThan(10);
            assertThat(ratio(law.steps(), measured.plateauEnd())).as("%s", kind).isLessThan(1.5);
          });
    }
  }

  /** Three equal weights in a row: da/dt = η |m| a², so that 1/a falls evenly (Saxe et al.). */
  @Test
  void equalLayersGrowByTheirPowerLaw() {
    RunSpec wide = spec("moons-60-40", 2, Activation.IDENTITY, "zeros", OptimizerSpec.Kind.SGD);
    NetworkSpec chain =
        new NetworkSpec(
            List.of(1, 1),
            wide.network().activations(),
            wide.network().weights(),
            wide.network().biases(),
            0,
            Precision.DOUBLE);
    on(
        wide.withNetwork(chain),
        (problem, start) -> {
          double[] m = new double[2];
          double share = 0;
          double[][] x = problem.rows().first(problem.rows().rows());
          for (int row = 0; row < x.length; row++) {
            share += problem.rows().label(row) / (double) x.length;
          }
          for (int row = 0; row < x.length; row++) {
            for (int i = 0; i < 2; i++) {
              m[i] += (problem.rows().label(row) - share) * x[row][i] / x.length;
            }
          }
          double norm = Math.hypot(m[0], m[1]);
          double a = 0.01;
          var shape = problem.network().shape(2);
          start[shape.weights(0)] = a * m[0] / norm;
          start[shape.weights(0) + 1] = a * m[1] / norm;
          start[shape.weights(1)] = a;
          start[shape.weights(2)] = a;
          start[shape.biases(2)] = Math.log(share / (1 - share));
          double loss = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
          double end = Math.cbrt(0.05 * loss / norm);
          double wait = (1 / a - 1 / end) / (0.1 * norm);
          EscapeLaw law = EscapeLaw.of(problem, start);
          assertThat(law.drive()).isCloseTo(norm, within(0.02 * norm));
          assertThat(law.steps()).isBetween((long) (0.95 * wait), (long) (1.05 * wait));
        });
  }

  @Test
  void ofALongRunAloneItIsSaidWhatToExpect() {
    on(
        spec("moons", 1, Activation.TANH, "zeros", OptimizerSpec.Kind.SGD),
        (problem, start) -> {
          assertThat(Forecast.expectation(problem, start, STEPS)).isEmpty();
          assertThat(Forecast.expectation(problem, start, 1_000_000_000L))
              .hasValueSatisfying(said -> assertThat(said).startsWith("Waiting: never, derived"));
        });
  }

  @Test
  void aCurveKeepsItsEndsAndNoMoreThanCanBeSeen() {
    long[] steps = new long[5000];
    double[] losses = new double[5000];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i;
      losses[i] = 1.0 / (1 + i);
    }
    LossPath curve = LossPath.of(steps, losses, 4000);
    assertThat(curve.steps()).hasSizeBetween(50, 100).startsWith(0, 1, 2).endsWith(3999).isSorted();
    assertThat(curve.losses()[curve.losses().length - 1]).isEqualTo(1.0 / 4000);
    assertThat(LossPath.of(steps, losses, 1).steps()).containsExactly(0);
    assertThat(LossPath.of(steps, losses, 0).steps()).isEmpty();
  }

  private static double ratio(long a, long b) {
    assertThat(Math.min(a, b)).isPositive();
    return Math.max(a, b) / (double) Math.min(a, b);
  }

  @Test
  void aPenaltyAboveTheDriveHoldsSmallWeightsDown() {
    RunSpec spec = spec("moons", 1, Activation.TANH, "gaussian:0.001", OptimizerSpec.Kind.SGD);
    on(
        spec.withNetwork(spec.network().withL2(1)),
        (problem, start) -> {
          EscapeLaw law = EscapeLaw.of(problem, start);
          assertThat(law.isNever()).isTrue();
          assertThat(law.why()).contains("weights shrink");
          assertThat(MeasuredWait.of(new FusedEngine(), problem, start, STEPS).plateauEnd())
              .isNegative();
        });
  }

  @Test
  void zerosNeverLeaveAndTheSentenceSaysWhy() {
    on(
        spec("moons", 2, Activation.TANH, "zeros", OptimizerSpec.Kind.ADAM),
        (problem, start) -> {
          Waiting waiting = Waiting.of(problem, start, STEPS, Waiting.WORK);
          assertThat(waiting.isTrained()).isFalse();
          assertThat(waiting.never()).contains("exactly 0", "1 distinct unit of 8");
        });
  }

  @Test
  void adamWaitsForEverWhereGradientsAreFarBelowItsEpsilon() {
    on(
        spec("moons", 8, Activation.TANH, "gaussian:0.001", OptimizerSpec.Kind.ADAM),
        (problem, start) -> {
          assertThat(Waiting.of(problem, start, STEPS, Waiting.WORK).never()).contains("ε");
          assertThat(MeasuredWait.of(new FusedEngine(), problem, start, 300).plateauEnd())
              .isNegative();
        });
    on(
        spec("moons", 1, Activation.TANH, "gaussian:0.001", OptimizerSpec.Kind.ADAM),
        (problem, start) ->
            assertThat(Waiting.of(problem, start, STEPS, Waiting.WORK).never()).isNull());
  }

  @Test
  void gradientsBelowTheSmallestFloatAreUnderflow() {
    on(
        spec("moons", 12, Activation.TANH, "gaussian:0.00001", OptimizerSpec.Kind.SGD),
        (problem, start) ->
            assertThat(Waiting.of(problem, start, STEPS, Waiting.WORK).never())
                .contains("underflow"));
  }

  @Test
  void aForecastSpeaksInThreeSentencesThatNameTheirSource() {
    RunSpec spec = spec("moons", 3, Activation.TANH, "lecun", OptimizerSpec.Kind.ADAM);
    try (Dataset data = Dataset.open(spec.data(), 1)) {
      ResolvedRun run = ResolvedRun.of(spec, data);
      Forecast forecast = Forecast.of(run.problem(), run.start(), run.steps());
      assertThat(forecast.sentences()).hasSize(3);
      assertThat(forecast.sentences().get(0)).contains("measured in passes", "mean field");
      assertThat(forecast.sentences().get(1)).contains("integrated", "gradients for");
      assertThat(forecast.sentences().get(2)).contains("LeCun's", "by mean-field theory");
      assertThat(forecast.layers()).hasSize(4);
      LayerSignal third = forecast.layers().get(2);
      assertThat(third.sumsTheory()).isCloseTo(third.sums(), within(0.4 * third.sums()));
      assertThat(Forecast.hopeless(run.problem(), run.start(), run.steps())).isEmpty();
      RunSpec zeros = spec("moons", 3, Activation.TANH, "zeros", OptimizerSpec.Kind.ADAM);
      ResolvedRun stuck = ResolvedRun.of(zeros, data);
      assertThat(Forecast.hopeless(stuck.problem(), stuck.start(), stuck.steps())).isPresent();
      assertThat(Forecast.of(stuck.problem(), stuck.start(), stuck.steps()).sentences().get(1))
          .startsWith("Waiting: never, derived from the first gradient");
    }
  }

  /** Saxe, McClelland and Ganguli: an orthogonal linear network turns without stretching. */
  @Test
  void squareOrthogonalLinearNetworksAreIsometric() {
    RunSpec spec = spec("moons", 6, Activation.IDENTITY, "orthogonal", OptimizerSpec.Kind.SGD);
    NetworkSpec plain = spec.network();
    NetworkSpec exact =
        new NetworkSpec(
            plain.hidden(),
            plain.activations(),
            plain.weights(),
            plain.biases(),
            0,
            Precision.DOUBLE);
    on(
        spec.withNetwork(exact),
        (problem, start) -> {
          Isometry isometry = Isometry.of(problem, start);
          assertThat(isometry.smallest()).isCloseTo(1, within(1e-6));
          assertThat(isometry.largest()).isCloseTo(1, within(1e-6));
        });
  }

  @Test
  void singularValuesAreThoseOfKnownMatrices() {
    assertThat(Isometry.singularValues(new double[][] {{3, 0}, {4, 5}}))
        .containsExactly(new double[] {Math.sqrt(5), Math.sqrt(45)}, within(1e-12));
    assertThat(Isometry.singularValues(new double[][] {{1e-9, 0, 0}, {0, 2, 0}}))
        .containsExactly(new double[] {1e-9, 2}, within(1e-20));
  }
}
