package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.datavec.api.records.reader.impl.transform.TransformProcessRecordReader;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.problem.InputException;

/** Numbers and dates as people write them. */
class NotationTest {
  @TempDir private Path directory;
  private Rulings rulings = Rulings.NONE;

  /** The pattern's # is a number of one decimal. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#%       | '%' behind it",
        "# %      | '%' behind it",
        "$#       | '$' before it",
        "US$ #    | 'US$' before it",
        "CHF #    | 'CHF' before it",
        "Rs.#     | 'Rs.' before it",
        "# \u20ac | '\u20ac' behind it",
        "# cm     | 'cm' behind it",
        "#km/h    | 'km/h' behind it",
        "# m\u00b2 | 'm\u00b2' behind it",
        "\u00a0#\u202f | U+00A0 (no-break space)",
        "+#\u2009 | U+2009 (thin space)",
        "~#       | '~' before it",
        "\u2265# | '\u2265' before it",
        "<=#      | '<=' before it",
        "\u200b# | U+200B (zero width space)",
        "\u201c#\u201d | quotation marks",
        "='#'   | quotation marks",
        "# \u00b0C | '\u00b0C' behind it",
      })
  void numbersThatAllWearTheSameAreNumbers(String pattern, String told) {
    IntFunction<String> cells =
        i ->
            pattern.replace(
                "#", String.valueOf(pattern.startsWith("+") ? Math.abs(number(i)) : number(i)));
    assertReadAsNumbers(cells, told);
  }

  @Test
  void negativeNumbers() {
    assertReadAsNumbers(
        i -> number(i) < 0 ? "\u2212" + -number(i) : "" + number(i), "U+2212 (minus sign)");
    assertReadAsNumbers(
        i -> number(i) < 0 ? "(" + -number(i) + ")" : "" + number(i),
        "parentheses for negative numbers");
    assertReadAsNumbers(i -> number(i) < 0 ? "-$" + -number(i) : "$" + number(i), "'$' before it");
    assertReadAsNumbers(
        i -> number(i) < 0 ? "($" + -number(i) + ")" : "$" + number(i), "'$' before it");
    assertReadAsNumbers(
        i -> number(i) < 0 ? "$\u2013" + -number(i) : "$" + number(i), "'$' before it");
    assertReadAsNumbers(
        i -> number(i) < 0 ? -number(i) + "-" : "" + number(i),
        "the minus sign behind negative numbers");
  }

  @Test
  void digitsOfOtherScripts() {
    for (char zero : new char[] {'\uff10', '\u0660', '\u0966'}) {
      assertReadAsNumbers(
          i ->
              String.valueOf(number(i))
                  .chars()
                  .map(c -> Character.isDigit(c) ? c - '0' + zero : c)
                  .collect(
                      StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                  .toString(),
          "digits other than 0 to 9");
    }
  }

  @Test
  void groupsAsInIndia() {
    FittedNumber number =
        (FittedNumber)
            open(i -> "\"" + (i % 9 + 1) + ",23," + (100 + i) + "\"").pipeline().columns().get(0);
    assertThat(number.min()).isBetween(123_100.0, 123_299.0);
  }

  @Test
  void whatLooksLikeNumbersAndIsNoneIsTold() {
    for (String pattern : List.of("0x#f", "#/8", "1.2.3.#", "#:3-5")) {
      assertThat(open(i -> pattern.replace("#", "" + (i % 40 + 10))).notices())
          .as(pattern)
          .anyMatch(
              notice ->
                  notice.startsWith(
                      "column 'a' is read as categories, as its digits make no numbers that can be"
                          + " told (--ignore a leaves it out), such as '"));
    }
    assertThat(open(i -> "A" + i % 40).notices())
        .noneMatch(notice -> notice.contains("no numbers that can be told"));
  }

  @Test
  void decimalCommasAndThousands() {
    assertReadAsNumbers(i -> quoted(number(i), "%.1f").replace('.', ','), "a decimal comma");
    assertReadAsNumbers(i -> quoted(1e6 * number(i), "%,.1f"), "',' between thousands");
    assertReadAsNumbers(
        i -> quoted(1e6 * number(i), "%,.1f").replace(',', ' '), "blanks between thousands");
    assertReadAsNumbers(
        i -> quoted(1e6 * number(i), "%,.1f").replace(',', '\u202f'), "blanks between thousands");
    assertReadAsNumbers(
        i -> quoted(1e6 * number(i), "%,.1f").replace(',', '\''), "''' between thousands");
    assertReadAsNumbers(
        i -> quoted(1e6 * number(i), "%,.1f").replace(',', '_').replace('.', ',').replace('_', '.'),
        "'.' between thousands, a decimal comma");
  }

  @Test
  void aGroupThatMayBeAFractionIsRefusedOnceWithBothOptions() {
    IntFunction<String> cells = i -> "\"" + (1 + i % 9) + "," + (100 + i) + "\"";
    assertThat(refusal(cells))
        .startsWith("column 'a': expected numbers whose marks can be told, found '")
        .endsWith(", with decimals or with thousands (choices: --decimal ',', --thousands ',')");
    rulings = new Rulings(false, ',', null, Rulings.Duplicates.AUTO);
    FittedNumber number = (FittedNumber) open(cells).pipeline().columns().get(0);
    assertThat(number.max()).isGreaterThan(9000);
  }

  @Test
  void aGroupOfZeroIsAFraction() {
    assertReadAsNumbers(i -> "\"0," + (100 + Math.abs((int) (10 * number(i)))) + "\"", "comma");
  }

  @Test
  void numbersInDifferentClothesAreRefusedWithTheCharacter() {
    assertThat(refusal(i -> i % 2 == 0 ? number(i) + "%" : "" + number(i) / 100))
        .startsWith("column 'a': expected numbers that are all written alike, found ")
        .contains("%' (", "plain numbers (")
        .endsWith("(choices: --categorical a, --ignore a)");
    assertThat(refusal(i -> (i % 2 == 0 ? "$" : "\u20ac") + number(i))).contains("$", "\u20ac");
  }

  @Test
  void unitsThatDifferMakeCategoriesAndAreTold() {
    assertThat(open(i -> i % 12 + 1 + (i % 2 == 0 ? " years" : " months")).notices())
        .anyMatch(
            notice ->
                notice.startsWith(
                    "column 'a' is read as categories, as its numbers are not written alike: '1"
                        + " years' ("));
  }

  @Test
  void codesAreNoNumbers() {
    assertThat(features(i -> "A" + i % 5)).contains("a=A0", "a=A4");
    assertThat(features(i -> i % 3 + 1 + new String[] {"st", "nd", "rd"}[i % 3]))
        .contains("a=1st", "a=2nd", "a=3rd");
    assertThat(features(i -> i % 5 + "-" + (i % 5 + 9))).contains("a=0-9");
    assertThat(open(i -> i % 3 + 1 + new String[] {"st", "nd", "rd"}[i % 3]).notices())
        .noneMatch(notice -> notice.contains("not written alike"));
  }

  @Test
  void aFewBadCellsAreTold() {
    assertThat(refusal(i -> i == 17 ? "n.a." : number(i) + "%"))
        .isEqualTo(
            "line 19, column 'a': expected a number with '%' behind it, found 'n.a.' (choices:"
                + " --missing n.a., --categorical a, --ignore a)");
    assertThat(refusal(i -> i == 17 ? "5\u00a7" : "" + number(i)))
        .contains("found '5\u00a7', with U+00A7 (section sign) (choices: ");
  }

  @Test
  void clothesHoldAtPrediction() {
    FittedPipeline pipeline =
        FittedPipeline.fromJson(open(i -> number(i) + "%").pipeline().toJson());
    assertThat(pipeline.toJson()).contains("\"version\":2");
    double dressed = encode(pipeline, "a,b\n12.5 %,1\n")[0];
    double[][] range = pipeline.ranges();
    FittedNumber number = (FittedNumber) pipeline.columns().get(0);
    assertThat(dressed).isEqualTo((12.5 - number.mean()) / number.scale());
    assertThat(range[0][0]).isLessThan(range[0][1]);
    assertThatThrownBy(() -> encode(pipeline, "a,b\n12.5,1\n"))
        .hasMessageContaining(
            "line 2, column 'a': expected a number with '%' behind it, found '12.5'");
  }

  @Test
  void signsAndBlanksOfAnyKindAreReadAtPrediction() {
    FittedPipeline pipeline = open(i -> "" + number(i)).pipeline();
    assertThat(encode(pipeline, "a,b\n\u00a0\u22121.5,1\n"))
        .containsExactly(encode(pipeline, "a,b\n-1.5,1\n"));
  }

  @Test
  void numbersWithLeadingZerosAreCategories() {
    IntFunction<String> cells = i -> i % 3 == 0 ? "02134" : i % 3 == 1 ? "2134" : "10001";
    assertThat(features(cells)).contains("a=02134", "a=2134", "a=10001");
    assertThat(open(cells).notices())
        .contains(
            "column 'a' is read as categories, as there are leading zeros (--numeric a reads"
                + " numbers), such as '02134'");
    assertThat(features(i -> "0" + Math.abs(number(i)))).as("decimals").containsExactly("a", "b");
  }

  @Test
  void wordsForTrueAndFalseAreTheSameInAnyCase() {
    IntFunction<String> cells = i -> new String[] {"TRUE", "true", "False", "FALSE", "True"}[i % 5];
    assertThat(features(cells)).hasSize(4).endsWith("a is other", "b");
    assertThat(open(cells).notices())
        .anyMatch(
            notice ->
                notice.startsWith("column 'a': upper and lower case make no difference: ")
                    && notice.contains("'True'")
                    && notice.contains(" = 'FALSE'"));
    FittedPipeline pipeline = FittedPipeline.fromJson(open(cells).pipeline().toJson());
    assertThat(encode(pipeline, "a,b\ntRuE,1\n")).startsWith(0, 1, 0);
  }

  @Test
  void textsAmongNumbersMakeCategoriesUnlessNearlyAllAreNumbers() {
    IntFunction<String> tickets = i -> i % 3 == 0 ? "PC " + i % 7 : String.valueOf(1000 + i % 41);
    assertThat(features(tickets)).contains("a=PC 0", "a is other");
    assertThat(refusal(i -> i % 20 == 0 ? "PC" : String.valueOf(1000 + i * i)))
        .contains("expected numbers, found 10 cells that are none, the first 'PC'");
  }

  @Test
  void datesAreDaysWithTheirCycles() {
    LocalDate first = LocalDate.of(2019, 3, 1);
    Dataset dataset = open(i -> first.plusDays(6L * i).toString());
    assertThat(dataset.pipeline().featureNames())
        .containsExactly(
            "a",
            "a day of the week (sine)",
            "a day of the week (cosine)",
            "a time of the year (sine)",
            "a time of the year (cosine)",
            "b");
    assertThat(dataset.notices())
        .anyMatch(
            notice ->
                notice.startsWith(
                        "column 'a' is read as dates (year, month, day): days since 2019-03-0")
                    && notice.endsWith(
                        ", and day of the week, time of the year as sine and cosine"));
    FittedPipeline pipeline = FittedPipeline.fromJson(dataset.pipeline().toJson());
    double[] monday = encode(pipeline, "a,b\n2020-06-01,1\n");
    double[] nextMonday = encode(pipeline, "a,b\n2020-06-08T00:00:00Z,1\n");
    FittedNumber date = (FittedNumber) pipeline.columns().get(0);
    assertThat(nextMonday[0] - monday[0]).isCloseTo(7 / date.scale(), within(1e-9));
    assertThat(monday[1]).isCloseTo(0, within(1e-9));
    assertThat(monday[2]).isCloseTo(1, within(1e-9));
    assertThat(encode(pipeline, "a,b\n,1\n"))
        .endsWith(0, 0, 0, 0, encode(pipeline, "a,b\n,1\n")[5]);
    assertThatThrownBy(() -> encode(pipeline, "a,b\n2020-02-30,1\n"))
        .hasMessageContaining("expected a date (year, month, day), found '2020-02-30'");
  }

  @Test
  void daysAndMonthsAreToldApartOrRefused() {
    assertThat(form(i -> i % 28 + 1 + "/" + (i % 12 + 1) + "/2021")).isEqualTo(DateForm.DMY);
    assertThat(form(i -> i % 12 + 1 + "/" + (i % 28 + 1) + "/21")).isEqualTo(DateForm.MDY);
    assertThat(form(i -> i % 9 + 1 + "." + (i % 12 + 1) + ".2021")).isEqualTo(DateForm.DMY);
    assertThat(
            form(i -> i % 28 + 1 + " " + "JanFebMar".substring(i % 3 * 3, i % 3 * 3 + 3) + " 2021"))
        .isEqualTo(DateForm.D_MONTH_Y);
    assertThat(form(i -> "\"March " + (i % 28 + 1) + ", 2021\"")).isEqualTo(DateForm.MONTH_D_Y);
    IntFunction<String> open = i -> i % 12 + 1 + "/" + (i % 11 + 1) + "/2021";
    assertThat(refusal(open))
        .endsWith(
            "which may be either way round (choices: --date-order dmy, --date-order mdy, --ignore"
                + " a)");
    rulings = new Rulings(false, null, Rulings.DateOrder.MDY, Rulings.Duplicates.AUTO);
    assertThat(form(open)).isEqualTo(DateForm.MDY);
  }

  @Test
  void datesWithoutADay() {
    assertThat(form(i -> 2000 + i % 20 + "-" + (i % 12 + 1))).isEqualTo(DateForm.YM);
    assertThat(form(i -> i % 12 + 1 + "/" + (2000 + i % 20))).isEqualTo(DateForm.MY);
    assertThat(form(i -> "JanFebMar".substring(i % 3 * 3, i % 3 * 3 + 3) + "-" + (2000 + i % 20)))
        .isEqualTo(DateForm.MONTH_Y);
    assertThat(form(i -> "JanFebMar".substring(i % 3 * 3, i % 3 * 3 + 3) + "-" + (10 + i % 20)))
        .isEqualTo(DateForm.MONTH_Y);
    assertThat(form(i -> 2000 + i % 20 + "Q" + (i % 4 + 1))).isEqualTo(DateForm.Y_QUARTER);
    assertThat(form(i -> "Q" + (i % 4 + 1) + " " + (2000 + i % 20))).isEqualTo(DateForm.QUARTER_Y);
    assertThat(form(i -> "\"Tue, " + (i % 28 + 1) + " Jan 2021\"")).isEqualTo(DateForm.D_MONTH_Y);
    assertThat(DateForm.Y_QUARTER.number("1970Q2")).isEqualTo(90);
    assertThat(DateForm.YM.number("1970-02")).isEqualTo(31);
    assertThat(features(i -> 2000 + i % 20 + "-" + (i % 12 + 1)))
        .as("no day of the week")
        .containsExactly("a", "a time of the year (sine)", "a time of the year (cosine)", "b");
    assertThat(form(i -> i % 50 + 100 + "-" + (i % 12 + 1))).as("codes").isNull();
  }

  @Test
  void datesThatAreNotAllWrittenAlikeAreRefusedWithBothForms() {
    LocalDate first = LocalDate.of(2019, 3, 1);
    assertThat(
            refusal(
                i ->
                    i % 3 == 0
                        ? first.plusDays(i).toString()
                        : i % 28 + 1 + "." + (i % 12 + 1) + ".2021"))
        .matches(
            "column 'a': expected dates that are all written alike, found '.*2021' \\(day, month,"
                + " year; \\d+ cells\\) beside '2019-.*' \\(year, month, day; \\d+ cells\\)"
                + " \\(choices: --categorical a, --ignore a\\)");
    assertThat(refusal(i -> i == 100 ? "31.12.2020" : first.plusDays(i).toString()))
        .as("one only")
        .doesNotContain("--missing");
  }

  @Test
  void wholeNumbersThatAreAllDatesAreDatesUnlessAskedToBeNumbers() {
    LocalDate first = LocalDate.of(2019, 3, 1);
    IntFunction<String> cells = i -> first.plusDays(i * 7 % 199).toString().replace("-", "");
    assertThat(form(cells)).isEqualTo(DateForm.BARE);
    assertThat(form(i -> i % 9 == 0 ? "" : cells.apply(i) + ".0")).isEqualTo(DateForm.BARE);
    assertThat(open(cells).notices())
        .anyMatch(
            notice ->
                notice.startsWith("column 'a' is read as dates (year, month, day): days since 2019")
                    && notice.endsWith("; --numeric a reads numbers"));
    assertThat(form(i -> i % 10 == 0 ? "20190230" : cells.apply(i))).as("no such day").isNull();
    assertThat(form(i -> i % 2 == 0 ? "20190301" : "20190302")).as("too few").isNull();
    FittedPipeline pipeline = FittedPipeline.fromJson(open(cells).pipeline().toJson());
    assertThatThrownBy(() -> encode(pipeline, "a,b\n20190230,1\n"))
        .hasMessageContaining("expected a date (year, month, day), found '20190230'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "03Jan2022          | D_MONTH_Y | 18995",
        "03JAN2022:12:00:00 | D_MONTH_Y | 18995.5",
        "3rd Jan 2022       | D_MONTH_Y | 18995",
        "3. Januar 2022     | D_MONTH_Y | 18995",
        "3 de enero de 2022 | D_MONTH_Y | 18995",
        "lundi 3 janvier 2022 | D_MONTH_Y | 18995",
        "7 M\u00e4rz 2022  | D_MONTH_Y | 19058",
        "15 ao\u00fbt 2022 | D_MONTH_Y | 19219",
        "2022\u5e741\u67083\u65e5 | SIGNED | 18995",
        "2022\ub144 1\uc6d4 3\uc77c | SIGNED | 18995",
        "95:30              | SPAN | 95.5",
        "30:15:36           | LONG_SPAN | 30.26",
        "23:45              | TIME | 0.98958333333333333",
      })
  void datesInManyTongues(String cell, DateForm form, double number) {
    assertThat(form.number(cell)).isCloseTo(number, within(1e-12));
    assertThat(DateForm.values())
        .filteredOn(other -> !other.isSpan() && other != form)
        .allMatch(other -> Double.isNaN(other.number(cell)));
  }

  /** juin or juillet; and no month at all. */
  @ParameterizedTest
  @ValueSource(strings = {"3 jui 2022", "3 kg 2022", "3 mmm 2022", "3 a 2022"})
  void whatNamesNoMonth(String cell) {
    assertThat(DateForm.D_MONTH_Y.number(cell)).isNaN();
  }

  @Test
  void spansOfTime() {
    Dataset dataset = open(i -> "%d:%02d".formatted(i % 90, i * 7 % 60));
    assertThat(dataset.pipeline().featureNames()).containsExactly("a", "b");
    assertThat(dataset.notices())
        .contains(
            "column 'a' is read as spans of time, each number counting sixtieths of the one"
                + " before");
    assertThat(encode(dataset.pipeline(), "a,b\n44:30,1\n")[0])
        .isCloseTo(
            (44.5 - ((FittedNumber) dataset.pipeline().columns().get(0)).mean())
                / ((FittedNumber) dataset.pipeline().columns().get(0)).scale(),
            within(1e-9));
    assertThat(refusal(i -> i % 2 == 0 ? "30:15" : "70:15:20"))
        .contains("'30:15' (60 to 1;", "beside '70:15:20' (60 to 1, twice;");
  }

  @Test
  void hexadecimalNumbersAreCategoriesAndTold() {
    assertThat(open(i -> "0x" + Integer.toHexString(700 + i % 40)).notices())
        .anyMatch(notice -> notice.contains("as its digits make no numbers that can be told"));
  }

  @Test
  void underscoresBetweenThousands() {
    assertReadAsNumbers(
        i -> String.format(Locale.ROOT, "%,.1f", number(i) * 1e6).replace(',', '_'),
        "'_' between thousands");
  }

  @Test
  void timesOfDay() {
    assertThat(features(i -> String.format("%02d:%02d", i % 24, i * 7 % 60)))
        .containsExactly("a", "a time of day (sine)", "a time of day (cosine)", "b");
    assertThat(DateForm.TIME.number("11:30 pm")).isEqualTo(23.5 / 24);
    assertThat(DateForm.TIME.number("12:00 am")).isZero();
    assertThat(DateForm.TIME.number("24:01")).isNaN();
    assertThat(DateForm.YMD.number("1970-01-02 12:00:00+02:00"))
        .isCloseTo(1 + 10 / 24.0, within(1e-12));
  }

  @Test
  void datesInADataVecRecordHaveTheSameBits() throws Exception {
    String cells = "TRUE,true,False";
    Dataset dataset =
        open(
            i ->
                LocalDate.of(2019, 3, 1).plusDays(6L * i)
                    + ","
                    + cells.split(",")[i % 3]
                    + ",$"
                    + number(i),
            "a,flag,price");
    FittedPipeline pipeline = dataset.pipeline();
    try (StrictCsvRecordReader strict = new StrictCsvRecordReader(pipeline);
        TransformProcessRecordReader reader =
            new TransformProcessRecordReader(strict, pipeline.transformProcess());
        RowStream rows =
            pipeline.open(directory.resolve("data.csv"), CsvFormat.DEFAULT, LabelUse.REQUIRED)) {
      reader.initialize(new FileSplit(directory.resolve("data.csv").toFile()));
      int count = 0;
      while (rows.next()) {
        List<Writable> record = reader.next();
        for (int j = 0; j < rows.features().length; j++) {
          assertThat(record.get(j).toDouble()).isEqualTo(rows.features()[j]);
        }
        assertThat(record.get(rows.features().length).toInt()).isEqualTo(rows.label());
        count++;
      }
      assertThat(count).isEqualTo(200);
    }
  }

  private static double number(int i) {
    return (i * 37 % 101 - 30) / 2.0 + 0.5;
  }

  private static String quoted(double number, String pattern) {
    return "\"" + String.format(Locale.ROOT, pattern, number) + "\"";
  }

  /** Whatever they wear, they are the same features as plain numbers. */
  private void assertReadAsNumbers(IntFunction<String> cells, String told) {
    Dataset dataset = open(cells);
    assertThat(dataset.pipeline().featureNames()).containsExactly("a", "b");
    assertThat(dataset.notices())
        .anyMatch(
            notice ->
                notice.startsWith("column 'a' is read as numbers with ") && notice.contains(told));
    FittedNumber number = (FittedNumber) dataset.pipeline().columns().get(0);
    assertThat(number.notation()).isInstanceOf(Clothes.class);
    if (!told.equals("comma")) {
      boolean millions = number.max() > 1000;
      assertThat(number.max() / (millions ? 1e6 : 1)).isBetween(30.0, 35.5);
    }
  }

  private DateForm form(IntFunction<String> cells) {
    return (DateForm) ((FittedNumber) open(cells).pipeline().columns().get(0)).notation();
  }

  private List<String> features(IntFunction<String> cells) {
    return open(cells).pipeline().featureNames();
  }

  private String refusal(IntFunction<String> cells) {
    InputException refusal = catchThrowableOfType(InputException.class, () -> open(cells));
    assertThat(refusal.problems()).hasSize(1);
    return refusal.problems().get(0).toString().replaceFirst("^.*data\\.csv(, | )", "");
  }

  private Dataset open(IntFunction<String> cells) {
    return open(cells, "a");
  }

  private Dataset open(IntFunction<String> cells, String header) {
    StringBuilder text = new StringBuilder(header).append(",b,label\n");
    for (int i = 0; i < 200; i++) {
      text.append(cells.apply(i)).append(',').append(i * 29 % 83 / 4.0);
      text.append(i % 3 == 0 ? ",n\n" : ",y\n");
    }
    Path file = CsvFile.write(directory, text.toString());
    Dataset dataset =
        Dataset.open(DataSpec.of(file.toString(), null, null).withRulings(rulings), 1);
    dataset.close();
    return dataset;
  }

  private double[] encode(FittedPipeline pipeline, String rows) {
    try (RowStream stream =
        pipeline.open(CsvFile.write(directory, rows), pipeline.format(), LabelUse.OPTIONAL)) {
      assertThat(stream.next()).isTrue();
      return stream.features().clone();
    }
  }
}
