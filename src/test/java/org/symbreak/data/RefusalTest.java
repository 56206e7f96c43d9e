package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/** What is refused, and in which words. */
class RefusalTest {
  @TempDir private Path directory;

  @Test
  void aMissingFile() {
    assertFaults(
        spec(directory.resolve("none.csv")),
        directory.resolve("none.csv") + ": expected a CSV file, found nothing of that name");
    assertThat(directory.resolve("none.csv"))
        .as("DataVec's own reader makes the file it does not find")
        .doesNotExist();
  }

  @Test
  void aDirectory() {
    assertFaults(
        spec(directory),
        directory + ": expected a CSV file, or parts of one, found a directory without any");
  }

  @Test
  void anEmptyFile() {
    assertFaults("", ": expected a header and rows below it, found an empty file");
    assertFaults("\uFEFF\n\n", ": expected a header and rows below it, found an empty file");
  }

  @Test
  void anotherSeparator() {
    String meant = " (choices: one column only; did you mean --separator ";
    String noLabel =
        ": expected --label to name the label's column, or one column called label, class, target,"
            + " y, outcome, found none";
    assertFaults(table().replace(',', ';'), noLabel + meant + "';'?)");
    assertFaults(table().replace(',', '\t'), noLabel + meant + "tab?)");
    assertFaults(table().replace(',', '|'), noLabel + meant + "'|'?)");
    assertFaults(
        "\"a\";\"label\"\n1;2\n",
        " line 1, column 1: expected a separator or the end of the line after the closing quote,"
            + " found something else (choices: --separator ';')");
  }

  @Test
  void anotherSeparatorWhereTheLabelAndOthersAreNamed() {
    Path file = CsvFile.write(directory, "Größe (cm);\"weight; kg\";a, b;churned?\n1;2;3;0\n");
    DataSpec spec =
        DataSpec.of(file.toString(), "churned?", null)
            .withFormat(CsvFormat.DEFAULT.withSeparator('|').withMissing(List.of()))
            .withColumns(List.of("a, b"), List.of(), List.of());
    assertFaults(
        spec,
        file
            + ": expected a column 'churned?' for the label, found none (choices: one column only;"
            + " did you mean --separator ';'?)");
  }

  @Test
  void anotherSeparatorInATestFile() {
    Path file = CsvFile.write(directory, table());
    Path test = directory.resolve("test.csv");
    write(test, table().replace(',', ';'));
    assertFaults(
        CsvFile.spec(file.toString(), test.toString(), 0.2, 0.1, true),
        test
            + ": expected the columns 'a', 'b', 'label', found a header without them (choices: one"
            + " column only; did you mean --separator ';'?)");
  }

  @Test
  void aHeaderAlone() {
    assertFaults("a,label\n", ": expected at least 10 rows, found none below the header");
  }

  @Test
  void fewerThanTenRows() {
    assertFaults(
        CsvFile.table(9, "a", (i, j) -> i * i),
        ": expected at least 10 rows, to train on some and test on others, found 9 (choices:"
            + " --test-fraction 0 --validation-fraction 0)");
    assertThat(open(CsvFile.table(10, "a", (i, j) -> i * i)).rows()).isEqualTo(10);
  }

  @Test
  void raggedRowsAllAtOnce() {
    assertFaults(
        table().replace("1,1,y", "1,1").replace("25,5,y", "25,y"),
        " line 3: expected 3 cells as in the header, found 2, and the same fault on line 7");
  }

  @Test
  void faultsOfEveryKindAtOnce() {
    assertFaults(
        table().replace("1,1,y", "1").replace("25,5", "abc,5").replace("64,-8,n", "64,-8,NA"),
        " line 3: expected 3 cells as in the header, found 1",
        " line 10, column 'label': expected a label in every row, found 'NA', taken for missing"
            + " (choices: --skip-missing-labels)",
        " line 7, column 'a': expected a number, found 'abc' (choices: --missing NA,abc,"
            + " --categorical a, --ignore a)");
  }

  @Test
  void anUnterminatedQuoteAndWhatCameBefore() {
    assertFaults(
        table().replace("1,1,y", "1").replace("64,-8", "\"64,-8"),
        " line 3: expected 3 cells as in the header, found 1",
        " line 10, column 'a': expected a closing \" for the quote that opens here, found the end"
            + " of the file");
  }

  @Test
  void textThatIsNotUtf8() {
    Path file =
        CsvFile.write(
            directory, table().replace("64,-8", "é,-8").getBytes(StandardCharsets.ISO_8859_1));
    assertFaults(
        spec(file),
        file
            + " line 10, character 1: expected UTF-8 text, found the byte 0xE9 (choices: --encoding"
            + " windows-1252, save the file as UTF-8)");
  }

  @Test
  void nulBytes() {
    assertFaults(
        table().replace("64,-8", "\u000064,-8"),
        " line 10, character 1: expected text, found a NUL byte (choices: save the file as UTF-8"
            + " text)");
  }

  @Test
  void cellsThatAreNotFiniteNumbers() {
    assertFaults(
        table()
            .replace("1,1,", "NaN,1,")
            .replace("25,5", "-Infinity,5")
            .replace("49,7", "1e400,7")
            .replace("64,-8", "64,0x10")
            .replace("81,9", "81,inf"),
        ", column 'a': expected numbers, found 3 cells that are none, the first 'NaN' on line 3"
            + " (choices: --missing NaN,-Infinity,1e400, --categorical a, --ignore a)",
        ", column 'b': expected numbers, found 2 cells that are none, the first '0x10' on line 10"
            + " (choices: --missing 0x10,inf, --categorical b, --ignore b)");
  }

  @Test
  void aNumberThatIsTooLarge() {
    assertFaults(
        table().replace("49,7", "1e400,7"),
        " line 9, column 'a': expected a number up to 1.8e308 in size, found '1e400' (choices:"
            + " --missing 1e400, --categorical a, --ignore a)");
    assertFaults(
        table().replace("49,7", "1e400,7").replace("25,5", "-2e308,5"),
        ", column 'a': expected numbers up to 1.8e308 in size, found 2 cells that are none, the"
            + " first '-2e308' on line 7 (choices: --missing -2e308,1e400, --categorical a,"
            + " --ignore a)");
  }

  @Test
  void manyCellsThatAreNoNumbersInALineAColumn() {
    String found = ": expected numbers, found ";
    assertFaults(
        CsvFile.table(400, "a,b", (i, j) -> j == 0 ? i * i : i % 2 == 0 ? i : "NaN"),
        ", column 'b'"
            + found
            + "200 cells that are none, the first 'NaN' on line 3 (choices: --missing NaN,"
            + " --categorical b, --ignore b)");
    assertFaults(
        CsvFile.table(400, "a,b", (i, j) -> j == 0 ? i * i : i % 10 != 9 ? i : "no" + i % 70),
        ", column 'b'"
            + found
            + "40 cells that are none, the first 'no9' on line 11 (choices: --categorical b,"
            + " --ignore b)");
  }

  @Test
  void whatIsMissingAlreadyIsNamedWithWhatMayBe() {
    assertFaults(
        table().replace("1,1,y", "1,?,y").replace("25,5", "25,#N/A"),
        " line 7, column 'b': expected a number, found '#N/A' (choices: --missing '?,#N/A',"
            + " --categorical b, --ignore b)");
  }

  @Test
  void atMostTwentyFaults() throws IOException {
    StringBuilder test = new StringBuilder("a,label\n");
    for (int i = 0; i < 50; i++) {
      test.append(i).append(",w").append(i).append('\n');
    }
    Path file = CsvFile.write(directory, CsvFile.table(50, "a", (i, j) -> i * i));
    Path testFile = Files.writeString(directory.resolve("test.csv"), test);
    InputException refusal =
        refusal(CsvFile.spec(file.toString(), testFile.toString(), 0.2, 0.15, true));
    assertThat(refusal.problems()).hasSize(21);
    assertThat(refusal.problems().get(20).toString())
        .endsWith("test.csv: expected at most 20 faults to list, found more");
  }

  @Test
  void aLineOf200Megabytes() throws IOException {
    Path file = directory.resolve("data.csv");
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) '7');
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("a,label\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 200; i++) {
        out.write(block);
      }
    }
    assertFaults(spec(file), file + " line 2: expected at most 4194304 bytes a line, found more");
  }

  @Test
  void anUnknownLabel() {
    assertFaults(
        spec(
            CsvFile.write(directory, CsvFile.table(12, "age,weight,lapel", (i, j) -> i * i)),
            "lable",
            null),
        directory.resolve("data.csv")
            + ": expected a column 'lable' for the label, found none (choices: label, age, lapel,"
            + " weight)");
  }

  @Test
  void aLabelThatCannotBeGuessed() {
    String usual =
        ": expected --label to name the label's column, or one column called label, class, target,"
            + " y, outcome, found ";
    assertFaults(
        CsvFile.table(12, "a,b", (i, j) -> i).replace("label", "state"),
        usual + "none (choices: state, a, b)");
    assertFaults(
        CsvFile.table(12, "Class,b", (i, j) -> i), usual + "2 of them (choices: Class, label)");
  }

  @Test
  void anotherNumberOfClassesThanTwo() {
    String expected = ", column 'label': expected two different values of the label, found ";
    assertFaults(table().replace(",y", ",n"), expected + "1: 'n' (12 rows)");
    assertFaults(
        table().replace("0,0,n", "0,0,x"),
        expected
            + "3: 'y' (6 rows), 'n' (5 rows), 'x' (1 row) (choices: --missing 'NA,?,x'"
            + " --skip-missing-labels)");
    assertFaults(
        spec(CsvFile.write(directory, CsvFile.table(30, "a,b", (i, j) -> i % 7)), "a", null),
        directory.resolve("data.csv")
            + ", column 'a': expected two different values of the label, found 7: '0' (5 rows), '1'"
            + " (5 rows), '2' (4 rows), '3' (4 rows), '4' (4 rows), '5' (4 rows), ...");
    assertThat(
            refusal(
                    spec(
                        CsvFile.write(directory, CsvFile.table(20_000, "a,b", (i, j) -> i * i)),
                        "a",
                        null))
                .getMessage())
        .contains("found more than 10000: ");
  }

  @Test
  void aPositiveValueThatIsNotThere() {
    assertFaults(
        spec(CsvFile.write(directory, table()), "label", "maybe"),
        "--positive: expected one of the two values of column 'label', found 'maybe' (choices: n,"
            + " y)");
  }

  @Test
  void columnsThatAreNotThere() {
    Path file = CsvFile.write(directory, table());
    DataSpec spec =
        DataSpec.of(file.toString(), "labl", null)
            .withColumns(List.of("c"), List.of("d"), List.of("A"))
            .withFractions(0.2, 0.1);
    assertFaults(
        spec,
        file + ": expected a column 'labl' for the label, found none (choices: label, a, b)",
        "--numeric: expected columns of " + file + ", found 'c' (choices: a, b, label)",
        "--categorical: expected columns of " + file + ", found 'd' (choices: a, b, label)",
        "--ignore: expected columns of " + file + ", found 'A' (choices: a, b, label)");
  }

  @Test
  void nothingToLearnFrom() {
    assertFaults(
        CsvFile.table(12, "a,b", (i, j) -> j == 0 ? 5 : i),
        ": expected at least one column to learn from, found none: column 'b' is left out: it"
            + " counts up by one with the rows, like an identifier; column 'a' is left out: it has"
            + " the same value in every training row");
    assertFaults(
        "label\n" + "y\nn\n".repeat(6),
        ": expected at least one column besides the label, found none");
  }

  @Test
  void numbersThatAreTooFarFromTheOthers() {
    Path file = CsvFile.write(directory, table());
    Path test = directory.resolve("test.csv");
    write(test, "a,b,label\n1,2,y\n1e300,2,n\n");
    DataSpec spec = CsvFile.spec(file.toString(), test.toString(), 0.2, 0.1, true);
    assertFaults(
        spec,
        test
            + " line 3, column 'a': expected a number within 1.0E30 standard deviations of the"
            + " training rows' mean, found '1e300'");
  }

  @Test
  void everyFaultOfATestFile() {
    Path file = CsvFile.write(directory, table());
    Path test = directory.resolve("test.csv");
    write(test, "label,b,a\ny,1,2\nmaybe,x,2\ny,1\nn,2,3\n");
    DataSpec spec = CsvFile.spec(file.toString(), test.toString(), 0.2, 0.1, true);
    assertFaults(
        spec,
        test
            + " line 3, column 'label': expected one of the label's values, found 'maybe' (choices:"
            + " n, y)",
        test + " line 4: expected 3 cells as in the header, found 2",
        test
            + " line 3, column 'b': expected a number, found 'x' (choices: --missing x,"
            + " --categorical b, --ignore b)");
    write(test, "label,b,a\nmaybe,x,2\ny,x,-\n");
    assertFaults(
        spec,
        test
            + " line 2, column 'label': expected one of the label's values, found 'maybe' (choices:"
            + " n, y)",
        test
            + ", column 'b': expected numbers, found 2 cells that are none, the first 'x' on line 2"
            + " (choices: --missing x, --categorical b, --ignore b)",
        test
            + " line 3, column 'a': expected a number, found '-' (choices: --missing -,"
            + " --categorical a, --ignore a)");
    write(test, "label,b,a\n");
    assertFaults(spec, test + ": expected rows to test on, found none below the header");
  }

  @Test
  void keepsWhatATerminalWouldObeyOutOfMessages() {
    String message =
        refusal(
                spec(
                    CsvFile.write(
                        directory,
                        table().replace("64,-8", "\u001b[31m\u202e" + "x".repeat(100) + ",-8"))))
            .getMessage();
    assertThat(message)
        .contains("found '\\u001b[31m\\u202exxx")
        .contains("xx…'")
        .doesNotContain("\u001b");
  }

  private static String table() {
    return CsvFile.table(12, "a,b", (i, j) -> j == 0 ? i * i : i % 2 == 0 ? -i : i);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Dataset open(String text) {
    return Dataset.open(spec(CsvFile.write(directory, text)), 1);
  }

  private static DataSpec spec(Path file) {
    return spec(file, null, null);
  }

  private static DataSpec spec(Path file, String label, String positive) {
    return DataSpec.of(file.toString(), label, positive);
  }

  private void assertFaults(String text, String... messages) {
    Path file = CsvFile.write(directory, text);
    assertFaults(
        spec(file), Arrays.stream(messages).map(message -> file + message).toArray(String[]::new));
  }

  private static void assertFaults(DataSpec spec, String... messages) {
    assertThat(refusal(spec).problems()).extracting(Problem::toString).containsExactly(messages);
  }

  private static InputException refusal(DataSpec spec) {
    return catchThrowableOfType(InputException.class, () -> Dataset.open(spec, 1).close());
  }
}
