package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as people have them, from the command line. */
class PeoplesFilesTest {
  private static final Path CASES = Path.of("src/test/resources/cases");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bool-case | column 'flag': upper and lower case make no difference: 'true' = 'TRUE' ="
            + " 'True', 'FALSE' = 'false' = 'False'",
        "dup-rows | 120 of 120 rows (100.0 %) equal another one in all columns but the label and"
            + " stay with it in one part",
        "label-float | label 'label': '1.0' is positive, the obvious one, in 85 of 120 rows",
        "label-int | label 'label': '1' is positive, the obvious one, in 85 of 120 rows",
        "leak-copy | column 'diagnosis' tells the label, as a copy of it would (its values alone"
            + " part the classes in 100.0 % of 81 rows), and is kept; if it is not known before the"
            + " label is, --ignore diagnosis",
        "minus-most | column 'rate' is read as numbers with U+2212 (minus sign) as a minus sign,"
            + " such as '\u22124.52'",
        "nbsp | columns 'a', 'b' are read as numbers with U+00A0 (no-break space), such as '",
        "percent-with-others | column 'rate' is read as numbers with '%' behind it, such as"
            + " '18.75%'",
        "rare-positive | few rows of a class: 1 of '1' in training, 0 of '1' in validation, 1 of"
            + " '1' in test",
        "zip-leading-zeros | column 'zip' is read as categories, as there are leading zeros"
            + " (--numeric zip reads numbers), such as '02134'",
      })
  void isReadAsWhatItIsAndTold(String name, String line) throws Exception {
    CommandRun run = train(name, "--label", "label");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains(line);
  }

  @Test
  void labelsOfTheSameRowsGiveTheSameFigures() throws Exception {
    JsonNode whole = test(train("label-int", "--label", "label"));
    JsonNode decimal = test(train("label-float", "--label", "label"));
    assertThat(decimal.path("f1").doubleValue())
        .isEqualTo(whole.path("f1").doubleValue())
        .isGreaterThan(0.9);
  }

  @Test
  void numbersInClothesTellTheLabel() throws Exception {
    assertThat(test(train("percent-with-others", "--label", "label")).path("auc").doubleValue())
        .isGreaterThan(0.9);
    assertThat(test(train("minus-most", "--label", "label")).path("auc").doubleValue())
        .isGreaterThan(0.85);
  }

  @Test
  void labelsThatAreNoiseAreNotForetold() throws Exception {
    JsonNode test = test(train("dup-rows", "--label", "label"));
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
    words.addAll(List.of("--hidden", 4, "--epochs", 300, "--threads", 1, "--no-report", "--json"));
    words.addAll(List.of("--force", "--out", directory.resolve("run")));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray());
  }

  private static JsonNode test(CommandRun run) throws Exception {
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out()).path("test");
  }
}
