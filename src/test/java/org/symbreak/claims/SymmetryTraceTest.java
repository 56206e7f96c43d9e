package org.symbreak.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.run.Engines;

class SymmetryTraceTest {
  private static final double[][] X = {{1, 2}, {-1, 0.5}, {0.25, -2}, {3, 1}, {-2, -1}, {0, 1}};

  private static SymmetryTrace trace(
      Engine engine, String weights, int[] y, List<SymmetryTrace.Step> watched) {
    NetworkSpec network =
        new NetworkSpec(
            List.of(4, 3),
            List.of(Activation.TANH),
            Initializations.parseLayers(weights),
            Initializations.parseLayers("zeros"),
            0,
            Precision.FLOAT);
    TrainingProblem problem =
        new TrainingProblem(network, Descent.PLAIN, ClaimData.encode(X, y), 1, 1, X.length, 1, 1);
    Engine chosen = engine != null ? engine : Engines.choose("fused", problem).engine();
    return SymmetryTrace.of(chosen, problem, network.initialParameters(2, 1), 20, 5, watched::add);
  }

  private static final int[] UNBALANCED = {1, 0, 0, 1, 0, 0};
  private static final int[] BALANCED = {1, 0, 0, 1, 0, 1};

  @Test
  void seesEqualUnitsStayEqual() {
    List<SymmetryTrace.Step> watched = new ArrayList<>();
    SymmetryTrace trace = trace(null, "constant:0.3", UNBALANCED, watched);
    assertThat(trace.steps())
        .isEqualTo(watched)
        .extracting(SymmetryTrace.Step::iteration)
        .containsExactly(0L, 5L, 10L, 15L, 20L);
    assertThat(trace.steps().get(4).layers())
        .containsExactly(
            new SymmetryTrace.Layer(4, 1, List.of(List.of(1, 2, 3, 4)), 0, 0),
            new SymmetryTrace.Layer(3, 1, List.of(List.of(1, 2, 3)), 0, 0));
    assertThat(trace.broken()).isNull();
    assertThat(trace.inductiveTrials()).isEqualTo(20);
    assertThat(trace.inductiveBreaks()).isZero();
    assertThat(trace.answer()).startsWith("No sign of it");
  }

  @Test
  void seesUnitsPartAndHowFastThatGrows() {
    SymmetryTrace trace =
        trace(FaultyEngine.PARTS_UNITS, "constant:0.3", UNBALANCED, new ArrayList<>());
    assertThat(trace.broken()).isEqualTo(1);
    assertThat(trace.steps())
        .extracting(SymmetryTrace.Step::iteration)
        .containsExactly(0L, 1L, 5L, 10L, 15L, 20L);
    SymmetryTrace.Layer first = trace.steps().get(1).layers().get(0);
    assertThat(first.distinct()).isEqualTo(2);
    assertThat(first.groups()).containsExactly(List.of(2, 3, 4));
    assertThat(first.spreadUlps()).isBetween(1L, 2L);
    assertThat(first.spread()).isCloseTo(0.3 * Math.ulp(1f), within(2e-8));
    assertThat(trace.answer()).startsWith("Yes: after step 1");
  }

  @Test
  void tellsAFactorOnlyOfWhatGrowsSteadily() {
    assertThat(growth(step -> 1e-10 * Math.pow(1.1, step))).isCloseTo(1.1, within(1e-12));
    assertThat(growth(step -> 1e-7 * Math.pow(1.0024, step)))
        .as("half as much again in %d steps", STEPS)
        .isNull();
    assertThat(growth(step -> 1e-7 * (1 + step % 7))).isNull();
    assertThat(growth(step -> 1e-7 * Math.pow(0.9, step))).isNull();
    assertThat(growth(step -> step % 2 == 0 ? 1e-12 * Math.pow(1.02, step) : 1e-3))
        .as("a line that leaves most of the variance")
        .isNull();
    assertThat(SymmetryTrace.growth(List.of(new double[] {1, -20}, new double[] {2, -10})))
        .isNull();
  }

  private static final int STEPS = 150;

  /** Of these distances. */
  private static Double growth(IntToDoubleFunction distance) {
    List<double[]> distances = new ArrayList<>();
    for (int step = 1; step <= STEPS; step++) {
      distances.add(new double[] {step, Math.log(distance.applyAsDouble(step))});
    }
    return SymmetryTrace.growth(distances);
  }

  @Test
  void seesWhatStandsStill() {
    // zeros, and as many ones as zeros: not even the output's bias has a reason to move
    SymmetryTrace trace = trace(null, "zeros", BALANCED, new ArrayList<>());
    assertThat(trace.stoodStill()).isTrue();
    assertThat(trace.answer()).startsWith("No: ");
  }

  @Test
  void hasNothingToSayOfDistinctUnits() {
    SymmetryTrace trace = trace(null, "gaussian:0.1", UNBALANCED, new ArrayList<>());
    assertThat(trace.inductiveTrials()).isZero();
    assertThat(trace.answer()).startsWith("There is no symmetric state to leave");
  }
}
