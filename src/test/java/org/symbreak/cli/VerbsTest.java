package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
    for (String field :
        List.of(
            "accuracy",
            "auc",
            "prAuc",
            "logLoss",
            "brier",
            "f1",
            "precision",
            "recall",
            "specificity")) {
      assertThat(evaluation.path(field).isNumber()).as(field).isTrue();
    }
    assertThat(CommandRun.of("evaluate", "--model", run, moons).out())
        .contains("accuracy")
        .contains("confusion")
        .contains("calibration")
        .containsPattern("precision +[0-9.]+ %.*\n")
        .containsPattern("recall +[0-9.]+ % +\\(sensitivity: rows that are 1 ")
        .containsPattern("specificity +[0-9.]+ % +\\(rows that are 0 ");

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
  void saysThatRowsAreThoseOfTrainingAndMeasuresTheOthersAlone() throws IOException {
    Path moons = directory.resolve("moons.csv");
    CommandRun.of("data", "moons", "-o", moons, "--rows", 200, "--noise", 0.3);
    Path run = directory.resolve("run");
    CommandRun.of("train", moons, "--out", run, "--epochs", 50, "--seed", 3, "--no-report");
    Path elsewhere = Files.copy(moons, directory.resolve("copy.csv"));
    CommandRun all = CommandRun.of("evaluate", "--model", run, elsewhere);
    assertThat(all.code()).isEqualTo(ExitCode.DONE);
    assertThat(all.err())
        .contains(
            elsewhere
                + ": 160 of its 200 rows are those that the model was trained on or chosen by;"
                + " --part test measures the other 40 alone");

    JsonNode result = JSON.readTree(run.resolve("run.json").toFile()).path("result");
    for (String part : List.of("train", "validation", "test")) {
      CommandRun one =
          CommandRun.of("evaluate", "--model", run, elsewhere, "--part", part, "--json");
      assertThat(one.err()).doesNotContain("trained on");
      assertThat(JSON.readTree(one.out())).as(part).isEqualTo(result.path(part));
    }

    Path other = directory.resolve("other.csv");
    CommandRun.of("data", "moons", "-o", other, "--rows", 200, "--noise", 0.3, "--seed", 2);
    assertThat(CommandRun.of("evaluate", "--model", run, other).err()).doesNotContain("trained on");
    CommandRun refused = CommandRun.of("evaluate", "--model", run, other, "--part", "test");
    assertThat(refused.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(refused.err())
        .startsWith("symbreak: --part: expected the data that the model was trained on, " + moons)
        .containsPattern("SHA-256 [0-9a-f]{64}, found " + other + ", SHA-256 [0-9a-f]{64}\n");
  }

  @Test
  void theTestFileOfARunIsItsTestPart() throws IOException {
    Path moons = directory.resolve("moons.csv");
    Path held = directory.resolve("held.csv");
    CommandRun.of("data", "moons", "-o", moons, "--rows", 100);
    CommandRun.of("data", "moons", "-o", held, "--rows", 30, "--seed", 2);
    Path run = directory.resolve("run");
    CommandRun.of("train", moons, "--test", held, "--out", run, "--epochs", 20, "--no-report");
    assertThat(CommandRun.of("evaluate", "--model", run, moons).err())
        .contains(
            "100 of its 100 rows are those that the model was trained on or chosen by;"
                + " --part test measures the other 30 in "
                + held
                + " alone");
    assertThat(CommandRun.of("evaluate", "--model", run, held).err()).doesNotContain("trained on");
    assertThat(CommandRun.of("evaluate", "--model", run, moons, "--part", "test").out())
        .isEqualTo(CommandRun.of("evaluate", "--model", run, held).out());
    Files.delete(held);
    assertThat(CommandRun.of("evaluate", "--model", run, moons, "--part", "test").err())
        .contains(moons + " and " + held + ", SHA-256 ", ", found not all of them");
  }

  @Test
  void tellsAThresholdThatItChose() throws IOException {
    Path run = directory.resolve("run");
    CommandRun trained =
        CommandRun.of(
            "train",
            "data/sonar.csv",
            "--threshold",
            "f1",
            "--epochs",
            20,
            "--out",
            run,
            "--no-report");
    assertThat(trained.code()).as(trained.err()).isEqualTo(ExitCode.DONE);
    double threshold =
        JSON.readTree(run.resolve("run.json").toFile()).at("/result/threshold").doubleValue();
    String rounded = Figure.rounded(threshold, 4);
    assertThat(rounded.length()).isLessThan(String.valueOf(threshold).length());
    assertThat(trained.out()).contains("from a probability of " + rounded + " on\n");
    assertThat(CommandRun.of("evaluate", "--model", run, "data/sonar.csv").out())
        .contains("from a probability of " + rounded + " on)");
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
    assertThat(stopped.err())
        .contains(
            "line 5, column 'x2': expected a number, found 'abc' (choices: --missing abc,"
                + " --skip-bad-rows)");
    assertThat(CommandRun.of("evaluate", "--model", run, broken).err())
        .as("evaluate has no --skip-bad-rows")
        .contains("found 'abc' (choices: --missing abc)");

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
  void readsRowsFromStandardInput() throws IOException {
    Path moons = directory.resolve("moons.csv");
    CommandRun.of("data", "moons", "-o", moons, "--rows", 100);
    Path run = directory.resolve("run");
    assertThat(CommandRun.of("train", moons, "--out", run, "--epochs", 20, "--no-report").code())
        .isEqualTo(ExitCode.DONE);
    String rows = Files.readString(moons);
    for (String verb : List.of("predict", "evaluate")) {
      CommandRun piped = piped(rows, verb, "--model", run, "-");
      assertThat(piped.code()).as(piped.err()).isEqualTo(ExitCode.DONE);
      assertThat(piped.out())
          .isEqualTo(CommandRun.of(verb, "--model", run, moons).out())
          .isNotEmpty();
    }
    assertThat(piped("x1,label\n1,0\n", "predict", "--model", run, "-").err())
        .startsWith("symbreak: standard input: expected the column 'x2'");
    assertThat(piped("x1,x2,label\n", "evaluate", "--model", run, "-").err())
        .startsWith("symbreak: standard input: expected rows to evaluate, found none");
  }

  /** Runs a command with a text on standard input. */
  private static CommandRun piped(String text, Object... args) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return CommandRun.of(args);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void saysWhichInputsTrainingHasNotSeen() throws IOException {
    Path moons = directory.resolve("moons.csv");
    CommandRun.of("data", "moons", "-o", moons, "--rows", 100);
    Path run = directory.resolve("run");
    assertThat(CommandRun.of("train", moons, "--out", run, "--epochs", 20, "--no-report").code())
        .isEqualTo(ExitCode.DONE);
    assertThat(CommandRun.of("predict", "--model", run, moons).err()).isEmpty();
    Path far = Files.writeString(directory.resolve("far.csv"), "x1,x2,label\n0,0,1\n0,1e9,0\n");
    for (String verb : List.of("predict", "evaluate")) {
      CommandRun told = CommandRun.of(verb, "--model", run, far);
      assertThat(told.code()).isEqualTo(ExitCode.DONE);
      assertThat(told.err())
          .contains("far.csv, column 'x2': 1 of 2 rows are further outside the training range, ")
          .contains(", the first '1e9' on line 3");
      assertThat(told.out()).doesNotContain("further outside");
    }
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
    CommandRun again = repeatAIntoB();
    assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.DONE);
    List<String> a =
        CommandRun.of("predict", "--model", directory.resolve("a"), circles).out().lines().toList();
    assertThat(CommandRun.of("predict", "--model", directory.resolve("b"), circles).out().lines())
        .containsExactlyElementsOf(a);
  }

  private CommandRun repeatAIntoB() {
    return CommandRun.of(
        "train",
        "--from",
        directory.resolve("a/run.json"),
        "--out",
        directory.resolve("b"),
        "--no-report");
  }

  @Test
  void aRunIsRepeatedOnItsOwnDataOnly() throws IOException {
    Path data = directory.resolve("circles.csv");
    CommandRun.of("data", "circles", "--rows", 100, "-o", data);
    CommandRun.of("train", data, "--out", directory.resolve("a"), "--epochs", 5, "--no-report");
    Files.writeString(data, "0.5,0.25,1\n", StandardOpenOption.APPEND);
    CommandRun again = repeatAIntoB();
    assertThat(again.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(again.err()).contains("circles.csv: expected the data of the stored run", "SHA-256");
    assertThat(directory.resolve("b")).doesNotExist();
  }

  @Test
  void aRunIsNotReplacedByItsOwnRepetition() {
    Path run = directory.resolve("run");
    CommandRun.of("train", "data/circles.csv", "--out", run, "--epochs", 5, "--no-report");
    CommandRun onItself =
        CommandRun.of("train", "--from", run, "--out", run, "--force", "--no-report");
    assertThat(onItself.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(onItself.err()).contains("run.json: expected a file to write that is not read");
    assertThat(run.resolve("model.zip")).exists();
    CommandRun onItsData =
        CommandRun.of("train", run.resolve("metrics.csv"), "--out", run, "--label", "x", "--force");
    assertThat(onItsData.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.resolve("metrics.csv")).exists();
  }

  @Test
  void aRunWithoutAModelYetSaysHowToGoOn() throws IOException {
    Path run = directory.resolve("run");
    CommandRun.of("train", "data/circles.csv", "--out", run, "--epochs", 5, "--no-report");
    Files.delete(run.resolve("model.zip"));
    for (CommandRun refused :
        List.of(
            CommandRun.of("predict", "--model", run, "data/circles.csv"),
            CommandRun.of("inspect", run))) {
      assertThat(refused.code()).isEqualTo(ExitCode.WRONG_INPUT);
      assertThat(refused.err()).contains("symbreak train --resume " + run);
    }
  }

  @Test
  void partsAreOfAFileByItsName() {
    Path run = directory.resolve("run");
    CommandRun.of("train", "data/circles.csv", "--out", run, "--epochs", 5, "--no-report");
    CommandRun refused = CommandRun.of("evaluate", "--model", run, "-", "--part", "test");
    assertThat(refused.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(refused.err()).contains("--part: expected the file of training by its name");
  }

  @Test
  void reportsARunWhoseOutputsAreNoNumbers() {
    CommandRun diverged =
        CommandRun.of(
            "train",
            "data/circles.csv",
            "--init",
            "uniform:8e307",
            "--precision",
            "double",
            "--hidden",
            "8/8",
            "--activation",
            "identity",
            "--out",
            directory.resolve("run"));
    assertThat(diverged.code()).as(diverged.err()).isEqualTo(ExitCode.FAILED);
    assertThat(diverged.out())
        .contains("not a finite number", "report.html")
        .doesNotContain("nothing was tested");
    assertThat(directory.resolve("run/report.html")).exists();
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
    assertThat(trainedFrom("zeros").out())
        .contains(
            "- all 16 hidden units of layer 1 are the same, to 1.000e-05 of the largest weight; the"
                + " training loss is 0.6931, a constant prediction's 0.6931, as was to be foretold"
                + " from the first weights: every weight's gradient is exactly 0, so that the first"
                + " layer keeps its 1 distinct unit of 16. Try weights that differ");
    assertThat(trainedFrom("glorot").out()).doesNotContain(". Try ");
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
  void refusesAFactorWhereThereAreNoTwoRadii() {
    CommandRun refused = CommandRun.of("data", "xor", "--factor", 0.2);
    assertThat(refused.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(refused.err())
        .startsWith("symbreak: --factor: expected circles beside it, found xor");
    assertThat(CommandRun.of("data", "circles", "--factor", 0.8).out())
        .isEqualTo(CommandRun.of("data", "circles").out())
        .isNotEqualTo(CommandRun.of("data", "circles", "--factor", 0.2).out());
  }

  @Test
  void drawsToStandardOutput() {
    assertThat(CommandRun.of("data", "xor", "--rows", 4).out().lines())
        .hasSize(5)
        .first()
        .isEqualTo("x1,x2,label");
  }
}
