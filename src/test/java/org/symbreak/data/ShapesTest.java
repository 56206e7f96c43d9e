package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.problem.InputException;

/** Tables in the shapes that people have them: read rightly and told, or refused in one line. */
class ShapesTest {
  private static final CsvFormat SPACES =
      CsvFormat.DEFAULT.withSeparator(' ').withMissing(List.of("NA"));

  @TempDir private Path directory;

  @Test
  void aHeaderThatEndsWithASeparator() {
    assertRead(
        "id,diagnosis,radius,texture,\n"
            + rows(i -> "%d,%s,%s,%s".formatted(i * i, letter(i), a(i), b(i))),
        "diagnosis",
        "data.csv line 1: the header ends with a separator that the rows do not have; it names 4"
            + " columns",
        "id",
        "radius",
        "texture");
  }

  @Test
  void rowsThatEndWithASeparator() {
    assertRead(
        "a,b,label\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2 + ","),
        "label",
        "data.csv: the rows end with a separator that the header does not have; nothing is read"
            + " behind it",
        "a",
        "b");
  }

  @Test
  void aSeparatorAtTheEndOfEveryLine() {
    assertRead(
        "a,b,label,\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2 + ","),
        "label",
        "column 'c4' is left out: it has no value in any training row",
        "a",
        "b");
  }

  @Test
  void rowNamesAsRWritesThem() {
    assertRead(
        "\"a\",\"b\",\"label\"\n" + rows(i -> "\"r" + i + "\"," + a(i) + "," + b(i) + "," + i % 2),
        "label",
        "data.csv line 1: the header has no name for the first column, as R writes row names; it is"
            + " called 'rownames'",
        "a",
        "b");
  }

  @Test
  void namesThatOccurTwice() {
    assertRead(
        "a,b,a,a.1,a,label\n"
            + rows(i -> a(i) + "," + b(i) + "," + i % 3 + "," + i % 5 + "," + i % 7 + "," + i % 2),
        "label",
        "data.csv line 1: names that occur again get a number: 'a.2', 'a.3'",
        "a",
        "b",
        "a.2",
        "a.1",
        "a.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t", "|"})
  void excelsSeparatorLine(String separator) {
    String table = "a,b,label\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2);
    String name = separator.equals("\t") ? "tab" : "'" + separator + "'";
    assertRead(
        "sep=" + separator + "\r\n" + table.replace(",", separator),
        "label",
        "data.csv line 1 says that " + name + " separates cells",
        "a",
        "b");
  }

  @Test
  void anyNumberOfBlanks() {
    String table =
        "  a b\tlabel \n\n"
            + rows(i -> " " + a(i) + "   \"" + b(i) + "\" \t " + i % 2 + (i % 3 == 0 ? "  " : ""));
    try (Dataset data = open(table, SPACES, "label")) {
      assertThat(data.pipeline().featureNames()).containsExactly("a", "b");
      assertThat(data.rows()).isEqualTo(40);
    }
    assertRefused(
        table,
        "label",
        "data.csv: expected a column 'label' for the label, found none"
            + " (choices: one column only; did you mean --separator spaces?)");
  }

  @Test
  void commentsBeforeAndBetween() {
    String table =
        "# made by a tool\n# on a day, in a year\na,b,label\n"
            + rows(i -> (i == 7 ? "# a pause\n" : "") + a(i) + "," + b(i) + "," + i % 2);
    CsvFormat format = new CsvFormat(',', '"', true, List.of(), '.', '#', "UTF-8");
    try (Dataset data = open(table, format, "label")) {
      assertThat(data.rows()).isEqualTo(40);
      assertThat(data.train().line(0)).isEqualTo(4);
    }
    assertRefused(
        table,
        "label",
        "data.csv line 1: expected 3 names, as the rows below have 3 cells, found 1, the first '#"
            + " made by a tool' (choices: --comment '#')");
  }

  @Test
  void commentsWithAsManyCellsAsTheRows() {
    assertRefused(
        "# one, two, three\na,b,label\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2),
        "label",
        "data.csv: expected a column 'label' for the label, found none (choices: --comment '#')");
  }

  @Test
  void commentsAmongTheRows() {
    assertRefused(
        "a,b,label\n"
            + rows(i -> (i > 20 ? "% " + i + "\n" : "") + a(i) + "," + b(i) + "," + i % 2),
        "label",
        "data.csv line 23: expected 3 cells as in the header, found 1, and the same fault on lines"
            + " 25, 27, 29, 31 and 14 more (choices: --comment '%')");
  }

  @Test
  void aTitleAboveTheHeader() {
    assertRefused(
        "Patients of 2020\n\na,b,label\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2),
        "label",
        "data.csv line 1: expected 3 names, as the rows below have 3 cells, found 1, the first"
            + " 'Patients of 2020' (choices: take out what stands above the header)");
  }

  @Test
  void aSecondRowOfNamesOrUnits() {
    for (String second : List.of("m,kg,-\n", "height,weight,sex\n")) {
      assertRefused(
          "a,b,label\n" + second + rows(i -> a(i) + "," + b(i) + "," + i % 2),
          "label",
          "line 1: expected one row of names, and rows of one kind below it, found a second row of"
              + " texts, "
              + (second.startsWith("m") ? "'m', 'kg'" : "'height', 'weight', 'sex'")
              + ", above numbers (choices: take out one of the first two rows)");
    }
  }

  @Test
  void aHeaderThatIsRepeated() {
    assertRead(
        "a,b,label\n"
            + rows(i -> a(i) + "," + b(i) + "," + i % 2 + (i % 20 == 10 ? "\na,b,label" : "")),
        "label",
        "2 rows repeat the header and are passed over",
        "a",
        "b");
  }

  @Test
  void rowsOfWhichSomeEndWithASeparator() {
    assertRead(
        "a,b,label\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2 + (i % 20 == 10 ? "," : "")),
        "label",
        "data.csv: 2 rows end with a separator more than the header has; nothing is read behind it",
        "a",
        "b");
  }

  @Test
  void aNameTooMany() {
    assertRefused(
        "a,b,c,label\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2),
        "label",
        "data.csv line 1: expected 3 names, as the rows below have 3 cells, found 4, the first 'a'"
            + " (choices: take out the names that have no column)");
  }

  @Test
  void rowsOfAnotherLengthAreOneFault() {
    assertRefused(
        "a,b,label\n"
            + rows(i -> a(i) + "," + b(i) + (i % 3 == 0 ? "," + i % 2 : i % 3 == 1 ? "" : ",0,1")),
        "label",
        "data.csv line 3: expected 3 cells as in the header, found 2, and the same fault on lines"
            + " 4, 6, 7, 9 and 21 more");
  }

  @ParameterizedTest
  @CsvSource({"1.5, 3", "B, 3"})
  void aFileWithoutAHeader(String first, int columns) {
    String table = rows(i -> (first.equals("B") ? letter(i) : a(i)) + "," + i % 4 + "," + i % 2);
    assertRefused(
        table,
        "label",
        "data.csv: expected a column 'label' for the label, found none"
            + " (choices: --no-header, by which columns are called c1 to c"
            + columns
            + ")");
    CsvFormat format = CsvFormat.DEFAULT.withHeader(false).withMissing(List.of());
    try (Dataset data = open(table, format, "c3")) {
      assertThat(data.rows()).isEqualTo(40);
    }
  }

  @Test
  void namesWithCommas() {
    Path file =
        CsvFile.write(
            directory,
            "\"Height, cm\",\"Weight, kg\",b,label\n"
                + rows(i -> a(i) + "," + i % 5 + "," + b(i) + "," + i % 2));
    DataSpec spec =
        DataSpec.of(file.toString(), null, null)
            .withColumns(List.of(), List.of("Weight", " kg"), List.of("b", "Height", " cm"));
    try (Dataset data = Dataset.open(spec, 1)) {
      assertThat(data.pipeline().featureNames()).contains("Weight, kg=0").doesNotContain("b");
      assertThat(data.pipeline().featureNames()).noneMatch(name -> name.startsWith("Height"));
    }
  }

  @Test
  void cellsWithASeparatorThatAreNotInQuotesAreNoRowNames() {
    assertRefused(
        "a,t,label\n" + rows(i -> a(i) + ",Doe, " + letter(i) + "," + i % 2),
        "label",
        "line 1: expected 4 names, as the rows below have 4 cells, found 3, the first 'a' (choices:"
            + " put cells that hold a ',' into quotes, or name the further columns)");
  }

  @Test
  void aHeaderWithAnotherSeparatorThanTheRows() {
    assertRefused(
        "a;b;label\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2),
        "label",
        "found 1, the first 'a;b;label' (choices: separate the names by ',', as the cells below"
            + " are)");
  }

  @ParameterizedTest
  @ValueSource(chars = {'^', '~', ':', '/'})
  void anUnusualSeparatorIsNamed(char separator) {
    String text = "a,b,label\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2);
    assertRefused(
        text.replace(',', separator),
        null,
        "found none (choices: one column only; did you mean --separator '" + separator + "'?)");
  }

  @Test
  void rowsInQuotesAndNamesInSingleOnes() {
    assertRefused(
        "\"a,b,label\"\n" + rows(i -> "\"" + a(i) + "," + b(i) + "," + i % 2 + "\""),
        null,
        "(choices: one column only, as each row stands in quotes as a whole; sed 's/^\"//; s/\"$//;"
            + " s/\"\"/\"/g' takes them out)");
    String single =
        "'a','b','label'\n" + rows(i -> "'" + a(i) + "','" + b(i) + "','" + i % 2 + "'");
    assertRefused(single, null, "(choices: --quote \"'\")");
    try (Dataset data = open(single, CsvFormat.DEFAULT.withQuote('\''), null)) {
      assertThat(data.pipeline().featureNames()).containsExactly("a", "b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=;", "\"sep=;\"", "SEP=;"})
  void aFirstLineThatNamesTheSeparator(String line) {
    assertRead(
        line + "\na;b;label\n" + rows(i -> a(i) + ";" + b(i) + ";" + i % 2),
        null,
        "data.csv line 1 says that ';' separates cells",
        "a",
        "b");
    assertRead(
        "sep=\\t\na\tb\tlabel\n" + rows(i -> a(i) + "\t" + b(i) + "\t" + i % 2),
        null,
        "data.csv line 1 says that tab separates cells",
        "a",
        "b");
  }

  @Test
  void severalRowsOfTextsAboveNumbers() {
    assertRefused(
        "a,b,label\ncontinuous,continuous,discrete\n,,class\n"
            + rows(i -> a(i) + "," + b(i) + "," + i % 2),
        null,
        "line 1: expected one row of names, and rows of one kind below it, found 3 rows of texts,"
            + " such as 'continuous', 'continuous', 'discrete', above numbers (choices: take out"
            + " the first 3 rows but that of the names)");
    assertRefused(
        "Report,,\n,,\na,b,label\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2),
        null,
        "found 3 rows of texts, such as 'a', 'b', 'label', above numbers (choices: take out the"
            + " first 3 rows but that of the names)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Total", "grand total:", "Mean", "Summe"})
  void aLastRowThatSumsUpTheOthers(String word) {
    assertRefused(
        "a,b,label\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2) + word + ",7.5,20\n",
        null,
        "data.csv line 42, column 'a': expected rows of one kind, found '"
            + word
            + "' in the last row, as of one that sums up the others (choices: take out the last"
            + " row)");
  }

  @Test
  void namesThatEndWithAWordForATotalAreNoTotals() {
    assertRead(
        "t,b,label\n" + rows(i -> (i % 2 == 0 ? "Total" : "part") + "," + b(i) + "," + i % 3 / 2),
        null,
        "label 'label': '1' is positive, the obvious one, in 13 of 40 rows",
        "t=Total",
        "t=part",
        "t is other",
        "b");
  }

  @Test
  void whatWasNotReadIsNotJudged() throws Exception {
    Path file = directory.resolve("latin.csv");
    String text = "a,b,label\n1,x,0\n2,caf\u00e9,1\n" + rows(i -> a(i) + ",y," + i % 2);
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Dataset.open(DataSpec.of(file.toString(), null, null), 1))
        .isInstanceOfSatisfying(
            InputException.class, e -> assertThat(e.problems()).as(e.getMessage()).hasSize(1))
        .hasMessageContaining("--encoding windows-1252");
  }

  @Test
  void columnsWithTwoValuesAreNamedWhereTheLabelIsNot() {
    String text =
        "id,age,Survived,name\n"
            + rows(i -> i * i + "," + a(i) + "," + (i % 7 == 3 ? "NA" : i % 2) + ",n" + i);
    assertRefused(
        text,
        "label",
        "a column 'label' for the label, found none (choices: Survived, age, name, id)");
    assertRefused(text, null, "outcome, found none (choices: Survived, id, age, name)");
  }

  @Test
  void aLabelThatIsThereTwiceIsNamed() {
    assertRefused(
        "a,label,label\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2),
        null,
        "found 2 of them (choices: label, label.1)");
  }

  /** What was told of the training file holds for one to predict, in whatever shape that is. */
  @Test
  void rowsToPredictHaveTheSameShapes() throws Exception {
    try (Dataset data =
        open(
            "a,b,label,\n" + rows(i -> a(i) + "," + b(i) + "," + i % 2),
            CsvFormat.DEFAULT,
            "label")) {
      Path file = Files.writeString(directory.resolve("new.csv"), "b,a\nx,1,2,\n");
      Files.writeString(file, "b,a\n\"x\",0.25,7\n\"y\",1.5,8\n");
      FittedPipeline pipeline = data.pipeline();
      try (RowStream rows = pipeline.open(file, pipeline.format(), LabelUse.OPTIONAL)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.notices().toString()).contains("it is called 'rownames'");
      }
    }
  }

  private static String rows(IntFunction<String> row) {
    return IntStream.range(0, 40).mapToObj(i -> row.apply(i) + "\n").collect(Collectors.joining());
  }

  private static String a(int i) {
    return String.valueOf((i * 37 % 41) / 8.0);
  }

  private static String b(int i) {
    return String.valueOf((i * 17 % 43) / 4.0 - 3);
  }

  private static String letter(int i) {
    return i % 2 == 0 ? "B" : "M";
  }

  private Dataset open(String text, CsvFormat format, String label) {
    DataSpec usual = DataSpec.of(CsvFile.write(directory, text).toString(), label, null);
    return Dataset.open(DataSpec.of(usual.file(), label, null).withFormat(format), 1);
  }

  private void assertRead(String text, String label, String notice, String... features) {
    try (Dataset data = open(text, CsvFormat.DEFAULT, label)) {
      assertThat(data.rows()).isEqualTo(40);
      assertThat(data.notices()).anyMatch(told -> told.endsWith(notice));
      assertThat(data.pipeline().featureNames()).containsExactly(features);
    }
  }

  private void assertRefused(String text, String label, String message) {
    assertThatThrownBy(() -> open(text, CsvFormat.DEFAULT, label).close())
        .isInstanceOfSatisfying(
            InputException.class, e -> assertThat(e.problems()).as(e.getMessage()).hasSize(1))
        .hasMessageEndingWith(message);
  }
}
