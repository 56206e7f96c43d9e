package org.symbreak.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.init.Initializations;
import org.symbreak.network.NetworkSpec;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;

class LiveRunTest {
  private static LiveRun run(String init, double learningRate, int budget) {
    DataSpec data = DataSpec.of("data/circles.csv", "label", null);
    RunSpec usual = Defaults.run(data);
    NetworkSpec network = usual.network();
    RunSpec spec =
        new RunSpec(
            data,
            new NetworkSpec(
                network.hidden(),
                network.activations(),
                Initializations.parseLayers(init),
                network.biases(),
                0,
                network.precision()),
            new OptimizerSpec(OptimizerSpec.Kind.SGD, learningRate, 0, OptimizerSpec.Decay.NONE),
            new BudgetSpec(budget, BudgetSpec.FULL_BATCH, false, 1, false),
            usual.threshold(),
            usual.seed(),
            usual.engine(),
            1);
    return new LiveRun(spec, Dataset.open(data, 1));
  }

  @Test
  void endsWithItsBudget() {
    try (LiveRun run = run("glorot", 0.1, 10)) {
      run.advance(7);
      assertThat(run.ended()).isNull();
      run.advance(7);
      assertThat(run.iteration()).isEqualTo(10);
      assertThat(run.ended()).startsWith("Reached the limit of 10 iterations.");
      run.goOn();
      run.advance(1);
      assertThat(run.iteration()).isEqualTo(10);
    }
  }

  @Test
  void saysWhenTheLossIsNoLongerANumber() {
    try (LiveRun run = run("glorot", 1e300, 1000)) {
      run.advance(50);
      assertThat(run.ended())
          .startsWith("Diverged")
          .contains("Try a smaller --learning-rate (now 1.0E300)");
    }
  }

  @Test
  void restsWhereNothingChangesAndGoesOnWhenToldTo() {
    try (LiveRun run = run("zeros", 0.1, 100_000)) {
      for (int i = 0; run.ended() == null; i++) {
        assertThat(i).isLessThan(60);
        run.advance(1000);
      }
      assertThat(run.ended())
          .startsWith("No change for")
          .contains("hidden units of layer 1 are the same");
      long rested = run.iteration();
      run.advance(1000);
      assertThat(run.iteration()).isEqualTo(rested);
      run.goOn();
      run.advance(1000);
      assertThat(run.iteration()).isEqualTo(rested + 1000);
    }
  }
}
