package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as people have them, from the command line. */
class PeoplesFilesTest {
  private static final Path CASES = Path.of("src/test/resources/cases");

  @TempDir private Path directory;

  /** The table of docs/files.md: a file, what is said of it, and a line that the program prints. */
  static List<Arguments> table() throws IOException {
    return Files.readAllLines(Path.of("docs/files.md")).stream()
        .dropWhile(line -> !line.startsWith("| file | said | line |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split(" *\\| *"))
        .map(cells -> Arguments.of(cells[1], cells[2].replace("`", ""), cells[3]))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("table")
  void isReadAsWhatItIsAndTold(String name, String said, String line) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(said);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    CommandRun run = train(name, words.toArray(String[]::new));
    assertThat((run.out() + run.err()).lines())
        .as("exit code " + run.code())
        .anyMatch(told -> told.replace("src/test/resources/cases/", "").equals(line));
    if (run.code() != ExitCode.DONE) {
      assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
      assertThat(run.err().lines()).hasSize(1);
    }
  }

  /** Each file of the cases stands in the table. */
  @Test
  void noneIsLeftOut() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      assertThat(table().stream().map(row -> (String) row.get()[0]).collect(Collectors.toSet()))
          .isEqualTo(
              files
                  .map(file -> file.getFileName().toString().replace(".csv", ""))
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void labelsOfTheSameRowsGiveTheSameFigures() throws Exception {
    JsonNode whole = test(train("label-int", "--json"));
    JsonNode decimal = test(train("label-float", "--json"));
    assertThat(decimal.path("f1").doubleValue())
        .isEqualTo(whole.path("f1").doubleValue())
        .isGreaterThan(0.9);
  }

  @Test
  void numbersInClothesTellTheLabel() throws Exception {
    assertThat(test(train("percent-with-others", "--json")).path("auc").doubleValue())
        .isGreaterThan(0.9);
    assertThat(test(train("minus-most", "--json")).path("auc").doubleValue()).isGreaterThan(0.85);
  }

  @Test
  void labelsThatAreNoiseAreNotForetold() throws Exception {
    JsonNode test = test(train("dup-rows", "--json"));
    assertThat(test.path("accuracy").doubleValue()).isLessThan(0.75);
  }

  @Test
  void aTextbookFileTrains() throws Exception {
    CommandRun run = train("titanic-style", "--label", "Survived");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "column 'Ticket' is left out: its text differs in every row, like an identifier",
            "column 'PassengerId' is left out: it counts up by one with the rows, like an"
                + " identifier");
  }

  @Test
  void whatIsRefusedWorksWithTheOptionThatIsNamed() throws Exception {
    assertMended("label-missing", "--skip-missing-labels");
    assertMended("label-na", "--missing", "?");
    assertMended("xor-truth-table", "--test-fraction", "0", "--validation-fraction", "0");
  }

  @Test
  void fourRowsTrainAndNothingIsTested() throws Exception {
    CommandRun run =
        CommandRun.of(
            "train",
            CASES.resolve("xor-truth-table.csv"),
            "--test-fraction",
            0,
            "--validation-fraction",
            0,
            "--hidden",
            8,
            "--no-report",
            "--out",
            directory.resolve("run"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("nothing was tested: no row was kept for it")
        .contains("all 2000 epochs are done")
        .containsPattern("training +4 +100\\.0 %");
  }

  private void assertMended(String name, String... options) throws Exception {
    CommandRun refused = train(name, "--label", "label");
    assertThat(refused.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(refused.err().lines()).hasSize(1);
    assertThat(refused.err().replace("'", "")).contains(String.join(" ", options));
    CommandRun mended = train(name, options);
    assertThat(mended.code()).as(mended.err()).isZero();
  }

  private CommandRun train(String name, String... options) {
    List<Object> words = new ArrayList<>(List.of("train", CASES.resolve(name + ".csv")));
    List<String> said = List.of(options);
    words.addAll(
        List.of("--threads", 1, "--no-report", "--force", "--out", directory.resolve("run")));
    if (!said.contains("--hidden")) {
      words.addAll(List.of("--hidden", 4));
    }
    if (!said.contains("--epochs")) {
      words.addAll(List.of("--epochs", 300));
    }
    words.addAll(said);
    return CommandRun.of(words.toArray());
  }

  private static JsonNode test(CommandRun run) throws Exception {
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out()).path("test");
  }
}
