package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small runs, number by number as they were once: each engine, optimizer and precision, over all
 * rows and in batches. Deeplearning4j's engine repeats its bits on one kind of processor only, so
 * its numbers have a tolerance; ours repeats them everywhere.
 *
 * <p>What is meant to change the numbers changes the files: {@code mvn test -Dtest=GoldenRunsTest
 * -Dgolden=write} writes them. They hold the coefficients as Deeplearning4j reads them from
 * model.zip, metrics.csv, and the probabilities of some rows.
 */
class GoldenRunsTest {
  /** Each of them somewhere. */
  private static final Map<String, String> ACTIVATIONS =
      Map.of(
          "sgd", "softplus/sigmoid",
          "nesterov", "sigmoid/elu",
          "adam", "relu/leakyrelu",
          "lbfgs", "identity/tanh",
          "cg", "tanh/softplus");

  /** The first lines of what is predicted. */
  private static final int PREDICTED = 25;

  @TempDir private Path directory;

  /**
   * @param batch rows a step, or {@code full}
   */
  private record Run(String engine, String optimizer, String batch, String precision) {
    Object[] command(Path out) {
      List<Object> words = new ArrayList<>(List.of("train", GoldenFiles.ROWS, "--out", out));
      Collections.addAll(words, "--label", "ripe", "--positive", "yes");
      Collections.addAll(words, "--engine", engine, "--optimizer", optimizer);
      Collections.addAll(words, "--batch", batch, "--precision", precision);
      if (batch.equals("full")) {
        Collections.addAll(words, "--hidden", "18/3", "--init", "he", "--l2", 0.001);
      } else {
        Collections.addAll(words, "--hidden", "5/3", "--no-early-stopping");
      }
      Collections.addAll(words, "--activation", ACTIVATIONS.get(optimizer));
      Collections.addAll(words, "--class-weight", "balanced", "--epochs", 6, "--log-every", 6);
      Collections.addAll(words, "--seed", 20260101, "--threads", 2, "--no-report");
      return words.toArray();
    }

    double tolerance() {
      return engine.equals("fused") ? 0 : 1e-5;
    }

    Path file() {
      return GoldenFiles.DIRECTORY.resolve("runs").resolve(this + ".txt");
    }

    @Override
    public String toString() {
      return String.join("-", engine, optimizer, batch, precision);
    }
  }

  static Stream<Run> everyKind() {
    List<Run> runs = new ArrayList<>();
    for (String engine : List.of("fused", "dl4j")) {
      for (String precision : List.of("float", "double")) {
        for (String optimizer : List.of("sgd", "nesterov", "adam", "lbfgs", "cg")) {
          runs.add(new Run(engine, optimizer, "full", precision));
        }
        for (String optimizer : List.of("sgd", "nesterov", "adam")) {
          runs.add(new Run(engine, optimizer, "16", precision));
        }
      }
    }
    return runs.stream();
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void repeatsItsNumbers(Run run) throws IOException {
    List<String> found = numbers(run);
    if ("write".equals(System.getProperty("golden"))) {
      Files.write(run.file(), found);
    }
    List<String> expected = Files.readAllLines(run.file());
    GoldenFiles.assertSame(found, expected, run.tolerance());
  }

  private List<String> numbers(Run run) throws IOException {
    Path out = directory.resolve("run");
    CommandRun trained = CommandRun.of(run.command(out));
    assertThat(trained.code()).as(trained.err()).isEqualTo(ExitCode.DONE);
    List<String> lines = new ArrayList<>(List.of("coefficients"));
    for (double value : GoldenFiles.coefficients(out.resolve("model.zip"))) {
      lines.add(Double.toString(value));
    }
    lines.addAll(Files.readAllLines(out.resolve("metrics.csv")));
    CommandRun predicted = CommandRun.of("predict", "--model", out, GoldenFiles.ROWS);
    lines.addAll(predicted.out().lines().limit(PREDICTED).toList());
    return lines;
  }
}
