package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verbs of the main job, from a CSV file to predictions. */
class VerbsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void drawnRowsAreNotThrownAwayForADocument() throws Exception {
    CommandRun run = CommandRun.of("data", "moons", "--rows", 7, "--json");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("symbreak: --json: expected --out FILE beside it for the rows, found none");
  }

  @Test
  void trainsEvaluatesAndPredicts() throws IOException {
    Path moons = directory.resolve("moons.csv");
    assertThat(CommandRun.of("data", "moons", "-o", moons, "--rows", 200, "--noise", 0.1).code())
        .isEqualTo(ExitCode.DONE);
    Path run = directory.resolve("run");
    CommandRun trained =
        CommandRun.of("train", moons, "--out", run, "--epochs", 300, "--no-report", "--json");
    assertThat(trained.code()).as(trained.err()).isEqualTo(ExitCode.DONE);
    JsonNode document = JSON.readTree(trained.out());
    for (String field :
        List.of(
            "model",
            "positive",
            "rows",
            "features",
            "engine",
            "backend",
            "symmetry",
            "stopped",
            "epochs",
            "seconds")) {
      assertThat(document.has(field)).as(field).isTrue();
    }
    for (String part : List.of("train", "validation", "test")) {
      for (String field : List.of("accuracy", "auc", "logLoss", "f1")) {
        assertThat(document.path(part).path(field).isNumber()).as(part + "." + field).isTrue();
      }
    }
    for (String field :
        List.of(
            "layers",
            "hiddenUnits",
            "distinctUnits",
            "distinctUnitsWithinTolerance",
            "tolerance",
            "meanCosine",
            "effectiveRank",
            "dead")) {
      assertThat(document.path("symmetry").has(field)).as(field).isTrue();
    }
    assertThat(Path.of(document.path("model").asText()))
        .isEqualTo(run.resolve("model.zip"))
        .exists();

    CommandRun evaluated =
        CommandRun.of("evaluate", "--model", run.resolve("model.zip"), moons, "--json");
    assertThat(evaluated.code()).as(evaluated.err()).isEqualTo(ExitCode.DONE);
    JsonNode evaluation = JSON.readTree(evaluated.out());
    assertThat(evaluation.path("rows").asInt()).isEqualTo(200);
    for (String field : List.of("accuracy", "auc", "prAuc", "logLoss", "brier", "f1")) {
      assertThat(evaluation.path(field).isNumber()).as(field).isTrue();
    }
    assertThat(CommandRun.of("evaluate", "--model", run, moons).out())
        .contains("accuracy")
        .contains("confusion")
        .contains("calibration");

    CommandRun predicted = CommandRun.of("predict", "--model", run, moons);
    List<String> lines = predicted.out().lines().toList();
    assertThat(lines).hasSize(201).first().isEqualTo("row,probability,class");
    assertThat(lines.get(200)).matches("200,(0\\.\\d+(E-\\d+)?|1\\.0),[01]");
    int right = 0;
    List<String> rows = Files.readAllLines(moons);
    for (int row = 1; row <= 200; row++) {
      right +=
          rows.get(row).endsWith(lines.get(row).substring(lines.get(row).lastIndexOf(','))) ? 1 : 0;
    }
    assertThat(right / 200.0).isEqualTo(evaluation.path("accuracy").asDouble());
    JsonNode array = JSON.readTree(CommandRun.of("predict", "--model", run, moons, "--json").out());
    assertThat(array).hasSize(200);
    assertThat(array.get(0).path("probability").asDouble())
        .isEqualTo(Double.parseDouble(lines.get(1).split(",")[1]));
  }

  @Test
  void aBadCellEndsTheStreamButKeepsTheRowsBeforeIt() throws IOException {
    Path moons = directory.resolve("moons.csv");
    CommandRun.of("data", "moons", "-o", moons, "--rows", 100);
    Path run = directory.resolve("run");
    assertThat(CommandRun.of("train", moons, "--out", run, "--epochs", 20, "--no-report").code())
        .isEqualTo(ExitCode.DONE);
    List<String> rows = new ArrayList<>(Files.readAllLines(moons));
    rows.set(4, "0.5,abc,1");
    Path broken = Files.write(directory.resolve("broken.csv"), rows);

    CommandRun stopped = CommandRun.of("predict", "--model", run, broken);
    assertThat(stopped.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(stopped.out().lines()).hasSize(4);
    assertThat(stopped.err()).contains("line 5, column 'x2'").contains("'abc'");

    Path out = directory.resolve("predictions.csv");
    assertThat(CommandRun.of("predict", "--model", run, broken, "--out", out).code())
        .isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(Files.readAllLines(out)).hasSize(4);

    CommandRun skipped = CommandRun.of("predict", "--model", run, broken, "--skip-bad-rows");
    assertThat(skipped.code()).isEqualTo(ExitCode.DONE);
    assertThat(skipped.out().lines()).hasSize(100).noneMatch(line -> line.startsWith("4,"));
    assertThat(skipped.err()).contains("Skipped 1 rows");
  }

  @Test
  void theSameRunAgainGivesTheSameModel() throws IOException {
    Path circles = Path.of("data", "circles.csv");
    CommandRun.of(
        "train",
        circles,
        "--out",
        directory.resolve("a"),
        "--epochs",
        50,
        "--seed",
        0,
        "--no-report");
    CommandRun again =
        CommandRun.of(
            "train",
            "--from",
            directory.resolve("a/run.json"),
            "--out",
            directory.resolve("b"),
            "--no-report");
    assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.DONE);
    List<String> a =
        CommandRun.of("predict", "--model", directory.resolve("a"), circles).out().lines().toList();
    assertThat(CommandRun.of("predict", "--model", directory.resolve("b"), circles).out().lines())
        .containsExactlyElementsOf(a);
  }

  @Test
  void aRunIsRepeatedOnItsOwnDataOnly() throws IOException {
    Path data = directory.resolve("circles.csv");
    CommandRun.of("data", "circles", "--rows", 100, "-o", data);
    CommandRun.of("train", data, "--out", directory.resolve("a"), "--epochs", 5, "--no-report");
    Files.writeString(data, "0.5,0.25,1\n", StandardOpenOption.APPEND);
    CommandRun again =
        CommandRun.of(
            "train",
            "--from",
            directory.resolve("a/run.json"),
            "--out",
            directory.resolve("b"),
            "--no-report");
    assertThat(again.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(again.err()).contains("circles.csv: expected the data of the stored run", "SHA-256");
    assertThat(directory.resolve("b")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"--hidden,2000000000,weights and biases in all", "--init,constant:1e39,3.403e+38"})
  void aNetworkThatCannotBeginLeavesNothingBehind(String option, String value, String message) {
    Path run = directory.resolve("run");
    CommandRun refused = CommandRun.of("train", "data/circles.csv", option, value, "--out", run);
    assertThat(refused.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(refused.err()).contains(option, message);
    assertThat(run).doesNotExist();
  }

  @Test
  void saysWhenNothingWasLearned() {
    String nothing = "no better than one probability for every test row: accuracy ";
    assertThat(trainedFrom("zeros").out()).contains(nothing);
    assertThat(trainedFrom("glorot").out()).doesNotContain(nothing);
  }

  private CommandRun trainedFrom(String init) {
    return CommandRun.of(
        "train",
        "data/circles.csv",
        "--init",
        init,
        "--epochs",
        500,
        "--out",
        directory.resolve(init),
        "--no-report");
  }

  @Test
  void refusesToReplaceARunUnlessTold() {
    Path run = directory.resolve("run");
    String[] command = {
      "train", "data/circles.csv", "--out", run.toString(), "--epochs", "5", "--no-report"
    };
    assertThat(CommandRun.of((Object[]) command).code()).isEqualTo(ExitCode.DONE);
    CommandRun second = CommandRun.of((Object[]) command);
    assertThat(second.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(second.err()).contains("--force");
    assertThat(
            CommandRun.of(
                    "train",
                    "data/circles.csv",
                    "--out",
                    run,
                    "--epochs",
                    5,
                    "--no-report",
                    "--force")
                .code())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void aDivergedTrainingIsAFailureThatKeepsItsBestWeights() {
    Path run = directory.resolve("run");
    CommandRun diverged =
        CommandRun.of(
            "train",
            "data/breast-cancer.csv",
            "--label",
            "diagnosis",
            "--optimizer",
            "sgd",
            "--learning-rate",
            "1e6",
            "--epochs",
            500,
            "--out",
            run,
            "--no-report");
    assertThat(diverged.code()).as(diverged.out() + diverged.err()).isEqualTo(ExitCode.FAILED);
    assertThat(diverged.out()).contains("diverged after", "--learning-rate");
    assertThat(run.resolve("model.zip")).exists();
  }

  @Test
  void listsBackends() throws IOException {
    JsonNode backends = JSON.readTree(CommandRun.of("backends", "--json").out());
    assertThat(backends.path("available").get(0).asText()).isEqualTo("cpu");
    assertThat(backends.path("inUse").path("backend").asText()).isEqualTo("cpu");
    assertThat(backends.path("inUse").path("blas").asText()).isEqualTo("OPENBLAS");
    assertThat(CommandRun.of("backends").out())
        .contains("in use         cpu (CpuBackend)")
        .contains("-Pcuda");
  }

  @Test
  void drawsToStandardOutput() {
    assertThat(CommandRun.of("data", "xor", "--rows", 4).out().lines())
        .hasSize(5)
        .first()
        .isEqualTo("x1,x2,label");
  }
}
