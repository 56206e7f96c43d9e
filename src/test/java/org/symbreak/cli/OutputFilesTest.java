package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No verb writes over what it reads, nor without being told over anything else that is there. */
class OutputFilesTest {
  @TempDir private static Path shared;
  private static Path circles;
  private static Path run;
  private static Path other;

  @TempDir private Path directory;

  @BeforeAll
  static void train() {
    circles = shared.resolve("circles.csv");
    run = shared.resolve("run");
    other = shared.resolve("other");
    done("data", "circles", "-o", circles, "--rows", 60);
    done("train", circles, "--out", run, "--init", "zeros", "--epochs", 5);
    done("train", circles, "--out", other, "--epochs", 5, "--no-report");
  }

  @Test
  void aFileThatIsThereIsReplacedWithForceAlone() throws IOException {
    for (Object[] command :
        new Object[][] {
          {"data", "xor"},
          {"predict", "--model", run, circles},
          {"mend", run, "--merge"},
          {"mend", run, "--split", "--data", circles},
          {"report", run},
          {"report", run, other}
        }) {
      Path kept = Files.writeString(directory.resolve("kept"), "kept");
      CommandRun refused = CommandRun.of(with(command, "--out", kept));
      assertThat(refused.code()).as(refused.out()).isEqualTo(ExitCode.WRONG_INPUT);
      assertThat(refused.err())
          .startsWith(
              "symbreak: "
                  + kept
                  + ": expected a name without a file, or --force to replace it, found a file");
      assertThat(kept).hasContent("kept");
      done(with(command, "--out", kept, "--force"));
      assertThat(Files.size(kept)).isGreaterThan(4);
    }
  }

  @Test
  void aPredictionThatFailsAtOnceLeavesNothing() throws IOException {
    Path bad = Files.writeString(directory.resolve("bad.csv"), "x1,x2\nnone,0.5\n");
    Path out = directory.resolve("out.csv");

    assertThat(CommandRun.of("predict", "--model", run, bad, "--out", out).code())
        .isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(out).doesNotExist();
    CommandRun printed = CommandRun.of("predict", "--model", run, bad);
    assertThat(printed.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(printed.out()).isEmpty();
  }

  @Test
  void classesThatASpreadsheetWouldReckonAreHarmlessInCsvAlone() throws IOException {
    String rows =
        Files.readString(circles).replaceAll("(?m),1$", ",=cmd").replaceAll("(?m),0$", ",-1");
    Path csv = Files.writeString(directory.resolve("formula.csv"), rows);
    Path model = directory.resolve("formula");
    done("train", csv, "--positive", "=cmd", "--epochs", 5, "--out", model, "--no-report");

    CommandRun text = CommandRun.of("predict", "--model", model, csv);
    assertThat(text.out()).containsPattern("(,'=cmd|,-1)\n").doesNotContain(",=cmd");
    assertThat(text.out()).doesNotContain("'-1");
    assertThat(CommandRun.of("predict", "--model", model, csv, "--json").out()).doesNotContain("'");
    Path harmless =
        Files.writeString(directory.resolve("harmless.csv"), rows.replace("=cmd", "'=cmd"));
    assertThat(CommandRun.of("evaluate", "--model", model, harmless, "--json").out())
        .isEqualTo(CommandRun.of("evaluate", "--model", model, csv, "--json").out());
  }

  @Test
  void aStoredRunIsReadFromTheFileThatIsNamed() throws IOException {
    Path copy = directory.resolve("copy.json");
    Files.writeString(
        copy, Files.readString(run.resolve("run.json")).replace("\"seed\" : 1,", "\"seed\" : 5,"));
    Path again = directory.resolve("again");

    done("train", "--from", copy, "--out", again, "--no-report");

    assertThat(Files.readString(again.resolve("run.json"))).contains("\"seed\" : 5,");
    assertThat(CommandRun.of("train", "--from", run.resolve("model.zip")).err())
        .contains("model.zip: expected ")
        .doesNotContain("Exception");
  }

  @Test
  void aNameThatBeginsWithAnAtSignIsAName() throws IOException {
    Path at = Files.copy(circles, directory.resolve("@rows.csv"));
    done("train", at, "--epochs", 2, "--out", directory.resolve("at"), "--no-report");
    assertThat(CommandRun.of("train", "@nowhere.csv").err()).contains("@nowhere.csv: expected");
  }

  @Test
  void aFileThatIsReadIsNeverReplaced() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), circles);
    Path model = run.resolve("model.zip");
    stays(circles, "predict", "--model", run, circles, "--out", circles);
    stays(circles, "predict", "--model", run, circles, "--out", link);
    stays(circles, "predict", "--model", run, link, "--out", circles);
    stays(model, "predict", "--model", run, circles, "--out", model);
    stays(model, "mend", run, "--out", model, "--merge");
    stays(circles, "mend", run, "--out", circles, "--split", "--data", circles);
    for (Path file : new Path[] {model, run.resolve("run.json"), run.resolve("metrics.csv")}) {
      stays(file, "report", run, "--out", file);
      stays(file, "report", other, run, "--out", file);
    }
  }

  @Test
  void claimsReplaceAPageOnlyWhereTold() throws IOException {
    Path page = Files.writeString(directory.resolve("page.html"), "mine");
    CommandRun refused = CommandRun.of("claims", "C1", "--brief", "--out", page);
    assertThat(refused.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(refused.err()).contains("--force to replace it");
    assertThat(page).hasContent("mine");
    CommandRun told = CommandRun.of("claims", "C1", "--brief", "--out", page, "--force");
    assertThat(told.code()).as(told.err()).isEqualTo(ExitCode.DONE);
    assertThat(page).content().contains("<html");
  }

  @Test
  void claimsDoNotReplaceTheirData() throws IOException {
    byte[] before = Files.readAllBytes(circles);
    CommandRun refused = CommandRun.of("claims", "C1", "--data", circles, "--out", circles);
    assertThat(refused.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(refused.err()).contains("expected a file to write that is not read");
    assertThat(circles).hasBinaryContent(before);
  }

  @Test
  void aDirectoryIsNoFileAndADeviceIsWrittenTo() {
    CommandRun refused = CommandRun.of("data", "xor", "--out", directory, "--force");
    assertThat(refused.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(refused.err())
        .contains(directory + ": expected a file that can be written, found a directory");
    if (Files.exists(Path.of("/dev/null"))) {
      done("data", "xor", "--out", "/dev/null");
    }
  }

  @Test
  void aRunsOwnPageIsDrawnAgainWithoutAWord() throws IOException {
    Path page = run.resolve("report.html");
    byte[] drawn = Files.readAllBytes(page);
    done("report", run);
    done("report", run, "--out", page);
    done("report", run.resolve("run.json"), "--out", page);
    assertThat(page).hasBinaryContent(drawn);
  }

  @Test
  void thePageOfSeveralRunsIsNoRunsOwn() throws IOException {
    byte[] own = Files.readAllBytes(run.resolve("report.html"));
    CommandRun nowhere = CommandRun.of("report", run, other);
    assertThat(nowhere.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(nowhere.err())
        .startsWith("symbreak: --out: expected a file for the page of 2 runs, found none");
    assertThat(CommandRun.of("report", run, other, "--out", run.resolve("report.html")).err())
        .contains("or --force to replace it");
    assertThat(run.resolve("report.html")).hasBinaryContent(own);
    Path page = directory.resolve("both.html");
    for (Path same : new Path[] {run, run.resolve("."), run.resolve("run.json")}) {
      CommandRun twice = CommandRun.of("report", run, other, same, "--out", page);
      assertThat(twice.code()).isEqualTo(ExitCode.WRONG_INPUT);
      assertThat(twice.err())
          .startsWith(
              "symbreak: " + same + ": expected each directory once, found it a second time");
    }
    assertThat(page).doesNotExist();
  }

  private static void stays(Path file, Object... command) throws IOException {
    byte[] before = Files.readAllBytes(file);
    CommandRun refused = CommandRun.of(with(command, "--force"));
    assertThat(refused.code()).as(refused.out()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(refused.err()).contains("expected a file to write that is not read");
    assertThat(file).hasBinaryContent(before);
  }

  private static void done(Object... command) {
    CommandRun run = CommandRun.of(command);
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.DONE);
  }

  private static Object[] with(Object[] command, Object... further) {
    return Stream.concat(Arrays.stream(command), Arrays.stream(further)).toArray();
  }
}
