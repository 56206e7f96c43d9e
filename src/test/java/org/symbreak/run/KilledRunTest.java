package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.engine.TestRows;
import org.symbreak.model.SavedModel;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.random.Streams;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.OptimizerSpec.Decay;
import org.symbreak.setting.OptimizerSpec.Kind;
import org.symbreak.setting.RunSpec;
import org.symbreak.watch.LookSchedule;

/**
 * A run that is killed (SIGKILL, nothing is told to it) at random moments and gone on with ends
 * with the bits of one that was left alone.
 */
class KilledRunTest {
  private static final String STARTED = "started";

  @TempDir private Path directory;

  private static RunSpec spec(Path csv, Kind kind, int batchSize, String engine) {
    NetworkSpec usual = Defaults.network();
    NetworkSpec network =
        new NetworkSpec(
            List.of(6),
            usual.activations(),
            usual.weights(),
            usual.biases(),
            0.001,
            Precision.FLOAT);
    return new RunSpec(
        DataSpec.of(csv.toString(), "label", "1"),
        network,
        new OptimizerSpec(kind, 0.02, 0.9, Decay.NONE),
        new BudgetSpec(100, batchSize, true, 80, false),
        "0.5",
        11,
        engine,
        1);
  }

  /** The process that is killed: begins the run, or goes on with it. */
  public static final class Child {
    private Child() {}

    /** Arguments: directory of the run, data, optimizer, batch size, engine. */
    public static void main(String[] args) {
      RunSpec spec =
          spec(Path.of(args[1]), Kind.valueOf(args[2]), Integer.parseInt(args[3]), args[4]);
      RunDirectory run = new RunDirectory(Path.of(args[0]));
      try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
        System.out.println(STARTED);
        if (Files.exists(run.runJson())) {
          run.resume(data, List.of());
        } else {
          run.train(spec, data, List.of(), new Recording(new LookSchedule(1), 1e-9));
        }
      }
      System.exit(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"ADAM, 32, fused", "LBFGS, 2147483647, fused"})
  void survivesAHandfulOfKills(Kind kind, int batchSize, String engine) throws Exception {
    assertThat(killAndGoOn(kind, batchSize, engine, 2, 400, 1)).isPositive();
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "ADAM, 32, fused",
    "NESTEROV, 2147483647, fused",
    "CG, 2147483647, fused",
    "ADAM, 32, dl4j",
    "LBFGS, 2147483647, dl4j"
  })
  void survivesManyKills(Kind kind, int batchSize, String engine) throws Exception {
    for (int seed = 1, kills = 0; kills < 10; seed++) {
      kills += killAndGoOn(kind, batchSize, engine, 10, 1500, seed);
    }
  }

  /**
   * @param mostKills after which the run is left alone
   * @param longest milliseconds from the start of training to the kill
   * @return how often it was killed
   */
  private int killAndGoOn(
      Kind kind, int batchSize, String engine, int mostKills, int longest, int seed)
      throws IOException, InterruptedException {
    Path csv = directory.resolve("disc.csv");
    writeData(csv);
    RunSpec spec = spec(csv, kind, batchSize, engine);
    RunDirectory whole = RunDirectory.create(directory.resolve("whole-" + seed), false);
    RunDirectory killed =
        new RunDirectory(Files.createDirectories(directory.resolve("killed-" + seed)));
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      whole.train(spec, data, List.of(), new Recording(new LookSchedule(1), 30));
    }
    RandomGenerator random = Streams.of(seed, 5);
    int kills = 0;
    while (!isDone(killed)) {
      boolean wasKilled =
          run(killed, csv, spec, kills < mostKills ? random.nextInt(longest) : Long.MAX_VALUE);
      kills += wasKilled ? 1 : 0;
    }
    assertThat(SavedModel.load(killed.model()).parameters())
        .isEqualTo(SavedModel.load(whole.model()).parameters());
    assertThat(SavedModel.load(killed.model()).updaterState())
        .isEqualTo(SavedModel.load(whole.model()).updaterState());
    assertThat(killed.read().result())
        .usingRecursiveComparison()
        .ignoringFields("seconds", "model")
        .isEqualTo(whole.read().result());
    assertThat(Files.readAllLines(killed.metrics())).isEqualTo(Files.readAllLines(whole.metrics()));
    return kills;
  }

  private static boolean isDone(RunDirectory run) {
    return Files.exists(run.runJson()) && run.read().isDone();
  }

  /** Whether the process was killed, rather than done before. */
  private static boolean run(RunDirectory run, Path csv, RunSpec spec, long millisUntilKill)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                run.path().toString(),
                csv.toString(),
                spec.optimizer().kind().name(),
                Integer.toString(spec.budget().batchSize()),
                spec.engine())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = child.inputReader()) {
      StringBuilder said = new StringBuilder();
      for (String line = out.readLine();
          line != null && !line.equals(STARTED);
          line = out.readLine()) {
        said.append(line).append('\n');
      }
      boolean isOver =
          millisUntilKill == Long.MAX_VALUE
              ? child.waitFor() >= 0
              : child.waitFor(millisUntilKill, TimeUnit.MILLISECONDS);
      if (!isOver) {
        child.destroyForcibly().waitFor();
        return true;
      }
      out.lines().forEach(line -> said.append(line).append('\n'));
      assertThat(child.exitValue()).as(said.toString()).isZero();
      return false;
    }
  }

  private static void writeData(Path csv) throws IOException {
    TestRows rows = TestRows.disc(150, 1);
    StringBuilder text = new StringBuilder("x1,x2,label\n");
    for (int i = 0; i < rows.rows(); i++) {
      text.append(rows.x()[i][0])
          .append(',')
          .append(rows.x()[i][1])
          .append(',')
          .append(rows.y()[i])
          .append('\n');
    }
    Files.writeString(csv, text);
  }
}
