package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What version 0.1.0 wrote, as it wrote it, is read for good: two runs, the same runs interrupted,
 * predictions, and a comparison. None of these files is ever written again.
 */
class EarlierVersionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path WRITTEN = GoldenFiles.DIRECTORY.resolve("0.1.0");
  private static final Path RUN = WRITTEN.resolve("run");

  @TempDir private Path directory;

  @Test
  void aModelPredictsTheSame() throws IOException {
    String found = done("predict", "--model", RUN.resolve("model.zip"), GoldenFiles.ROWS);
    List<String> expected = Files.readAllLines(WRITTEN.resolve("predictions.csv"));
    assertThat(expected).hasSize(73);
    GoldenFiles.assertSame(found.lines().toList(), expected, 0);
  }

  @Test
  void aModelIsMeasuredTheSame() throws IOException {
    JsonNode result = JSON.readTree(RUN.resolve("run.json").toFile()).path("result");
    for (String part : List.of("train", "validation", "test")) {
      String measured =
          done("evaluate", "--model", RUN, GoldenFiles.ROWS, "--part", part, "--json");
      assertThat((JsonNode) ((ObjectNode) JSON.readTree(measured)).without("calibrationLine"))
          .as(part)
          .isEqualTo(result.path(part));
    }
  }

  @Test
  void aModelIsInspected() {
    assertThat(done("inspect", RUN))
        .contains("written by symbreak")
        .contains("parameters 47, double")
        .containsPattern("\n1 +6 +4 +28 +tanh +gaussian:0.3\n2 +4 +3 +15 +relu +he\n")
        .contains("4 of 4 units of hidden layer 1 distinct, effective rank 3.1");
  }

  @Test
  void aRunIsDrawn() throws IOException {
    Path run = copy(RUN);
    done("report", run);
    JsonNode result = JSON.readTree(RUN.resolve("run.json").toFile()).path("result");
    assertThat(Files.readString(run.resolve("report.html")))
        .contains(result.path("verdict").asText())
        .contains(result.path("stoppedBecause").asText());
  }

  @ParameterizedTest
  @CsvSource({"run, 20", "lbfgs, 10"})
  void aRunIsRepeated(String name, int logEvery) throws IOException {
    Path again = directory.resolve("again");
    Path run = WRITTEN.resolve(name);
    done("train", "--from", run.resolve("run.json"), "--out", again, "--log-every", logEvery);
    assertSameRun(again, run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "lbfgs"})
  void anInterruptedRunGoesOn(String name) throws IOException {
    Path run = copy(WRITTEN.resolve(name + "-interrupted"));
    assertThat(JSON.readTree(run.resolve("run.json").toFile()).at("/result/stopped").asText())
        .isEqualTo("interrupted");
    done("train", "--resume", run);
    assertThat(run.resolve("checkpoint.zip")).doesNotExist();
    assertSameRun(run, WRITTEN.resolve(name));
  }

  /** All but where it is, how long it took, on which processor, and what a newer version tells. */
  private static void assertSameRun(Path found, Path expected) throws IOException {
    assertThat(GoldenFiles.coefficients(found.resolve("model.zip")))
        .isEqualTo(GoldenFiles.coefficients(expected.resolve("model.zip")));
    List<String> golden = Files.readAllLines(expected.resolve("metrics.csv"));
    List<String> iterations = golden.stream().map(EarlierVersionTest::iteration).toList();
    GoldenFiles.assertSame(
        Files.readAllLines(found.resolve("metrics.csv")).stream()
            .filter(line -> iterations.contains(iteration(line)))
            .toList(),
        golden,
        0);
    assertThat(result(found)).isEqualTo(result(expected));
  }

  /** The weights that are kept have a row by now, whether it was a moment to look or not. */
  private static String iteration(String line) {
    return line.substring(0, line.indexOf(','));
  }

  private static JsonNode result(Path run) throws IOException {
    JsonNode result = JSON.readTree(run.resolve("run.json").toFile()).path("result");
    for (String part : List.of("train", "validation", "test")) {
      if (result.get(part) instanceof ObjectNode evaluation) {
        evaluation.remove("calibrationLine");
      }
    }
    return ((ObjectNode) result)
        .without(List.of("model", "seconds", "backend", "notices", "findings"));
  }

  /** It measured on the rows by which it stopped: its runs are shown, and nothing is concluded. */
  @Test
  void aComparisonIsDrawnAndIsNotMixedWithOthers() throws IOException {
    Path comparison = copy(WRITTEN.resolve("comparison"));
    String drawn = done("report", comparison);
    assertThat(drawn).contains("report.html");
    assertThat(Files.readString(comparison.resolve("report.html")))
        .contains("zeros has the lowest validation log loss of 2 settings", "0.687")
        .doesNotContain("beyond chance");
    CommandRun more =
        CommandRun.of(
            "compare", GoldenFiles.ROWS, "--label", "ripe", "--epochs", 2, "--out", comparison);
    assertThat(more.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(more.err()).contains("12 others");
    assertThat(Files.readAllLines(comparison.resolve("ledger.csv")))
        .isEqualTo(Files.readAllLines(WRITTEN.resolve("comparison/ledger.csv")));
  }

  private static String done(Object... command) {
    CommandRun run = CommandRun.of(command);
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.DONE);
    return run.out();
  }

  private Path copy(Path written) throws IOException {
    Path copy = Files.createDirectory(directory.resolve("copy"));
    try (Stream<Path> files = Files.list(written)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
