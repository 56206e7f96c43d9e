package org.symbreak.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.setting.RunSpec;

class RunPlanTest {
  @TempDir private Path directory;

  @Test
  void aRunThatIsWrittenInTwoWaysIsDoneOnce() throws IOException {
    List<RunSpec> runs = runs("auto", "full", "auto");

    RunPlan plan = RunPlan.of(runs, Double.NaN);

    assertThat(runs).doesNotHaveDuplicates().hasSize(4);
    assertThat(plan.tasks()).hasSize(2);
    assertThat(plan.tasks()).extracting(RunTask::key).doesNotHaveDuplicates();
    assertThat(plan.tasks()).extracting(task -> task.spec().seed()).containsExactly(1L, 2L);
    List<LedgerRow> rows =
        new Experiment(directory.resolve("runs"), false).run(plan, new LocalWorkers(1), far -> {});
    assertThat(Ledger.read(directory.resolve("runs").resolve("ledger.csv"))).isEqualTo(rows);
  }

  @Test
  void runsThatDifferAreAllDone() throws IOException {
    assertThat(RunPlan.of(runs("auto", "7", "8"), Double.NaN).tasks()).hasSize(6);
  }

  /** Runs with two seeds. */
  private List<RunSpec> runs(String... batches) throws IOException {
    Path data = Moons.write(directory.resolve("moons.csv"), 60);
    return SweepSpec.of(
            List.of(
                new SweepEntry("data", "FILE", List.of(data.toString())),
                SweepEntry.option("batch", List.of(batches)),
                SweepEntry.option("width", List.of("3")),
                SweepEntry.option("epochs", List.of("5")),
                SweepEntry.option("seeds", List.of("2"))))
        .runs();
  }
}
