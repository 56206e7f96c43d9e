package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.experiment.Column;
import org.symbreak.experiment.Ledger;
import org.symbreak.experiment.LedgerContent;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.Moons;

/** The verbs {@code compare}, {@code sweep} and {@code advise}. */
class ManyRunsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Path moons;

  @BeforeEach
  void draw() throws Exception {
    moons = Moons.write(directory.resolve("moons.csv"), 80);
  }

  @Test
  void compareSaysWhatCanBeConcluded() throws Exception {
    Path out = directory.resolve("compared");
    CommandRun run =
        CommandRun.of(
            "compare",
            moons,
            "--init",
            "zeros,gaussian:0.5",
            "--seeds",
            12,
            "--epochs",
            60,
            "--hidden",
            4,
            "--out",
            out);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("12 seeds; median and 95 % interval")
        .containsPattern(
            "steps to 0\\.3\\d\\d: until the training loss was first there; failed: ended no better"
                + " than a constant prediction, or diverged")
        .contains("1 of 4")
        .contains("Does it train? All 80 rows")
        .contains("- gaussian:0.5 brings the training loss to 0.3")
        .contains("- Later than that beyond chance: zeros (typically only one of the two arrives")
        .contains("Does it foretell new rows? 12 random splits: about 64 rows")
        .contains("- gaussian:0.5 has the lowest mean log loss on rows that training had not seen")
        .contains("- Worse than that on new rows, beyond chance: zeros (loss higher by ")
        .contains(
            "- zeros: 12 of 12 runs ended no better than a constant prediction; hidden units are"
                + " the same in 12 of 12.")
        .contains("Runs in " + out.resolve("ledger.csv"));
    assertThat(run.err()).contains("48 runs on ");
    CommandRun again =
        CommandRun.of(
            "compare",
            moons,
            "--init",
            "zeros,gaussian:0.5",
            "--seeds",
            12,
            "--epochs",
            60,
            "--hidden",
            4,
            "--out",
            out,
            "--json");
    assertThat(again.err()).contains("0 runs (48 are done already)");
    JsonNode json = JSON.readTree(again.out());
    assertThat(json.at("/foretells/initializations/0/name").textValue()).isEqualTo("gaussian:0.5");
    assertThat(json).isEqualTo(JSON.readTree(Files.readAllBytes(out.resolve("compare.json"))));
    CommandRun other =
        CommandRun.of(
            "compare", moons, "--init", "he,lecun", "--seeds", 2, "--epochs", 5, "--out", out);
    assertThat(other.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(other.err())
        .contains(
            "expected runs with these settings and data only, found 48 others (choices: another"
                + " directory with --out, --force to begin anew)");
  }

  /** Each run of a comparison is one of {@code train}: the same bits of every figure. */
  @Test
  void theRunsOfAComparisonAreThoseOfTrain() throws Exception {
    Path out = directory.resolve("same");
    Object[] network = {"--init", "glorot", "--hidden", 4, "--epochs", 30};
    Object[] compared = {"compare", moons, "--seeds", 2, "--folds", 3, "--no-report", "--out", out};
    CommandRun run = CommandRun.of(with(compared, network));
    assertThat(run.code()).as(run.err()).isZero();
    List<LedgerRow> rows = Ledger.read(out.resolve("ledger.csv"));
    assertThat(rows).hasSize(2 + 3);
    int number = 0;
    for (LedgerRow row : rows) {
      boolean isOnAllRows = row.text(Column.FOLD).isEmpty();
      Object[] parts =
          isOnAllRows
              ? new Object[] {
                "--test-fraction", 0, "--validation-fraction", 0, "--no-early-stopping"
              }
              : new Object[] {"--fold", row.text(Column.FOLD)};
      Object[] train = {
        "train",
        moons,
        "--json",
        "--no-report",
        "--seed",
        row.text(Column.SEED),
        "--out",
        directory.resolve("run" + number++)
      };
      CommandRun trained = CommandRun.of(with(with(train, network), parts));
      assertThat(trained.code()).as(trained.err()).isZero();
      JsonNode json = JSON.readTree(trained.out());
      for (Column column :
          List.of(
              Column.LOSS,
              Column.TRAIN_LOG_LOSS,
              Column.VALIDATION_LOG_LOSS,
              Column.TEST_LOG_LOSS)) {
        JsonNode found = json.at("/" + column.header().replace('.', '/'));
        assertThat(row.text(column)).as(column.header()).isEqualTo(found.asText());
      }
    }
  }

  @Test
  void initializationsThatFailedThroughoutAreNotTheBest() {
    CommandRun run =
        CommandRun.of(
            "compare",
            moons,
            "--init",
            "zeros",
            "--seeds",
            2,
            "--epochs",
            20,
            "--no-report",
            "--out",
            directory.resolve("zeros"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("- None of them brought the training loss to 0.3")
        .contains("- zeros: 2 of 2 runs ended no better than a constant prediction")
        .contains("- From 2 test parts nothing can be concluded about new rows");
  }

  @Test
  void groupsStayTogetherAndAreCounted() throws Exception {
    StringBuilder csv = new StringBuilder("patient,x,label\n");
    for (int row = 0; row < 120; row++) {
      csv.append(String.format("p%d,%d.5,%s%n", row / 6, row * 37 % 50, row % 3 == 0 ? "a" : "b"));
    }
    Path patients = Files.writeString(directory.resolve("patients.csv"), csv);
    Path out = directory.resolve("patients");
    CommandRun run =
        CommandRun.of(
            "compare",
            patients,
            "--label",
            "label",
            "--group",
            "patient",
            "--hidden",
            2,
            "--init",
            "zeros,glorot",
            "--seeds",
            5,
            "--epochs",
            3,
            "--no-report",
            "--out",
            out);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("Does it foretell new rows? 5 random splits");
    List<LedgerRow> tested =
        Ledger.read(out.resolve("ledger.csv")).stream()
            .filter(row -> row.number(Column.TEST_ROWS) > 0)
            .toList();
    assertThat(tested).hasSize(10);
    for (LedgerRow row : tested) {
      // of 20 patients with 6 rows each, a fifth
      assertThat(row.number(Column.TEST_ROWS)).isEqualTo(24);
      assertThat(row.number(Column.TEST_EFFECTIVE)).isEqualTo(4);
      assertThat(row.number(Column.TRAIN_EFFECTIVE)).isEqualTo(16);
    }
  }

  @Test
  void everyMistakenInitializationIsNamed() {
    CommandRun run = CommandRun.of("compare", moons, "--init", "zeroes,gaussian:x,glorot");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).contains("'zeroes' (choices: zeros,").contains("'gaussian:x'");
  }

  @Test
  void aSweepOfASpecAndTheSameInOptionsAreTheSame() throws Exception {
    Path spec = directory.resolve("depth.yaml");
    Files.writeString(
        spec,
        "data: "
            + moons
            + "\n"
            + "init: gaussian\n"
            + "scale: 0.01..100:3\n"
            + "depth: [1, 3]\n"
            + "width: 4\n"
            + "epochs: 20\n"
            + "seeds: 2\n");
    Path one = directory.resolve("one");
    CommandRun run = CommandRun.of("sweep", spec, "--out", one, "--jobs", 2);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern(
            "12 runs, \\d+ of them failed \\(ended no better than a constant prediction, or"
                + " diverged\\); ")
        .contains("Ledger: " + one.resolve("ledger.csv"))
        .contains("--rows depth --columns scale --value test.auc");
    Path two = directory.resolve("two");
    CommandRun options =
        CommandRun.of(
            "sweep",
            moons,
            "--init",
            "gaussian",
            "--scale",
            "0.01,1,100",
            "--depth",
            "1,3",
            "--width",
            4,
            "--epochs",
            20,
            "--seeds",
            2,
            "--out",
            two,
            "--json");
    assertThat(JSON.readTree(options.out()).get("runs").intValue()).isEqualTo(12);
    assertThat(LedgerContent.of(two.resolve("ledger.csv")))
        .isEqualTo(LedgerContent.of(one.resolve("ledger.csv")));

    assertThat(CommandRun.of("sweep", "status", one).out())
        .contains("12 of 12 runs done, ")
        .contains("complete");
    CommandRun table =
        CommandRun.of(
            "sweep", "table", one, "--rows", "depth", "--columns", "scale", "--value", "test.auc");
    List<String> lines = table.out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("median of test.auc; depth down, scale across");
    assertThat(lines.get(1)).matches("depth +0\\.01 +1\\.0 +100\\.0");
    assertThat(lines).hasSize(4);
    assertThat(
            JSON.readTree(
                    CommandRun.of(
                            "sweep",
                            "table",
                            one,
                            "--rows",
                            "init",
                            "--columns",
                            "seed",
                            "--value",
                            "failed",
                            "--json")
                        .out())
                .get("runs")
                .toString())
        .isEqualTo("[[6,6]]");
  }

  @Test
  void aDryRunDoesNothing() throws Exception {
    Path out = directory.resolve("dry");
    CommandRun run =
        CommandRun.of(
            "sweep",
            moons,
            "--init",
            "zeros,he",
            "--epochs",
            10,
            "--seeds",
            5,
            "--dry-run",
            "--out",
            out);
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .matches("10 runs on \\d+ threads?, at most about [^;]+; in " + out + "\\R");
    assertThat(out).doesNotExist();
  }

  @Test
  void aDryRunIsADocumentWithJson() throws Exception {
    Path out = directory.resolve("dry");
    CommandRun sweep =
        CommandRun.of(
            "sweep", moons, "--epochs", 5, "--seeds", 3, "--dry-run", "--json", "--out", out);
    assertThat(sweep.code()).as(sweep.err()).isZero();
    JsonNode plan = JSON.readTree(sweep.out());
    assertThat(plan.get("runs").intValue()).isEqualTo(3);
    assertThat(plan.get("seconds").doubleValue()).isPositive();
    assertThat(plan.get("directory").textValue()).isEqualTo(out.toString());
    CommandRun compare =
        CommandRun.of(
            "compare",
            moons,
            "--init",
            "zeros,he",
            "--seeds",
            2,
            "--epochs",
            5,
            "--dry-run",
            "--json",
            "--out",
            out);
    assertThat(JSON.readTree(compare.out()).get("runs").intValue()).isEqualTo(8);
    assertThat(out).doesNotExist();
  }

  private CommandRun foretoldAdvice(Object... more) {
    Object[] search = {"advise", moons, "--runs", 120, "--epochs", 5, "--hidden", 4, "--dry-run"};
    return CommandRun.of(Stream.of(search, more).flatMap(Stream::of).toArray());
  }

  @Test
  void aDryRunOfAdviceIsOfTheWholeBudget() throws Exception {
    Path out = directory.resolve("dry");
    CommandRun run = foretoldAdvice("--json", "--out", out);
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode plan = JSON.readTree(run.out());
    int total = plan.get("runs").intValue();
    assertThat(total).isBetween(90, 120);
    CommandRun text = foretoldAdvice("--out", out);
    assertThat(text.out())
        .startsWith(total + " runs on ")
        .contains("settings in each of 6 searches");
    assertThat(out).doesNotExist();
  }

  @Test
  void allMistakesOfASweepAreListedWithTheirPlaceBeforeAnythingRuns() {
    CommandRun run =
        CommandRun.of(
            "sweep",
            moons,
            "--init",
            "gaus",
            "--depth",
            "x",
            "--learning-rate",
            "0..1",
            "--out",
            directory.resolve("never"));
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err())
        .contains("symbreak: --init: expected an initialization, found 'gaus' (choices: gaussian,")
        .contains("symbreak: --depth: expected a whole number from 0 to 1000, found 'x'")
        .contains(
            "symbreak: --learning-rate: expected a learning rate above 0 and up to 1e6, usually"
                + " between 0.0001 and 10, or LOW..HIGH:POINTS");
    assertThat(directory.resolve("never")).doesNotExist();
    assertThat(CommandRun.of("sweep", "status", directory).err())
        .contains("the directory of a sweep");
    assertThat(
            CommandRun.of(
                    "sweep",
                    "table",
                    directory,
                    "--rows",
                    "dept",
                    "--columns",
                    "scale",
                    "--value",
                    "test.auc")
                .err())
        .contains("--rows: expected a column of the ledger, found 'dept' (choices: depth");
  }

  @Test
  void advicePrintsACommandThatTrains() throws Exception {
    Path out = directory.resolve("advice");
    CommandRun run = CommandRun.of("advise", moons, "--runs", 120, "--epochs", 20, "--out", out);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("- Tried ").contains("- Recommended: ");
    String command = run.out().lines().reduce((first, second) -> second).orElseThrow();
    assertThat(command).startsWith("symbreak train " + moons);
    assertThat(
            JSON.readTree(Files.readAllBytes(out.resolve("advice.json")))
                .get("command")
                .textValue())
        .isEqualTo(command);
    Object[] arguments =
        (command.substring("symbreak ".length())
                + " --no-report --out "
                + directory.resolve("model"))
            .split(" ");
    assertThat(CommandRun.of(arguments).code()).isZero();
  }

  @Test
  void adviceThatGoesOnSaysWhatIsDoneAndDrawsItsPageUnlessToldNotTo() throws Exception {
    Path out = directory.resolve("advice");
    Path report = out.resolve("report.html");
    Object[] arguments = {
      "advise", moons, "--runs", 120, "--epochs", 2, "--hidden", "none", "--out", out
    };
    CommandRun run = CommandRun.of(with(arguments, "--no-report"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("done already");
    assertThat(report).doesNotExist();
    int planned = runs(run.err());
    CommandRun again = CommandRun.of(arguments);
    assertThat(again.err()).containsPattern(" runs \\((\\d+) are done already\\) on ");
    int known = plannedBefore(again.err());
    assertThat(runs(again.err())).isEqualTo(planned - known);
    assertThat(again.out()).contains("To look at: " + report);
    assertThat(report).exists();
    JsonNode plan = JSON.readTree(CommandRun.of(with(arguments, "--dry-run", "--json")).out());
    assertThat(plan.get("done").intValue()).isEqualTo(known);
    assertThat(plan.get("runs").intValue()).isEqualTo(planned - known);
  }

  private static Object[] with(Object[] arguments, Object... more) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray();
  }

  /** How many runs of the first round were done before. */
  private static int plannedBefore(String announced) {
    Matcher matcher = Pattern.compile("\\((\\d+) are done").matcher(announced);
    assertThat(matcher.find()).as(announced).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  /** How many runs are announced. */
  private static int runs(String announced) {
    Matcher matcher = Pattern.compile("(\\d+) runs ").matcher(announced);
    assertThat(matcher.find()).as(announced).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "train"})
  void sparkWithoutTheProfileSaysWhatToDo(String verb) {
    Assumptions.assumeFalse(sparkIsThere());
    CommandRun run = CommandRun.of(verb, moons, "--spark", "local[*]");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err())
        .contains(
            "--spark: expected a build with Apache Spark, found one without (choices:"
                + " SYMBREAK_MAVEN=-Pspark scripts/symbreak ..., mvn -Pspark compile exec:java"
                + " ...)");
  }

  private static boolean sparkIsThere() {
    try {
      Class.forName("org.apache.spark.SparkConf");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
