package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.problem.InputException;

/** What a column is taken for, and what is said about it. */
class ColumnKindsTest {
  private static final String[] COLOURS = {"red", "green", "blue"};

  @TempDir private Path directory;
  private List<String> notices;

  @Test
  void numbers() {
    assertThat(features(40, "a", (i, j) -> i * i)).containsExactly("a");
    assertThat(features(40, "a", (i, j) -> i % 3))
        .as("codes are numbers unless told otherwise")
        .containsExactly("a");
    assertThat(notices).hasSize(1);
  }

  @Test
  void categories() {
    assertThat(features(40, "a", (i, j) -> COLOURS[i % 3]))
        .containsExactly("a=blue", "a=green", "a=red", "a is other");
    assertThat(features(40, "a", (i, j) -> i % 5 == 0 ? "" : COLOURS[i % 3]))
        .containsExactly("a=blue", "a=green", "a=red", "a is missing", "a is other");
  }

  @Test
  void missingNumbers() {
    assertThat(features(40, "a", (i, j) -> i % 2 == 0 ? "NA" : i * i))
        .containsExactly("a", "a is missing");
    assertThat(notices.get(1))
        .startsWith("missing cells take the column's median: a (")
        .endsWith(" %)");
    assertThat(features(1000, "a", (i, j) -> i % 40 == 0 ? "" : i * i))
        .as("one in forty is below the share of 5 %")
        .containsExactly("a");
  }

  @Test
  void missingCategories() {
    features(
        1000, "a,b", (i, j) -> j == 0 && i % 4 == 0 || i % 10 == 0 ? "" : COLOURS[(i + j) % 3]);
    assertThat(notices).hasSize(2);
    assertThat(notices.get(1))
        .matches(
            "missing cells are a value of their own: a \\((2|3)\\d\\.\\d %\\), b \\(\\d+\\.\\d"
                + " %\\)");
  }

  @Test
  void textsThatMayMeanMissingCells() {
    assertThat(
            features(
                1000,
                "a,b,c",
                (i, j) ->
                    i % 10 == 0
                        ? "NA"
                        : i % 5 == 1
                            ? (j == 0 ? "NULL" : j == 1 ? "#N/A" : "nil")
                            : COLOURS[i % 3]))
        .contains("a=NULL", "b=#N/A", "c=nil");
    assertThat(notices).hasSize(3);
    assertThat(notices.get(2))
        .matches(
            "texts that often mean a missing cell are values: 'NULL' in a \\(\\d+\\.\\d %\\),"
                + " '#N/A' in b \\(\\d+\\.\\d %\\); --missing 'NA,NULL,#N/A' makes them missing");
    features(60, "a", (i, j) -> i % 3 == 0 ? "null" : i % 3);
    assertThat(notices.get(1))
        .as("codes among which one means nothing")
        .startsWith("texts that often mean a missing cell are values: 'null' in a (")
        .endsWith("; --missing null makes them missing");
  }

  @Test
  void nothingIsSaidOfNumeralsThatAreMeantAsNames() {
    String table =
        CsvFile.table(200, "a,b", (i, j) -> j == 1 ? i * i : "\"0," + (100 + i % 50) + "\"");
    open(table, List.of(), List.of("a"), List.of());
    assertThat(notices).hasSize(1);
    features(60, "a", (i, j) -> i % 4 == 3 ? "3+" : i % 4);
    assertThat(notices)
        .contains(
            "column 'a' is read as categories, as there are texts among the numbers (--ignore a"
                + " leaves it out), such as '3+'");
  }

  @Test
  void constants() {
    assertThat(features(40, "a,b,c,d", (i, j) -> j == 0 ? i * i : j == 1 ? 7 : j == 2 ? "x" : ""))
        .containsExactly("a");
    assertThat(notices.subList(1, 3))
        .containsExactly(
            "columns 'b', 'c' are left out: each has the same value in every training row",
            "column 'd' is left out: it has no value in any training row");
  }

  @Test
  void identifiers() {
    assertThat(
            features(
                40,
                "a,number,name,step",
                (i, j) -> j == 0 ? i * i : j == 1 ? i + 1000 : j == 2 ? "n" + i : 2 * i))
        .containsExactly("a", "step");
    assertThat(notices.subList(1, 3))
        .containsExactly(
            "column 'name' is left out: its text differs in every row, like an identifier",
            "column 'number' is left out: it counts up by one with the rows, like an identifier");
  }

  @Test
  void textsBeyondCounting() {
    assertThat(features(25_000, "a,t", (i, j) -> j == 0 ? i % 7 : "text " + i / 2))
        .containsExactly("a");
    assertThat(notices)
        .contains(
            "column 't' is left out: it holds too many or too long different texts to be"
                + " categories");
  }

  @Test
  void moreCategoriesThanFeatures() {
    List<String> features =
        features(3000, "a", (i, j) -> "c" + (i % 100 < 50 ? i % 100 % 5 : i % 100));
    assertThat(features)
        .hasSize(FittedCategory.VALUE_LIMIT - 9 + 1)
        .contains("a=c0", "a=c4", "a is other");
    features = features(3000, "a", (i, j) -> "c" + (i % 2 == 0 ? 0 : i % 100));
    assertThat(features).hasSize(52);
    features = features(3000, "a", (i, j) -> "c" + (i % 2 == 0 ? 0 : i % 300));
    assertThat(features).hasSize(FittedCategory.VALUE_LIMIT + 1).contains("a=c0");
    assertThat(notices.get(1))
        .isEqualTo(
            "column 'a' has 151 different values: the 64 most frequent, in 74.8 % of the training"
                + " rows that have one, are features, the rest count as other");
  }

  @Test
  void textsAmongFewDifferentNumbersMakeCategories() {
    assertThat(features(60, "a", (i, j) -> i % 4 == 3 ? "3+" : i % 4))
        .containsExactly("a=0", "a=1", "a=2", "a=3+", "a is other");
    assertThat(features(60, "a", (i, j) -> i % 4 == 3 ? "3+" : "0" + i % 4))
        .as("as they are written")
        .containsExactly("a=00", "a=01", "a=02", "a=3+", "a is other");
  }

  @Test
  void numeralsOutsideTheTrainingRowsMakeCategoriesToo() {
    String table = CsvFile.table(40, "a,b", (i, j) -> j == 0 ? i * i : COLOURS[i % 3]);
    try (Dataset dataset =
        Dataset.open(DataSpec.of(CsvFile.write(directory, table).toString(), null, null), 1)) {
      String[] lines = table.split("\n");
      int line = (int) dataset.test().line(0) - 1;
      lines[line] = lines[line].replaceAll("red|green|blue", "7");
      assertThat(open(String.join("\n", lines), List.of(), List.of(), List.of()))
          .containsExactly("a", "b=blue", "b=green", "b=red", "b is other");
    }
  }

  @Test
  void textsAmongManyDifferentNumbersAreFaults() {
    InputException refusal =
        catchThrowableOfType(
            InputException.class, () -> features(60, "a", (i, j) -> i == 30 ? "abc" : i * i));
    assertThat(refusal.problems()).hasSize(1);
    assertThat(refusal).hasMessageContaining("line 32, column 'a': expected a number, found 'abc'");
  }

  @Test
  void codesThatAreMostlyLettersAreCategories() {
    assertThat(features(60, "a", (i, j) -> i % 3 == 0 ? String.valueOf(i % 4) : "A" + i % 2))
        .contains("a=A0", "a=A1", "a=0", "a is other");
  }

  @Test
  void asTold() {
    CsvFile.Cells cells =
        (i, j) ->
            switch (j) {
              case 0 -> i + 1;
              case 1 -> "0" + i % 3;
              case 2 -> i % 5 == 0 ? "5+" : i % 5;
              default -> i * i;
            };
    String table = CsvFile.table(60, "id,code,size,extra", cells);
    assertThat(
            open(
                table.replace("5+", "5"), List.of("id"), List.of("code", "size"), List.of("extra")))
        .containsExactly(
            "id",
            "code=00",
            "code=01",
            "code=02",
            "code is other",
            "size=1",
            "size=2",
            "size=3",
            "size=4",
            "size=5",
            "size is other");
    assertThat(catchThrowable(() -> open(table, List.of("size"), List.of(), List.of())))
        .hasMessageContaining(
            "column 'size': expected numbers, found 12 cells that are none, the first '5+' on line"
                + " 2");
  }

  @Test
  void aForcedCategoryOfTooManyValues() {
    String table = CsvFile.table(25_000, "a,t", (i, j) -> j == 0 ? i % 7 : i);
    assertThat(catchThrowable(() -> open(table, List.of(), List.of("t"), List.of())))
        .hasMessageEndingWith(
            "column 't': expected at most 10000 different values, of 262144 characters in all, in a"
                + " categorical column, found more (choices: --ignore t)");
  }

  @Test
  void areDecidedOnTrainingRowsAlone() {
    // whichever rows the test part gets: a text that stands only there is a fault of a numeric
    // column, not a category
    String table = CsvFile.table(40, "a,b", (i, j) -> i * (i + j));
    Dataset dataset =
        Dataset.open(DataSpec.of(CsvFile.write(directory, table).toString(), null, null), 1);
    long line = dataset.test().line(0);
    dataset.close();
    String[] lines = table.split("\n");
    lines[(int) line - 1] = "word,1," + lines[(int) line - 1].split(",")[2];
    assertThat(
            catchThrowable(() -> open(String.join("\n", lines), List.of(), List.of(), List.of())))
        .hasMessageContaining("line " + line + ", column 'a': expected a number, found 'word'");
  }

  @Test
  void aLabelSaysWhichValueIsPositive() {
    assertThat(label("0", "1")).isEqualTo("1");
    assertThat(label("1", "0")).isEqualTo("1");
    assertThat(label("True", "False")).isEqualTo("True");
    assertThat(label("yes", "no")).isEqualTo("yes");
    assertThat(label("+", "-")).isEqualTo("+");
    assertThat(label("+", "\u2212")).isEqualTo("+");
    assertThat(label("-1", "1")).isEqualTo("1");
    assertThat(label("-1", "+1")).isEqualTo("+1");
    assertThat(label("good", "bad")).as("the rarer").isEqualTo("bad");
    assertThat(label("bad", "good")).as("the rarer").isEqualTo("good");
  }

  /** The positive one of two values, the first of which is the more frequent one. */
  private String label(String often, String rare) {
    StringBuilder text = new StringBuilder("a,label\n");
    for (int i = 0; i < 30; i++) {
      text.append(i * i).append(',').append(i % 3 == 0 ? rare : often).append('\n');
    }
    try (Dataset dataset =
        Dataset.open(
            DataSpec.of(CsvFile.write(directory, text.toString()).toString(), null, null), 1)) {
      String positive = dataset.pipeline().positive();
      assertThat(dataset.notices().get(0))
          .startsWith("label 'label': '" + positive + "' is positive, ")
          .endsWith(" of 30 rows");
      return positive;
    }
  }

  private List<String> features(int rows, String header, CsvFile.Cells cells) {
    return open(CsvFile.table(rows, header, cells), List.of(), List.of(), List.of());
  }

  private List<String> open(
      String text, List<String> numeric, List<String> categorical, List<String> ignore) {
    Path file = CsvFile.write(directory, text);
    DataSpec spec =
        DataSpec.of(file.toString(), null, null).withColumns(numeric, categorical, ignore);
    try (Dataset dataset = Dataset.open(spec, 1)) {
      notices =
          dataset.notices().stream()
              .filter(
                  notice ->
                      !notice.startsWith("few rows")
                          && !notice.contains("--duplicates")
                          && !notice.contains("another whole number in every row"))
              .toList();
      return dataset.pipeline().featureNames();
    }
  }
}
