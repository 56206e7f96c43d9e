package org.symbreak.experiment.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.engine.spark.StandaloneCluster;
import org.symbreak.experiment.ClusterProvider;
import org.symbreak.experiment.Experiment;
import org.symbreak.experiment.LedgerContent;
import org.symbreak.experiment.LocalWorkers;
import org.symbreak.experiment.Moons;
import org.symbreak.experiment.RunPlan;
import org.symbreak.experiment.SweepEntry;
import org.symbreak.experiment.SweepSpec;
import org.symbreak.experiment.Workers;
import org.symbreak.problem.InputException;

/** Against a real standalone cluster: a master and two workers, each a process of its own. */
class SparkClusterTest {
  @TempDir private static Path directory;
  private static StandaloneCluster cluster;
  private static String master;
  private static RunPlan plan;
  private static List<List<String>> expected;

  @BeforeAll
  static void start() throws Exception {
    Path data = Moons.write(directory.resolve("moons.csv"), 80);
    List<SweepEntry> entries =
        List.of(
            new SweepEntry("data", "FILE", List.of(data.toString())),
            SweepEntry.option("init", List.of("gaussian:0.01", "gaussian:100", "zeros", "glorot")),
            SweepEntry.option("depth", List.of("1", "4")),
            SweepEntry.option("epochs", List.of("200")),
            SweepEntry.option("seeds", List.of("30")));
    plan = RunPlan.of(SweepSpec.of(entries).runs(), Double.NaN);
    Experiment local = new Experiment(directory.resolve("local"), false);
    local.run(plan, new LocalWorkers(2), far -> {});
    expected = LedgerContent.of(local.ledger());
    cluster = StandaloneCluster.start(directory);
    master = cluster.master();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void aWorkerKilledInMidSweepCostsNothingButTime() throws Exception {
    Experiment onSpark = new Experiment(directory.resolve("spark"), false);
    boolean[] killed = {false};
    try (Workers workers = ClusterProvider.workers(master)) {
      assertThat(workers.description()).contains(master);
      onSpark.run(
          plan,
          workers,
          far -> {
            if (!killed[0] && far.done() > plan.tasks().size() / 4) {
              killed[0] = true;
              cluster.kill("worker-1");
            }
          });
    }
    assertThat(killed[0]).isTrue();
    assertThat(LedgerContent.of(onSpark.ledger())).isEqualTo(expected);
    List<String> lines = Files.readAllLines(onSpark.ledger());
    assertThat(lines).hasSize(plan.tasks().size() + 1);
  }

  @Test
  void whoDoesNotKnowTheSecretIsNotLetIn() throws IOException {
    Path secret = cluster.secretFile();
    assertThat(Files.getPosixFilePermissions(secret)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(secret)).matches("[0-9a-f]{64}");
    long before = letIn();
    try {
      StandaloneCluster.secret("another");
      requireRefused();
      StandaloneCluster.forgetSecret();
      requireRefused();
    } finally {
      StandaloneCluster.secret(Files.readString(secret));
    }
    assertThat(letIn()).isEqualTo(before);
    ClusterProvider.workers(master).close();
    assertThat(letIn()).isEqualTo(before + 1);
  }

  /** How many programs the master has let in until now. */
  private static long letIn() throws IOException {
    try (Stream<String> log = Files.lines(cluster.masterLog())) {
      return log.filter(line -> line.contains("Registered app symbreak")).count();
    }
  }

  private static void requireRefused() {
    assertThatThrownBy(() -> ClusterProvider.workers(master))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--spark: expected a Spark master that lets this program in, by the secret in _SPARK_AUTH_SECRET where it has one, found none at " + master);
  }

  @Test
  void threadsOfThisProcessGiveTheSameLedgerToo() throws IOException {
    Experiment inProcess = new Experiment(directory.resolve("in-process"), false);
    try (Workers workers = ClusterProvider.workers("local[2]")) {
      inProcess.run(plan, workers, far -> {});
    }
    assertThat(LedgerContent.of(inProcess.ledger())).isEqualTo(expected);
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    assertThatThrownBy(() -> ClusterProvider.workers("http://somewhere"))
        .isInstanceOf(InputException.class)
        .hasMessage("--spark: expected a Spark master, found 'http://somewhere' (choices: local[*], local[2], spark://HOST:7077)");
  }
}
