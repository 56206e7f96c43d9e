package org.symbreak.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
import org.symbreak.setting.Settings;

/**
 * What is called hopeless is trained all the same, from many seeds: none comes to anything, with
 * all rows a step or a few.
 */
class HopelessTest {
  private static final int STEPS = 400;
  private static final List<String> STARTS =
      List.of(
          "zeros",
          "constant:0.5",
          "gaussian:0.000001",
          "gaussian:0.0001",
          "gaussian:0.01",
          "gaussian:0.1",
          "gaussian:1");

  private static RunSpec spec(int depth, String init, Activation activation, int seed) {
    OptimizerSpec.Kind kind =
        List.of(OptimizerSpec.Kind.SGD, OptimizerSpec.Kind.ADAM, OptimizerSpec.Kind.NESTEROV)
            .get(seed % 3);
    RunSpec usual =
        Settings.TEST_FRACTION.with(
            Defaults.run(DataSpec.of(Path.of("data", "moons-60-40.csv").toString(), null, null)),
            0.9);
    RunSpec spec =
        new RunSpec(
            usual.data(),
            new NetworkSpec(
                Collections.nCopies(depth, 6),
                List.of(activation),
                Initializations.parseLayers(init),
                Initializations.parseLayers(seed % 2 == 0 ? "zeros" : "gaussian:0.0001"),
                0,
                Precision.FLOAT),
            new OptimizerSpec(kind, Defaults.learningRate(kind), 0.9, OptimizerSpec.Decay.NONE),
            usual.budget(),
            usual.threshold(),
            seed,
            "fused",
            1);
    return seed % 4 < 2 ? spec : Settings.BATCH.with(spec, 16L);
  }

  @Test
  void noneOfThemTrainsWhateverTheSeed() {
    int hopeless = 0;
    int hopeful = 0;
    try (Dataset data = Dataset.open(spec(1, "zeros", Activation.TANH, 1).data(), 1)) {
      for (int depth : new int[] {1, 2, 4, 8, 12}) {
        for (String init : STARTS) {
          for (Activation activation :
              List.of(Activation.TANH, Activation.SIGMOID, Activation.RELU)) {
            for (int seed = 1; seed <= 8; seed++) {
              RunSpec spec = spec(depth, init, activation, seed);
              ResolvedRun run = ResolvedRun.of(spec, data);
              TrainingProblem problem = run.problem();
              double[] start = run.start();
              Optional<String> why = Forecast.hopeless(problem, start, STEPS);
              hopeless += why.isPresent() ? 1 : 0;
              hopeful += why.isPresent() ? 0 : 1;
              if (why.isPresent()) {
                assertThat(MeasuredWait.of(new FusedEngine(), problem, start, STEPS).plateauEnd())
                    .as("%s %s %s %d: %s", depth, init, activation, seed, why.get())
                    .isNegative();
              }
            }
          }
        }
      }
    }
    assertThat(hopeless).isGreaterThan(100);
    assertThat(hopeful).isGreaterThan(300);
  }
}
