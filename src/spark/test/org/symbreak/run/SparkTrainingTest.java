package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.engine.cluster.ClusterEngine;
import org.symbreak.engine.cluster.HolderProvider;
import org.symbreak.engine.spark.StandaloneCluster;
import org.symbreak.experiment.Moons;
import org.symbreak.optimizer.StopReason;
import org.symbreak.problem.InputException;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;
import org.symbreak.watch.RunLook;
import org.symbreak.watch.RunObserver;
import org.symbreak.watch.RunProgress;

/** Training on a real standalone cluster, a master and two workers, beside training in this process. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SparkTrainingTest {
  @TempDir private static Path directory;
  private static StandaloneCluster cluster;
  private static Path data;
  private static ClusterEngine engine;

  @BeforeAll
  static void start() throws Exception {
    data = Moons.write(directory.resolve("moons.csv"), 6000);
    cluster = StandaloneCluster.start(directory);
    engine = HolderProvider.engine(cluster.master());
  }

  @AfterAll
  static void stop() throws Exception {
    if (engine != null) {
      engine.close();
    }
    cluster.close();
  }

  private static RunSpec spec(OptimizerSpec.Kind kind, int epochs, int members) {
    RunSpec run = Defaults.run(DataSpec.of(data.toString(), null, null));
    return new RunSpec(
        run.data(),
        run.network(),
        new OptimizerSpec(kind, Defaults.learningRate(kind), Defaults.MOMENTUM, OptimizerSpec.Decay.NONE),
        new BudgetSpec(epochs, BudgetSpec.FULL_BATCH, true, BudgetSpec.AUTO, false, members),
        run.threshold(),
        run.seed(),
        run.engine(),
        run.threads());
  }

  /** Does something once, at a step. */
  private record At(long step, Runnable what, boolean[] done) implements RunObserver {
    At(long step, Runnable what) {
      this(step, what, new boolean[1]);
    }

    @Override
    public boolean looksAt(long iteration) {
      return iteration == step;
    }

    @Override
    public void observe(RunLook look) {
      if (look.iteration() == step && !done[0]) {
        done[0] = true;
        what.run();
      }
    }

    @Override
    public void progress(RunProgress progress) {}
  }

  private static final Recording RECORDING = new Recording(null, 30, false);

  private TrainedRun here(RunSpec spec, String name, RunObserver observer, Interruption interruption) {
    try (Dataset rows = Dataset.open(spec.data(), spec.seed())) {
      return RunDirectory.create(directory.resolve(name), false).train(ResolvedRun.of(spec, rows), List.of(observer), RECORDING, interruption);
    }
  }

  private TrainedRun there(RunSpec spec, String name, RunObserver observer, Interruption interruption) {
    try (Dataset rows = Dataset.open(spec.data(), spec.seed())) {
      return RunDirectory.create(directory.resolve(name), false).train(ResolvedRun.elsewhere(engine, spec, rows), List.of(observer), RECORDING, interruption);
    }
  }

  /** Weights, losses, and every byte of what was written on the way. */
  private static Map<String, Object> content(TrainedRun run, String name) throws IOException {
    Map<String, Object> content = new TreeMap<>();
    content.put("kept", run.bestParameters());
    content.put("last", run.lastParameters());
    content.put("updater", run.bestUpdaterState());
    content.put("result", List.of(run.result().train(), run.result().validation(), run.result().test(), run.result().symmetry(), run.result().loss(), run.result().stoppedBecause()));
    try (Stream<Path> files = Files.walk(directory.resolve(name))) {
      for (Path file : files.filter(Files::isRegularFile).filter(file -> file.toString().matches(".*(metrics.csv|history.*)")).toList()) {
        content.put(directory.resolve(name).relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return content;
  }

  private static void requireSame(Map<String, Object> found, Map<String, Object> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet()).hasSizeGreaterThan(5);
    expected.forEach((key, value) -> assertThat(found.get(key)).as(key).isEqualTo(value));
  }

  private static final RunObserver NOBODY = new At(-1, () -> {});

  @Test
  @Order(1)
  void everyOptimizerGivesTheBitsOfOneProcess() throws IOException {
    for (OptimizerSpec.Kind kind : OptimizerSpec.Kind.values()) {
      RunSpec spec = spec(kind, 60, 1);
      requireSame(
          content(there(spec, "there-" + kind, NOBODY, new Interruption()), "there-" + kind),
          content(here(spec, "here-" + kind, NOBODY, new Interruption()), "here-" + kind));
    }
  }

  @Test
  @Order(2)
  void aRunGoesOnThereAndBack() throws IOException {
    RunSpec spec = spec(OptimizerSpec.Kind.LBFGS, 120, 1);
    TrainedRun whole = here(spec, "whole", NOBODY, new Interruption());
    Interruption none = new Interruption();
    here(spec, "here-alone", new At(30, none::request), none);
    Interruption first = new Interruption();
    assertThat(there(spec, "begun-there", new At(30, first::request), first).result().stopped()).isEqualTo(StopReason.INTERRUPTED);
    Interruption second = new Interruption();
    assertThat(here(spec, "begun-here", new At(30, second::request), second).result().stopped()).isEqualTo(StopReason.INTERRUPTED);
    try (Dataset rows = Dataset.open(spec.data(), spec.seed())) {
      Map<String, Object> expected = content(new RunDirectory(directory.resolve("here-alone")).resume(rows, List.of()), "here-alone");
      assertThat(expected.get("last")).isEqualTo(whole.lastParameters());
      requireSame(content(new RunDirectory(directory.resolve("begun-there")).resume(rows, List.of()), "begun-there"), expected);
      RunDirectory begun = new RunDirectory(directory.resolve("begun-here"));
      requireSame(content(begun.resume(ResolvedRun.elsewhere(engine, begun.read().spec(), rows), List.of(), new Interruption()), "begun-here"), expected);
    }
  }

  @Test
  @Order(3)
  void membersAreTrainedThereToo() throws IOException {
    RunSpec spec = spec(OptimizerSpec.Kind.ADAM, 20, 3);
    TrainedRun local;
    TrainedRun onSpark;
    try (Dataset rows = Dataset.open(spec.data(), spec.seed())) {
      local = Trainer.run(ResolvedRun.of(spec, rows), List.of());
      onSpark = Trainer.run(ResolvedRun.elsewhere(engine, spec, rows), List.of());
      assertThat(engine.efforts().shipped()).isPositive();
    }
    assertThat(onSpark.bestParameters()).isEqualTo(local.bestParameters());
    assertThat(onSpark.result().test()).isEqualTo(local.result().test());
  }

  @Test
  @Order(5)
  void partsOfTheRowsAndOtherEnginesAreRefused() {
    // last: the secret of a cluster in this process is one in its threads from now on
    engine.close();
    engine = null;
    RunSpec spec = spec(OptimizerSpec.Kind.ADAM, 20, 1);
    try (ClusterEngine threads = HolderProvider.engine("local[2]");
        Dataset rows = Dataset.open(spec.data(), spec.seed())) {
      assertThat(Trainer.run(ResolvedRun.elsewhere(threads, spec, rows), List.of()).bestParameters())
          .isEqualTo(Trainer.run(ResolvedRun.of(spec, rows), List.of()).bestParameters());
      RunSpec batches = spec.withBudget(Defaults.budget());
      assertThatThrownBy(() -> ResolvedRun.elsewhere(threads, batches, rows))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("--spark: expected a run that a cluster can serve: a step on 128 of 4");
      assertThatThrownBy(() -> ResolvedRun.elsewhere(threads, spec.withEngine("dl4j"), rows))
          .isInstanceOf(InputException.class)
          .hasMessage("--engine: expected an engine that can compute on other machines, found 'dl4j' (choices: auto, fused)");
    }
  }

  @Test
  @Order(4)
  void aWorkerKilledInTheMiddleChangesNoBit() throws IOException {
    RunSpec spec = spec(OptimizerSpec.Kind.LBFGS, 120, 1);
    boolean[] killed = {false};
    RunObserver killer =
        new At(
            40,
            () -> {
              killed[0] = true;
              cluster.kill("worker-1");
            });
    TrainedRun run = there(spec, "killed", killer, new Interruption());
    assertThat(killed[0]).isTrue();
    requireSame(content(run, "killed"), content(here(spec, "not-killed", new At(40, () -> {}), new Interruption()), "not-killed"));
  }
}
