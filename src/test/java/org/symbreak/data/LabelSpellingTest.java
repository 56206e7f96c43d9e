package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.problem.InputException;

/** Which texts of the label's column are the same class. */
class LabelSpellingTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "1.0, 0.0, 1.0",
    "1, 0, 1",
    "1.0, -1.0, 1.0",
    "+1, -1, +1",
    "1, \u22121, 1",
    "t, f, t",
    "Y, N, Y",
    "TRUE, FALSE, TRUE",
    "On, off, On",
    "Yes, No, Yes",
    "Present, Absent, Present",
    "Ja, nein, Ja",
    "oui, non, oui",
    "s\u00ed, no, s\u00ed",
    "pos, neg, pos",
    "malignant, benign, malignant"
  })
  void theObviousOneIsPositiveThoughItIsTheMoreFrequent(
      String often, String rare, String positive) {
    Dataset dataset = open(Rulings.NONE, null, often, often, rare);
    assertThat(dataset.pipeline().positive()).isEqualTo(positive);
    assertThat(dataset.notices().get(0)).contains("the obvious one, in 40 of 60 rows");
  }

  @Test
  void numbersAreTheSameHoweverTheyAreWritten() {
    Dataset dataset = open(Rulings.NONE, null, "0", "1", "0.0", "1.0", "1", "0");
    assertThat(dataset.pipeline().positive()).isEqualTo("1");
    assertThat(dataset.pipeline().negative()).isEqualTo("0");
    assertThat(dataset.notices().get(0)).contains("in 30 of 60 rows");
    assertThat(dataset.notices()).noneMatch(notice -> notice.contains("counts as"));
  }

  @Test
  void numbersAndWordsThatMeanTheSameAreOneClassAndTold() {
    Dataset dataset = open(Rulings.NONE, null, "1.0", "False", "1.0", "0", "true", "False");
    assertThat(dataset.pipeline().positive()).isEqualTo("1.0");
    assertThat(dataset.pipeline().negative()).isEqualTo("False");
    assertThat(dataset.notices().get(1))
        .isEqualTo(
            "label 'label': 'true' counts as '1.0' (10 rows), '0' counts as 'False' (10 rows), as"
                + " they mean the same; if they are different classes, rename them in the file");
    Path file = CsvFile.write(directory, "a,label\n1,yes\n2,0.0\n3,2\n");
    try (RowStream rows = dataset.pipeline().open(file, CsvFormat.DEFAULT, LabelUse.OPTIONAL)) {
      for (int label : new int[] {1, 0, -1}) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.label()).isEqualTo(label);
      }
    }
    assertThat(refusal(Rulings.NONE, null, "1", "yes", "2")).contains("found 3: '1' (20 rows)");
  }

  @Test
  void anAskedForValueIsFoundHoweverItIsWritten() {
    assertThat(open(Rulings.NONE, "1", "0.0", "1.0", "1.0").pipeline().positive()).isEqualTo("1.0");
    assertThat(open(Rulings.NONE, "good", "bad", "Good", "bad").pipeline().positive())
        .isEqualTo("Good");
    assertThat(refusal(Rulings.NONE, "2", "0.0", "1.0")).endsWith("found '2' (choices: 0.0, 1.0)");
  }

  @Test
  void aModelTakesLabelsHoweverTheyAreWritten() {
    FittedPipeline pipeline = open(Rulings.NONE, null, "0", "1").pipeline();
    Path file = CsvFile.write(directory, "a,label\n1,1.0\n2,0.0\n3,1\n4,2\n");
    try (RowStream rows = pipeline.open(file, pipeline.format(), LabelUse.OPTIONAL)) {
      int[] labels = new int[4];
      for (int row = 0; row < labels.length; row++) {
        assertThat(rows.next()).isTrue();
        labels[row] = rows.label();
      }
      assertThat(labels).containsExactly(1, 0, 1, -1);
    }
  }

  @Test
  void spellingsThatDifferInCaseBlanksOrAFullStopAreOneClassAndTold() {
    Dataset dataset = open(Rulings.NONE, null, ">50K", "<=50K", "<=50K.", "<= 50k", "<=50K");
    assertThat(dataset.pipeline().positive()).isEqualTo(">50K");
    assertThat(dataset.pipeline().negative()).isEqualTo("<=50K");
    assertThat(dataset.notices().get(1))
        .isEqualTo(
            "label 'label': '<=50K.' counts as '<=50K' (12 rows), '<= 50k' counts as '<=50K' (12"
                + " rows), as they differ in case, blanks or a final full stop alone; if they are"
                + " different classes, rename them in the file");
    Path file = CsvFile.write(directory, "a,label\n1,>50K.\n2,<=50K.\n3,>50K.\n");
    try (RowStream rows = dataset.pipeline().open(file, CsvFormat.DEFAULT, LabelUse.REQUIRED)) {
      for (int label : new int[] {1, 0, 1}) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.label()).isEqualTo(label);
      }
      assertThat(rows.unseen())
          .singleElement()
          .asString()
          .startsWith(
              "label 'label': '>50K.' counts as '>50K' (2 rows), '<=50K.' counts as '<=50K' (1"
                  + " row)");
    }
  }

  @Test
  void twoSpellingsAloneAreTwoClasses() {
    Dataset dataset = open(Rulings.NONE, null, "a", "A", "A");
    assertThat(dataset.pipeline().positive()).isEqualTo("a");
    assertThat(dataset.notices().get(0)).contains("the rarer one, in 20 of 60 rows");
  }

  @Test
  void moreThanTwoClassesStayMore() {
    assertThat(refusal(Rulings.NONE, null, "a", "A.", "b", "c"))
        .endsWith("found 3: 'a' (30 rows), 'b' (15 rows), 'c' (15 rows)");
  }

  @Test
  void quotesAndWideCharactersMakeNoDifference() {
    assertThat(open(Rulings.NONE, null, "'0'", "'1'").pipeline().positive()).isEqualTo("'1'");
    assertThat(open(Rulings.NONE, null, "\uff10", "\uff11").pipeline().positive())
        .isEqualTo("\uff11");
  }

  @Test
  void missingLabelsAreToldOnceWithTheOptionThatLeavesThemOut() {
    assertThat(refusal(Rulings.NONE, null, "0", "1", ""))
        .endsWith(
            "column 'label': expected a label in every row, found nothing in 20 of 60 rows, the"
                + " first on line 4 (choices: --skip-missing-labels)");
    Rulings skip = new Rulings(true, null, null, Rulings.Duplicates.AUTO);
    Dataset dataset = open(skip, null, "0", "1", "");
    assertThat(dataset.rows()).isEqualTo(40);
    assertThat(dataset.notices())
        .contains("label 'label': 20 of 60 rows are left out, as they have none");
  }

  @Test
  void missingLabelsOfATestFileAreLeftOutToo() throws Exception {
    Path test = Files.writeString(directory.resolve("test.csv"), "a,label\n1,1\n2,\n3,0\n");
    Rulings skip = new Rulings(true, null, null, Rulings.Duplicates.AUTO);
    DataSpec spec = spec(skip, null, "0", "1").withFiles(file().toString(), test.toString());
    try (Dataset dataset = Dataset.open(spec, 1)) {
      assertThat(dataset.test().rows()).isEqualTo(2);
      assertThat(dataset.test().line(1)).isEqualTo(4);
    }
  }

  @Test
  void aClassCalledLikeAMissingCellIsToldWithTheOptionThatMakesItOne() {
    assertThat(refusal(Rulings.NONE, null, "NA", "EU"))
        .endsWith(
            "found 'NA', taken for missing, in 30 of 60 rows, the first on line 2 (choices:"
                + " --missing '?')");
    Rulings skip = new Rulings(true, null, null, Rulings.Duplicates.AUTO);
    assertThat(refusal(skip, null, "NA", "EU"))
        .endsWith("found 1: 'EU' (30 rows) (choices: --missing '?')");
  }

  @Test
  void anOptionIsNamedThatLeavesTwoClasses() {
    assertThat(refusal(Rulings.NONE, null, "yes", "no", "?"))
        .endsWith("the first on line 4 (choices: --skip-missing-labels)");
    assertThat(refusal(Rulings.NONE, null, "1.0", "0.0", "nan"))
        .endsWith("'nan' (20 rows) (choices: --missing 'NA,?,nan' --skip-missing-labels)");
    assertThat(refusal(Rulings.NONE, null, "1", "0", "2")).endsWith("'2' (20 rows)");
    assertThat(refusal(Rulings.NONE, null, "yes", ""))
        .endsWith("the first on line 3 (choices: write the other class into these cells)");
  }

  private Dataset open(Rulings rulings, String positive, String... labels) {
    Dataset dataset = Dataset.open(spec(rulings, positive, labels), 1);
    dataset.close();
    return dataset;
  }

  private String refusal(Rulings rulings, String positive, String... labels) {
    DataSpec spec = spec(rulings, positive, labels);
    InputException refusal =
        catchThrowableOfType(InputException.class, () -> Dataset.open(spec, 1).close());
    assertThat(refusal.problems()).hasSize(1);
    return refusal.problems().get(0).toString();
  }

  private Path file() {
    return directory.resolve("data.csv");
  }

  /** Sixty rows whose labels are these, one after the other, again and again. */
  private DataSpec spec(Rulings rulings, String positive, String... labels) {
    StringBuilder text = new StringBuilder("a,label\n");
    for (int i = 0; i < 60; i++) {
      text.append(i * 37 % 61 / 8.0).append(',').append(labels[i % labels.length]).append('\n');
    }
    CsvFile.write(directory, text.toString());
    return DataSpec.of(file().toString(), null, positive).withRulings(rulings);
  }
}
