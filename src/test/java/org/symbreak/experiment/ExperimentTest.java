package org.symbreak.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.data.Dataset;
import org.symbreak.problem.InputException;
import org.symbreak.run.Trainer;
import org.symbreak.symmetry.Measure;

/** Real, tiny runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExperimentTest {
  @TempDir private static Path directory;
  private RunPlan plan;
  private List<LedgerRow> undisturbed;

  @BeforeAll
  void undisturbed() throws IOException {
    Path data = Moons.write(directory.resolve("moons.csv"), 80);
    List<SweepEntry> entries =
        List.of(
            new SweepEntry("data", "FILE", List.of(data.toString())),
            SweepEntry.option("init", List.of("gaussian", "zeros")),
            SweepEntry.option("scale", List.of("0.01", "1", "1000")),
            SweepEntry.option("depth", List.of("0", "1", "3")),
            SweepEntry.option("width", List.of("4")),
            SweepEntry.option("epochs", List.of("30")),
            SweepEntry.option("seeds", List.of("3")));
    plan = RunPlan.of(SweepSpec.of(entries).runs(), Double.NaN);
    undisturbed =
        new Experiment(directory.resolve("undisturbed"), false)
            .run(plan, new LocalWorkers(1), far -> {});
  }

  @Test
  void rowsComeInTheOrderOfThePlanWithWhatTheRunsGive() {
    assertThat(undisturbed).hasSize(4 * 3 * 3);
    assertThat(undisturbed.stream().map(row -> row.text(Column.RUN)))
        .containsExactlyElementsOf(plan.tasks().stream().map(RunTask::key).toList());
    RunTask task = plan.tasks().get(4);
    LedgerRow row = undisturbed.get(4);
    try (Dataset data = Dataset.open(task.spec().data(), task.spec().seed())) {
      var result = Trainer.run(task.spec(), data, List.of()).result();
      assertThat(row.number(Column.TEST_AUC)).isEqualTo(result.test().auc());
      assertThat(row.number(Column.VALIDATION_LOG_LOSS)).isEqualTo(result.validation().logLoss());
      assertThat(row.text(Column.STOPPED)).isEqualTo(result.stopped().toString());
    }
    assertThat(row.text(Column.INITIALIZATION))
        .isEqualTo(task.spec().network().weights().toString());
  }

  @Test
  void zerosStayOneUnitAndFail() {
    List<LedgerRow> zeros =
        undisturbed.stream()
            .filter(
                row -> row.text(Column.INIT).equals("zeros") && !row.text(Column.HIDDEN).isEmpty())
            .toList();
    assertThat(zeros)
        .hasSize(6)
        .allMatch(LedgerRow::failed)
        .allMatch(row -> row.number(Column.of(Measure.DISTINCT_UNITS)) == 1);
  }

  @Test
  void anyNumberOfJobsGivesTheSameLedger() throws IOException {
    Experiment parallel = new Experiment(directory.resolve("parallel"), false);
    parallel.run(plan, new LocalWorkers(3), far -> {});
    assertThat(LedgerContent.of(parallel.ledger())).isEqualTo(LedgerContent.of(undisturbed));
  }

  @Test
  void goesOnWhereItStoppedAndRunsNothingTwice() throws IOException {
    Experiment interrupted = new Experiment(directory.resolve("interrupted"), false);
    Files.createDirectories(interrupted.directory());
    try (Ledger ledger = Ledger.open(interrupted.ledger())) {
      ledger.append(undisturbed.subList(5, 20));
    }
    assertThat(interrupted.remaining(plan).tasks()).hasSize(21);
    List<RunTask> done = new ArrayList<>();
    List<Experiment.Progress> progress = new ArrayList<>();
    interrupted.run(plan, noting(done), progress::add);
    assertThat(done).hasSize(21);
    assertThat(LedgerContent.of(interrupted.ledger())).isEqualTo(LedgerContent.of(undisturbed));
    assertThat(progress.get(0).done()).isGreaterThan(15);
    Experiment.Progress last = progress.get(progress.size() - 1);
    assertThat(last.done()).isEqualTo(last.total()).isEqualTo(36);
    assertThat(last.secondsLeft()).isZero();
    assertThat(last.failed())
        .isEqualTo((int) undisturbed.stream().filter(LedgerRow::failed).count());
    interrupted.run(plan, noting(done), progress::add);
    assertThat(done).hasSize(21);
  }

  @Test
  void aLedgerOfOtherRunsIsLeftAlone() throws IOException {
    Experiment other = new Experiment(directory.resolve("other"), false);
    Files.createDirectories(other.directory());
    try (Ledger ledger = Ledger.open(other.ledger())) {
      ledger.append(undisturbed);
    }
    RunPlan half = new RunPlan(plan.tasks().subList(0, 18), List.of());
    assertThatThrownBy(() -> other.run(half, new LocalWorkers(1), far -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "found 18 others (choices: another directory with --out, --force to begin anew)");
    assertThat(Experiment.under(directory, "other", half).directory()).hasFileName("other-2");
    assertThat(Experiment.under(directory, "other", plan).directory()).hasFileName("other");
  }

  @Test
  void runsAreForgottenOnlyWhereNobodyIsAddingToThem() throws IOException {
    Experiment going = new Experiment(directory.resolve("going"), false);
    going.clear();
    assertThat(going.directory()).doesNotExist();
    Files.createDirectories(going.directory());
    try (Ledger ledger = Ledger.open(going.ledger())) {
      ledger.append(undisturbed.subList(0, 1));
      assertThatThrownBy(going::clear)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has open");
    }
    assertThat(Ledger.read(going.ledger())).hasSize(1);
    Path comparison = Files.writeString(going.directory().resolve(Comparison.FILE), "{}");
    going.clear();
    assertThat(going.ledger()).doesNotExist();
    assertThat(comparison).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aRunThatBreaksDownEndsItAfterThoseUnderWayAreKept(int workers) throws IOException {
    RunTask broken = plan.tasks().get(10);
    List<RunTask> tasks = new ArrayList<>(plan.tasks());
    tasks.set(
        10,
        new RunTask(
            broken.key(), broken.spec(), "another hash", broken.targetLoss(), broken.cost()));
    Experiment breaking = new Experiment(directory.resolve("breaking-" + workers), false);
    RunPlan faulty = new RunPlan(tasks, List.of());
    assertThatThrownBy(() -> breaking.run(faulty, new LocalWorkers(workers), far -> {}))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("the data changed")
        .hasMessageContaining("symbreak train");
    // another worker goes on until it has failed
    assertThat(Ledger.read(breaking.ledger()))
        .hasSizeBetween(10, workers == 1 ? 10 : tasks.size() - 1);
    breaking.run(plan, new LocalWorkers(workers), far -> {});
    assertThat(LedgerContent.of(breaking.ledger())).isEqualTo(LedgerContent.of(undisturbed));
  }

  @Test
  void tasksAndRowsSurviveJson() {
    assertThat(plan.tasks())
        .allSatisfy(task -> assertThat(RunTask.fromJson(task.toJson())).isEqualTo(task));
    assertThat(undisturbed)
        .allSatisfy(row -> assertThat(LedgerRow.fromJson(row.toJson())).isEqualTo(row));
    assertThat(new HashSet<>(plan.tasks().stream().map(RunTask::key).toList()))
        .hasSize(plan.tasks().size());
  }

  @Test
  void dataAreLookedAtBeforeAnythingRuns() throws IOException {
    Path data = Files.writeString(directory.resolve("bad.csv"), "x,y\n1,2\n3,4\n");
    SweepSpec spec =
        SweepSpec.of(
            List.of(
                new SweepEntry("data", "FILE", List.of(data.toString())),
                SweepEntry.option("label", List.of("z"))));
    assertThatThrownBy(() -> RunPlan.of(spec.runs(), Double.NaN))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("bad.csv");
  }

  @Test
  void anEstimateIsPositiveAndFallsWithWorkers() {
    assertThat(Estimate.of(plan, 1).runs()).isEqualTo(36);
    assertThat(Estimate.of(plan, 1).seconds()).isPositive();
    assertThat(Estimate.of(new RunPlan(List.of(), List.of()), 2)).isEqualTo(new Estimate(0, 0, 0));
  }

  @Test
  void anEstimateForMoreRunsStartsColdOnlyOnce() {
    Estimate estimate = new Estimate(10, 3, 5);
    assertThat(estimate.seconds()).isEqualTo(8);
    assertThat(estimate.forRuns(40)).isEqualTo(new Estimate(40, 3, 20));
    assertThat(estimate.forRuns(0).seconds()).isZero();
  }

  private static Workers noting(List<RunTask> done) {
    LocalWorkers workers = new LocalWorkers(2);
    return new Workers() {
      @Override
      public String description() {
        return workers.description();
      }

      @Override
      public int parallelism() {
        return workers.parallelism();
      }

      @Override
      public void run(List<RunTask> tasks, Consumer<List<LedgerRow>> rows) {
        done.addAll(tasks);
        workers.run(tasks, rows);
      }

      @Override
      public void close() {
        workers.close();
      }
    };
  }
}
