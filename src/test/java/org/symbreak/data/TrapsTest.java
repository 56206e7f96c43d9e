package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would make figures better than new rows would, or say too little. */
class TrapsTest {
  private static final int ROWS = 300;

  @TempDir private Path directory;
  private Rulings rulings = Rulings.NONE;

  @ParameterizedTest
  @ValueSource(strings = {"", "Unnamed: 0", "id", "ID", "index", "rownames", "row.names", "X"})
  void anIndexIsLeftOutAndNotNeededToPredict(String name) {
    Dataset dataset = open(name + ",b", (i, j) -> j == 0 ? shuffled(i) : value(i));
    assertThat(dataset.pipeline().featureNames()).containsExactly("b");
    assertThat(dataset.notices())
        .anyMatch(
            notice ->
                notice.contains("is left out: it numbers the rows, as an index does")
                    && notice.contains("--numeric"));
    try (RowStream rows =
        FittedPipeline.fromJson(dataset.pipeline().toJson())
            .open(CsvFile.write(directory, "b\n1\n"), CsvFormat.DEFAULT, LabelUse.OPTIONAL)) {
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void gapsOfTenPercentAreStillAnIndex() {
    assertThat(open("id,b", (i, j) -> j == 0 ? shuffled(i) * 11 / 10 : value(i)).notices())
        .anyMatch(notice -> notice.contains("numbers the rows"));
  }

  @Test
  void anIndexWithoutANameStaysOneWhereRowsWereSetAside() {
    for (String name : List.of("", "Unnamed: 0")) {
      assertThat(open(name + ",b", (i, j) -> j == 0 ? shuffled(i) * 5 / 4 : value(i)).notices())
          .anyMatch(notice -> notice.contains("numbers the rows"));
    }
  }

  @Test
  void whatOnlyLooksLikeAnIndexIsToldAndKept() {
    for (String name : List.of("case", "id")) {
      Dataset dataset =
          open(
              name + ",b", (i, j) -> j == 0 ? shuffled(i) * (name.equals("id") ? 2 : 1) : value(i));
      assertThat(dataset.pipeline().featureNames()).containsExactly(name, "b");
      assertThat(dataset.notices())
          .anyMatch(
              notice ->
                  notice.matches(
                      "column '"
                          + name
                          + "' has another whole number in every row, as an identifier does, and is"
                          + " kept \\(AUC of its numbers alone 0\\.\\d{3}\\); --ignore "
                          + name
                          + " leaves it out"));
    }
  }

  @Test
  void aCopyOfTheLabelIsToldAndKept() {
    assertTold(
        "copy",
        i -> isPositive(i) ? "malignant" : "benign",
        "its values alone part the classes in 100.0 %");
    assertTold(
        "copy",
        i -> isPositive(i) ? 1 + value(i) / 1000 : -value(i) / 1000,
        "the AUC of its numbers alone is 1.000");
    assertTold(
        "boat",
        i -> isPositive(i) ? value(i) : "",
        "whether it is missing parts the classes in 100.0 %");
  }

  private void assertTold(String name, IntFunction<Object> cell, String how) {
    Dataset dataset = open(name + ",b", (i, j) -> j == 0 ? cell.apply(i) : value(i));
    assertThat(dataset.pipeline().featureNames().get(0)).startsWith(name);
    assertThat(dataset.notices())
        .anyMatch(
            notice ->
                notice.startsWith(
                        "column '" + name + "' tells the label, as a copy of it would (" + how)
                    && notice.endsWith("--ignore " + name));
  }

  @Test
  void nothingIsToldOfHonestColumns() {
    assertThat(
            open("a,b", (i, j) -> j == 0 ? (isPositive(i) ? 1 : 0) + value(i) % 7 / 3 : value(i))
                .notices())
        .hasSize(1);
  }

  @Test
  void equalRowsStayTogetherWhereChanceHardlyRepeatsThem() {
    CsvFile.Cells tenTimes = (i, j) -> value(i % 30) + j;
    Dataset dataset = open("a,b", tenTimes);
    assertThat(dataset.notices())
        .contains(
            "300 of 300 rows (100.0 %) equal another one in all columns but the label and stay with"
                + " it in one part, as chance would hardly repeat the numbers of column 'a';"
                + " --duplicates keep spreads them");
    assertThat(inCommon(dataset)).isEmpty();
    assertThat(dataset.test().rows()).isBetween(30, 90);
    rulings = new Rulings(false, null, null, Rulings.Duplicates.KEEP);
    dataset = open("a,b", tenTimes);
    assertThat(inCommon(dataset)).isNotEmpty();
    assertThat(dataset.notices())
        .anyMatch(
            notice ->
                notice.matches(
                    "\\d+ of \\d+ test rows \\(100\\.0 %\\) equal a training row in all columns but"
                        + " the label; --duplicates group keeps equal rows in one part"));
  }

  @Test
  void equalRowsOfCategoriesAreSpreadAndToldUnlessToBeGrouped() {
    CsvFile.Cells few = (i, j) -> i / (j + 1) % 3;
    assertThat(open("a,b", few).notices())
        .anyMatch(notice -> notice.contains("test rows (100.0 %) equal a training row"));
    rulings = new Rulings(false, null, null, Rulings.Duplicates.GROUP);
    Dataset dataset = open("a,b", few);
    assertThat(inCommon(dataset)).isEmpty();
    assertThat(dataset.notices()).anyMatch(notice -> notice.endsWith("in one part, as asked for"));
  }

  @Test
  void anIndexDoesNotHideEqualRows() {
    assertThat(open("id,a", (i, j) -> j == 0 ? shuffled(i) : value(i % 30)).notices())
        .anyMatch(notice -> notice.startsWith("300 of 300 rows (100.0 %) equal another one"));
  }

  @Test
  void withoutEqualRowsTheSplitIsThatOfKeeping() {
    Dataset auto = open("a,b", (i, j) -> value(i) + j);
    rulings = new Rulings(false, null, null, Rulings.Duplicates.KEEP);
    Dataset kept = open("a,b", (i, j) -> value(i) + j);
    assertThat(IntStream.range(0, kept.test().rows()).mapToLong(kept.test()::line))
        .containsExactlyElementsOf(
            IntStream.range(0, auto.test().rows()).mapToObj(auto.test()::line).toList());
  }

  @Test
  void fewRowsOfAClass() {
    assertThat(openText(CsvFile.table(60, "a", (i, j) -> value(i))).notices())
        .anyMatch(
            notice ->
                notice.equals(
                    "few rows of a class: 4 of 'n' and 4 of 'y' in validation, 6 of 'n' and 6 of"
                        + " 'y' in test; figures on so few vary widely from seed to seed"));
  }

  @Test
  void constantColumnsAreOneLineAndNearlyConstantOnesAnother() {
    StringBuilder header = new StringBuilder("a");
    for (int j = 1; j < 72; j++) {
      header.append(",k").append(j);
    }
    List<String> notices =
        open(header.toString(), (i, j) -> j == 0 ? value(i) : j == 71 && i % 150 == 50 ? 5 : 7)
            .notices();
    assertThat(notices.stream().filter(notice -> notice.contains("same value")))
        .hasSize(2)
        .anyMatch(
            notice ->
                notice.startsWith("columns 'k1', 'k2',")
                    && notice.endsWith(
                        " and 60 more columns are left out: each has the same value in every"
                            + " training row"))
        .anyMatch(
            notice ->
                notice.equals(
                    "column 'k71' has the same value in at least 99 % of the training rows, and is"
                        + " kept"));
  }

  @Test
  void sparseColumnsDoNotReachFarOut() {
    FittedPipeline pipeline =
        open("a,b", (i, j) -> j == 0 ? value(i) : i % 50 == 0 ? 1 : 0).pipeline();
    assertThat(pipeline.ranges()[1][1]).isEqualTo(SparseScales.OUTERMOST);
    assertThat(pipeline.ranges()[0][1]).isBetween(1.0, 2.0);
    FittedPipeline wide =
        open("a,b", (i, j) -> j == 0 ? value(i) : i == 7 || i == 8 ? 1e6 : value(i)).pipeline();
    assertThat(wide.ranges()[1][1]).as("an outlier among various numbers").isGreaterThan(9);
  }

  @Test
  void fourRowsTrainWhereNothingIsTested() {
    Path file =
        CsvFile.write(directory, "x1,x2,label\n1.0,0.0,1\n0.0,1.0,1\n0.0,0.0,0\n1.0,1.0,0\n");
    try (Dataset dataset = Dataset.open(CsvFile.spec(file.toString(), null, 0, 0, true), 1)) {
      assertThat(dataset.train().rows()).isEqualTo(4);
      assertThat(dataset.test().rows()).isZero();
      assertThat(dataset.pipeline().featureNames()).containsExactly("x1", "x2");
    }
  }

  @Test
  void numbersThatPartTheClassesInRangesAreTold() {
    assertTold(
        "code",
        i -> isPositive(i) ? 3 + 4 * (i % 2) : 1 + 4 * (i % 3),
        "ranges of its numbers alone part the classes in 100.0 %");
    assertTold(
        "band",
        i -> isPositive(i) ? value(i) : (i % 2 == 0 ? 900 : -900) + value(i),
        "ranges of its numbers alone part the classes in 100.0 %");
    assertThat(
            open(
                    "code,b",
                    (i, j) ->
                        j == 0 ? (isPositive(i) == (i % 11 > 0) ? 3 : 1 + 4 * (i % 2)) : value(i))
                .notices())
        .noneMatch(notice -> notice.contains("ranges of its numbers"));
  }

  @Test
  void aNumberOfNinesFarFromAllOthersIsTold() {
    for (int nines : new int[] {-999, 9999}) {
      assertThat(open("a,b", (i, j) -> j == 0 && i % 10 == 3 ? nines : value(i)).notices())
          .anyMatch(
              notice ->
                  notice.matches(
                      "column 'a': "
                          + nines
                          + " in \\d+\\.\\d % of the training rows lies far from all others \\(.*"
                          + " to .*\\); if it stands for missing cells, name it with --missing as"
                          + " the file writes it"));
    }
    assertThat(open("a,b", (i, j) -> j == 0 && i % 10 == 3 ? 99 : value(i) * 3).notices())
        .noneMatch(notice -> notice.contains("--missing"));
    assertThat(open("a,b", (i, j) -> j == 0 && i % 10 == 3 ? -1000 : value(i)).notices())
        .noneMatch(notice -> notice.contains("--missing"));
  }

  private static boolean isPositive(int i) {
    return i % 5 < 2;
  }

  private static double value(int i) {
    return i * 137 % 307 / 8.0;
  }

  /** A permutation of 1 to 300. */
  private static int shuffled(int i) {
    return i * 7 % ROWS + 1;
  }

  /** Rows of features that training and test have in common. */
  private static Set<List<Double>> inCommon(Dataset dataset) {
    Set<List<Double>> training = rows(dataset.train());
    training.retainAll(rows(dataset.test()));
    return training;
  }

  private static Set<List<Double>> rows(EncodedRows part) {
    Set<List<Double>> rows = new HashSet<>();
    for (int row = 0; row < part.rows(); row++) {
      double[] features = new double[part.features()];
      part.features(row, features, 0);
      rows.add(Arrays.stream(features).boxed().toList());
    }
    return rows;
  }

  private Dataset open(String header, CsvFile.Cells cells) {
    StringBuilder text = new StringBuilder(header).append(",label\n");
    int columns = header.split(",", -1).length;
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < columns; j++) {
        text.append(cells.at(i, j)).append(',');
      }
      text.append(isPositive(i) ? "y\n" : "n\n");
    }
    return openText(text.toString());
  }

  private Dataset openText(String text) {
    Path file = CsvFile.write(directory, text);
    Dataset dataset =
        Dataset.open(DataSpec.of(file.toString(), null, null).withRulings(rulings), 1);
    dataset.close();
    return dataset;
  }
}
