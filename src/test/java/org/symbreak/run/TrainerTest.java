package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.engine.TestRows;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.optimizer.StopReason;
import org.symbreak.problem.InputException;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.OptimizerSpec.Decay;
import org.symbreak.setting.OptimizerSpec.Kind;
import org.symbreak.setting.RunSpec;
import org.symbreak.watch.RunLook;
import org.symbreak.watch.RunObserver;

class TrainerTest {
  private static Dataset disc() {
    TestRows train = TestRows.disc(200, 1);
    TestRows validation = TestRows.disc(60, 2);
    TestRows test = TestRows.disc(200, 3);
    return Dataset.ofArrays(
        train.x(), train.y(), validation.x(), validation.y(), test.x(), test.y());
  }

  private static RunSpec spec(String init, Kind kind, double rate, BudgetSpec budget) {
    NetworkSpec network =
        new NetworkSpec(
            List.of(8),
            List.of(Activation.TANH),
            Initializations.parseLayers(init),
            Initializations.parseLayers("zeros"),
            0,
            Precision.DOUBLE);
    return new RunSpec(
        DataSpec.of("disc.csv", "label", null),
        network,
        new OptimizerSpec(kind, rate, 0.9, Decay.NONE),
        budget,
        "0.5",
        0,
        "auto",
        1);
  }

  private static BudgetSpec early(int epochs, int patience) {
    return new BudgetSpec(epochs, BudgetSpec.FULL_BATCH, true, patience, false);
  }

  private static BudgetSpec fixed(int epochs) {
    return new BudgetSpec(epochs, BudgetSpec.FULL_BATCH, false, 1, false);
  }

  @Test
  void learnsWhatNoConstantCanAndSaysHowItWent() {
    try (Dataset data = disc()) {
      TrainedRun run =
          Trainer.run(spec("glorot", Kind.ADAM, 0.05, early(1500, 100)), data, List.of());
      RunResult result = run.result();
      assertThat(result.test().accuracy()).isGreaterThan(0.93);
      assertThat(result.symmetry().worst().distinctUnits()).isEqualTo(8);
      assertThat(result.verdict()).isEqualTo("symmetry broken: all 8 hidden units differ");
      assertThat(result.iterations()).isEqualTo(result.epochs()).isLessThanOrEqualTo(1500);
      assertThat(result.bestIteration()).isPositive().isLessThanOrEqualTo(result.iterations());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "fused"})
  void twoRunsOfOneSpecAreTheSameBits(String engine) {
    RunSpec spec =
        spec("glorot", Kind.ADAM, 0.05, new BudgetSpec(5, 32, true, 3, true)).withEngine(engine);
    try (Dataset data = disc()) {
      TrainedRun first = Trainer.run(spec, data, List.of());
      TrainedRun second = Trainer.run(spec, data, List.of());
      assertThat(second.lastParameters()).isEqualTo(first.lastParameters());
      assertThat(second.bestParameters()).isEqualTo(first.bestParameters());
      assertThat(second.result().loss()).isEqualTo(first.result().loss());
      assertThat(Trainer.run(spec.withSeed(1), data, List.of()).lastParameters())
          .isNotEqualTo(first.lastParameters());
    }
  }

  @Test
  void theStartOfSmallWeightsIsWaitedOut() {
    try (Dataset data = disc()) {
      RunResult result =
          Trainer.run(spec("gaussian:0.001", Kind.SGD, 1, early(4000, 20)), data, List.of())
              .result();
      assertThat(result.stopped()).isIn(StopReason.PATIENCE, StopReason.BUDGET);
      assertThat(result.test().accuracy()).isGreaterThan(0.9);
    }
  }

  @Test
  void equalUnitsStayStuckUntilTheBudgetEnds() {
    try (Dataset data = disc()) {
      RunResult result =
          Trainer.run(spec("zeros", Kind.SGD, 1, early(300, 10)), data, List.of()).result();
      assertThat(result.stopped()).isEqualTo(StopReason.STUCK);
      assertThat(result.epochs()).isEqualTo(300);
      assertThat(result.symmetry().worst().distinctUnits()).isEqualTo(1);
      assertThat(result.verdict())
          .startsWith("symmetry not broken: all 8 hidden units are the same");
      assertThat(result.stoppedBecause()).contains("constant prediction").doesNotContain("--init");
    }
  }

  @Test
  void aRandomLabelEndsByPatience() {
    TestRows noise = TestRows.linear(80, 6, 9);
    TestRows other = TestRows.linear(80, 6, 10);
    int[] turned = other.y().clone();
    for (int i = 0; i < turned.length; i++) {
      turned[i] = 1 - turned[i];
    }
    try (Dataset data =
        Dataset.ofArrays(noise.x(), noise.y(), other.x(), turned, other.x(), turned)) {
      RunResult result =
          Trainer.run(spec("glorot", Kind.ADAM, 0.05, early(1000, 50)), data, List.of()).result();
      assertThat(result.stopped()).isEqualTo(StopReason.PATIENCE);
      assertThat(result.bestIteration()).isLessThan(50);
      assertThat(result.iterations()).isLessThan(150);
    }
  }

  @Test
  void bothEnginesGoTheSameWay() {
    RunSpec spec = spec("glorot", Kind.NESTEROV, 0.1, new BudgetSpec(4, 64, true, 3, true));
    try (Dataset data = disc()) {
      RunResult reference = Trainer.run(spec.withEngine("dl4j"), data, List.of()).result();
      RunResult fused = Trainer.run(spec.withEngine("fused"), data, List.of()).result();
      assertThat(fused.loss()).isCloseTo(reference.loss(), within(1e-9));
      assertThat(fused.validation().logLoss())
          .isCloseTo(reference.validation().logLoss(), within(1e-9));
      assertThat(fused.stopped()).isEqualTo(reference.stopped());
    }
  }

  @Test
  void anAbsurdLearningRateDivergesAndTheBestWeightsAreKept() {
    try (Dataset data = disc()) {
      for (double rate : new double[] {1e10, 1e300}) {
        TrainedRun run = Trainer.run(spec("glorot", Kind.SGD, rate, fixed(1000)), data, List.of());
        assertThat(run.result().stopped())
            .as("learning rate " + rate)
            .isEqualTo(StopReason.DIVERGED);
        assertThat(run.result().iterations()).isLessThan(300);
        assertThat(run.result().findings().get(0).remedy()).startsWith("a smaller --learning-rate");
        assertThat(Arrays.stream(run.bestParameters())).allMatch(Double::isFinite);
      }
    }
  }

  @Test
  void weightsThatAreTooLargeToBeginWithDiverge() {
    try (Dataset data = disc()) {
      TrainedRun run =
          Trainer.run(spec("constant:1e308", Kind.SGD, 0.1, fixed(100)), data, List.of());
      assertThat(run.result().stopped()).isEqualTo(StopReason.DIVERGED);
      assertThat(run.result().findings().get(0).remedy()).startsWith("a smaller --init");
    }
  }

  /** Sums of such numbers are infinite, and what two infinities cancel to is no number. */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "dl4j"})
  void weightsWhoseOutputsAreNoNumbersDivergeWithoutAnEvaluation(String engine) {
    try (Dataset data = disc()) {
      RunSpec spec = spec("uniform:8e307", Kind.SGD, 0.1, fixed(100));
      NetworkSpec deep =
          new NetworkSpec(
              List.of(8, 8),
              List.of(Activation.IDENTITY),
              spec.network().weights(),
              spec.network().biases(),
              0,
              Precision.DOUBLE);
      RunResult result =
          Trainer.run(spec.withNetwork(deep).withEngine(engine), data, List.of()).result();
      assertThat(result.stopped()).isEqualTo(StopReason.DIVERGED);
      assertThat(result.train()).isNull();
      assertThat(result.test()).isNull();
    }
  }

  @Test
  void weightsThatThePrecisionCannotHoldAreRefused() {
    try (Dataset data = disc()) {
      RunSpec spec = spec("constant:1e39", Kind.SGD, 0.1, fixed(100));
      NetworkSpec narrow =
          new NetworkSpec(
              List.of(8),
              List.of(Activation.TANH),
              spec.network().weights(),
              spec.network().biases(),
              0,
              Precision.FLOAT);
      assertThatThrownBy(() -> Trainer.run(spec.withNetwork(narrow), data, List.of()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("--init constant:1E+39")
          .hasMessageContaining("3.403e+38")
          .hasMessageContaining("1.0E39");
    }
  }

  /** Who looks on sees a run that diverges, but does not decide when it does. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void aRunThatDivergesEndsTheSameWhoeverLooksOn(int every) {
    RunObserver observer =
        new RunObserver() {
          @Override
          public boolean looksAt(long iteration) {
            return iteration % every == 0;
          }

          @Override
          public void observe(RunLook look) {}
        };
    try (Dataset data = disc()) {
      for (double rate : new double[] {1e10, 1e300}) {
        RunSpec spec = spec("glorot", Kind.SGD, rate, fixed(1000));
        TrainedRun alone = Trainer.run(spec, data, List.of());
        TrainedRun watched = Trainer.run(spec, data, List.of(observer));
        assertThat(alone.result().stopped()).isEqualTo(StopReason.DIVERGED);
        assertThat(watched.result().stoppedBecause()).isEqualTo(alone.result().stoppedBecause());
        assertThat(watched.result().iterations()).isEqualTo(alone.result().iterations());
        assertThat(watched.lastParameters()).isEqualTo(alone.lastParameters());
        assertThat(watched.bestParameters()).isEqualTo(alone.bestParameters());
      }
    }
  }

  @Test
  void observersLookWhenTheySaidAndAtTheEnd() {
    List<RunLook> looks = new ArrayList<>();
    RunObserver everySeventh =
        new RunObserver() {
          @Override
          public boolean looksAt(long iteration) {
            return iteration % 7 == 0;
          }

          @Override
          public void observe(RunLook look) {
            looks.add(look);
          }
        };
    try (Dataset data = disc()) {
      RunSpec spec = spec("glorot", Kind.SGD, 0.1, fixed(30));
      TrainedRun run = Trainer.run(spec, data, List.of(everySeventh));
      assertThat(looks).extracting(RunLook::iteration).containsExactly(0L, 7L, 14L, 21L, 28L, 30L);
      assertThat(looks)
          .extracting(RunLook::last)
          .containsExactly(false, false, false, false, false, true);
      assertThat(looks.get(0).gradientNorms()).isEmpty();
      assertThat(looks.get(1).gradientNorms()).hasSize(2);
      assertThat(looks.get(5).parameters())
          .isEqualTo(run.lastParameters())
          .isEqualTo(run.bestParameters());
      assertThat(Trainer.run(spec, data, List.of()).lastParameters())
          .isEqualTo(run.lastParameters());
    }
  }

  @Test
  void balancedClassesCountTheSame() {
    try (Dataset data = disc()) {
      RunSpec spec = spec("zeros", Kind.SGD, 1, fixed(100));
      RunResult plain = Trainer.run(spec, data, List.of()).result();
      RunResult balanced =
          Trainer.run(
                  spec.withBudget(new BudgetSpec(100, BudgetSpec.FULL_BATCH, false, 1, true)),
                  data,
                  List.of())
              .result();
      assertThat(plain.loss()).isLessThan(0.685);
      assertThat(balanced.loss()).isBetween(0.693, 0.6932);
    }
  }

  @Test
  void lineSearchesConverge() {
    TestRows train = TestRows.linear(120, 4, 1);
    TestRows none = new TestRows(new double[0][0], new int[0]);
    try (Dataset data =
        Dataset.ofArrays(train.x(), train.y(), none.x(), none.y(), none.x(), none.y())) {
      for (Kind kind : List.of(Kind.LBFGS, Kind.CG)) {
        RunSpec spec = spec("glorot", kind, 0.1, early(500, 50));
        NetworkSpec logistic =
            new NetworkSpec(
                List.of(),
                List.of(),
                spec.network().weights(),
                spec.network().biases(),
                0.01,
                Precision.DOUBLE);
        RunResult result = Trainer.run(spec.withNetwork(logistic), data, List.of()).result();
        assertThat(result.stopped()).isEqualTo(StopReason.CONVERGED);
        assertThat(result.evaluations()).isBetween(result.iterations(), 4 * result.iterations());
        assertThat(result.symmetry()).isNull();
        assertThat(result.test()).isNull();
      }
    }
  }
}
