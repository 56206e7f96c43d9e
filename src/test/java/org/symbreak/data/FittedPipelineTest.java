package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;

class FittedPipelineTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "breast-cancer.csv, diagnosis",
    "sonar.csv, Class",
    "house-votes-84.csv, Class",
    "credit.csv, Status",
    "circles.csv, label"
  })
  void encodesTheRawFileAsTheDatasetDid(String name, String label) throws IOException {
    Path file = Path.of("data", name);
    try (Dataset dataset = Dataset.open(DataSpec.of(file.toString(), label, null), 3)) {
      FittedPipeline pipeline = FittedPipeline.fromJson(dataset.pipeline().toJson());
      double[][] byLine = new double[(int) Files.lines(file).count() + 1][];
      try (RowStream rows = pipeline.open(file, pipeline.format(), LabelUse.REQUIRED)) {
        while (rows.next()) {
          byLine[(int) rows.line()] = rows.features().clone();
          assertThat(rows.row()).isEqualTo(rows.line() - 1);
        }
        assertThat(rows.notices()).isEmpty();
      }
      for (EncodedRows part : List.of(dataset.train(), dataset.validation(), dataset.test())) {
        double[] features = new double[part.features()];
        for (int row = 0; row < part.rows(); row++) {
          part.features(row, features, 0);
          assertThat(byLine[(int) part.line(row)]).isEqualTo(features);
        }
      }
    }
  }

  @Test
  void knowsTheRangesOfTheTrainingRows() {
    try (Dataset dataset = Dataset.open(DataSpec.of("data/credit.csv", "Status", null), 3)) {
      double[][] ranges = dataset.pipeline().ranges();
      assertThat(ranges).hasNumberOfRows(dataset.train().features());
      double[] features = new double[ranges.length];
      double[][] seen = new double[ranges.length][];
      for (int row = 0; row < dataset.train().rows(); row++) {
        dataset.train().features(row, features, 0);
        for (int j = 0; j < features.length; j++) {
          seen[j] =
              seen[j] == null
                  ? new double[] {features[j], features[j]}
                  : new double[] {
                    Math.min(seen[j][0], features[j]), Math.max(seen[j][1], features[j])
                  };
        }
      }
      assertThat(seen).isDeepEqualTo(ranges);
    }
  }

  @Test
  void takesColumnsInAnyOrderAndIgnoresOthers() {
    FittedPipeline pipeline = fit();
    List<double[]> plain =
        encode(pipeline, "size,colour,weight,label\n1,red,2,y\n,blue,3,n\n", LabelUse.OPTIONAL);
    assertThat(
            encode(
                pipeline,
                "weight,x,label,colour,size\n2,a,y,red,1\n3,b,n,blue,\n",
                LabelUse.OPTIONAL))
        .usingRecursiveComparison()
        .isEqualTo(plain);
    try (RowStream rows =
        pipeline.open(
            CsvFile.write(directory, "weight,x,label,colour,size,z\n2,a,y,red,1,0\n"),
            pipeline.format(),
            LabelUse.OPTIONAL)) {
      assertThat(rows.notices()).hasSize(1);
      assertThat(rows.notices().get(0))
          .endsWith("data.csv: columns that the model does not know are ignored: 'x', 'z'");
    }
  }

  @Test
  void saysNothingOfColumnsThatTrainingLeftOut() {
    Path file = CsvFile.write(directory, CsvFile.table(20, "id,a", (i, j) -> j == 0 ? i : i * i));
    try (Dataset dataset = Dataset.open(DataSpec.of(file.toString(), null, null), 1);
        RowStream rows = dataset.pipeline().open(file, CsvFormat.DEFAULT, LabelUse.OPTIONAL)) {
      assertThat(rows.notices()).isEmpty();
    }
  }

  @Test
  void namesEveryColumnThatLacks() {
    FittedPipeline pipeline = fit();
    Path file = CsvFile.write(directory, "siz,colour\n1,red\n");
    assertThatThrownBy(() -> pipeline.open(file, CsvFormat.DEFAULT, LabelUse.OPTIONAL))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": expected the columns 'size', 'weight', found a header without them (choices:"
                + " siz)");
    assertThatThrownBy(() -> pipeline.open(file, CsvFormat.DEFAULT, LabelUse.REQUIRED))
        .hasMessageContaining("'size', 'weight', 'label'");
  }

  @Test
  void needsNoLabelToPredict() {
    FittedPipeline pipeline = fit();
    String without = "size,colour,weight\n1,red,2\n";
    try (RowStream rows =
        pipeline.open(CsvFile.write(directory, without), pipeline.format(), LabelUse.OPTIONAL)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.label()).isEqualTo(-1);
    }
    String odd = "size,colour,weight,label\n1,red,2,y\n1,red,2,n\n1,red,2,?\n1,red,2,perhaps\n";
    List<Integer> labels = new ArrayList<>();
    try (RowStream rows =
        pipeline.open(CsvFile.write(directory, odd), pipeline.format(), LabelUse.OPTIONAL)) {
      while (rows.next()) {
        labels.add(rows.label());
      }
    }
    assertThat(labels).containsExactly(1, 0, -1, -1);
  }

  @Test
  void goesOnAfterABadRow() {
    FittedPipeline pipeline = fit();
    String text =
        "size,colour,weight,label\n"
            + "1,red,2,y\n"
            + "x,red,1e999,n\n"
            + "1,red\n"
            + "3,red,2,n\n"
            + "\"4\"5,red,2,n\n"
            + "6,red,2,n\n";
    try (RowStream rows =
        pipeline.open(CsvFile.write(directory, text), pipeline.format(), LabelUse.REQUIRED)) {
      assertThat(rows.next()).isTrue();
      Throwable bad = catchThrowable(rows::next);
      assertThat(bad)
          .hasMessageContaining("line 3, column 'size': expected a number, found 'x'")
          .hasMessageContaining(
              "line 3, column 'weight': expected a number up to 1.8e308 in size, found '1e999'");
      assertThat(rows.ended()).isFalse();
      assertThat(catchThrowable(rows::next))
          .hasMessageContaining("line 4: expected 4 cells as in the header, found 2");
      assertThat(rows.next()).isTrue();
      assertThat(rows.row()).isEqualTo(4);
      assertThat(rows.line()).isEqualTo(5);
      assertThat(catchThrowable(rows::next))
          .hasMessageContaining("line 6, column 'size': expected a separator");
      assertThat(rows.ended()).isTrue();
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void countsAnUnknownCategoryAsOther() {
    FittedPipeline pipeline = fit();
    List<String> names = pipeline.featureNames();
    double[] row = encode(pipeline, "size,colour,weight\n1,purple,2\n", LabelUse.OPTIONAL).get(0);
    assertThat(row[names.indexOf("colour is other")]).isEqualTo(1);
    assertThat(row[names.indexOf("colour=red")]).isZero();
    row = encode(pipeline, "size,colour,weight\n1,NA,2\n", LabelUse.OPTIONAL).get(0);
    assertThat(row[names.indexOf("colour is other")])
        .as("no training row lacked its colour")
        .isEqualTo(1);
    row = encode(pipeline, "size,colour,weight\n?,red,2\n", LabelUse.OPTIONAL).get(0);
    assertThat(row[names.indexOf("size is missing")]).isEqualTo(1);
  }

  @Test
  void countsRowsThatHoldWhatNoTrainingRowHeld() {
    String table =
        CsvFile.table(
            200,
            "a,colour,many",
            (i, j) -> j == 0 ? i % 7 - 3 : j == 1 ? (i % 2 == 0 ? "red" : "blue") : "v" + i % 90);
    Path file = CsvFile.write(directory, table);
    try (Dataset dataset = open(file)) {
      String rows =
          "a,colour,many\n9,red,v1\n9.5,purple,new\n-9,red,v1\n-1e9,,v1\nx,green,v1\n,red,v1\n";
      try (RowStream stream =
          dataset
              .pipeline()
              .open(CsvFile.write(directory, rows), CsvFormat.DEFAULT, LabelUse.OPTIONAL)) {
        for (int row = 1; row <= 6; row++) {
          if (row == 5) {
            assertThatThrownBy(stream::next).isInstanceOf(InputException.class);
          } else {
            assertThat(stream.next()).isTrue();
          }
        }
        assertThat(stream.unseen())
            .containsExactly(
                file
                    + ", column 'a': 2 of 5 rows are further outside the training range, -3 to 3,"
                    + " than it is wide, the first '9.5' on line 3",
                file
                    + ", column 'a': 1 of 5 rows have no value there, the first on line 7, and no"
                    + " training row lacked one; they take the median, 0",
                file
                    + ", column 'colour': 2 of 5 rows hold a category that no training row held,"
                    + " the first 'purple' on line 3; they count as other");
      }
      try (RowStream stream =
          dataset
              .pipeline()
              .open(
                  CsvFile.write(directory, "a,colour,many\n1,,v1\n"),
                  CsvFormat.DEFAULT,
                  LabelUse.OPTIONAL)) {
        assertThat(stream.next()).isTrue();
        assertThat(stream.unseen()).singleElement().asString().contains("the first an empty cell");
      }
    }
  }

  @Test
  void saysWhatATestFileHoldsThatTrainingDidNot() throws IOException {
    Path file = CsvFile.write(directory, CsvFile.table(40, "a", (i, j) -> i * i % 11 * 20_000));
    Path test = Files.writeString(directory.resolve("test.csv"), "a,label\n1,y\n1e8,n\n");
    try (Dataset dataset =
        Dataset.open(CsvFile.spec(file.toString(), test.toString(), 0, 0.1, true), 1)) {
      assertThat(dataset.notices())
          .contains(
              test
                  + ", column 'a': 1 of 2 rows are further outside the training range, 0 to 180000,"
                  + " than it is wide, the first '1e8' on line 3");
    }
  }

  @Test
  void goesByPositionWithoutAHeader() {
    CsvFormat format = CsvFormat.DEFAULT.withHeader(false).withMissing(List.of());
    String table = CsvFile.table(30, "a,b", (i, j) -> i * i % (11 + j)).replace("a,b,label\n", "");
    DataSpec spec =
        DataSpec.of(CsvFile.write(directory, table).toString(), "c3", null).withFormat(format);
    FittedPipeline pipeline;
    try (Dataset dataset = Dataset.open(spec, 1)) {
      pipeline = dataset.pipeline();
    }
    double[] with = encode(pipeline, "3,4,y\n", LabelUse.REQUIRED).get(0);
    assertThat(encode(pipeline, "3,4\n", LabelUse.OPTIONAL).get(0)).isEqualTo(with);
    assertThatThrownBy(() -> encode(pipeline, "3\n", LabelUse.OPTIONAL))
        .hasMessageContaining(
            "line 1: expected 3 cells as in training, or 2 without the label, found 1");
  }

  @Test
  void isFittedOnTrainingRowsAlone() {
    String table = CsvFile.table(60, "a,b", (i, j) -> j == 0 ? i * i % 37 : i % 3 == 0 ? "x" : "z");
    Path file = CsvFile.write(directory, table);
    String[] lines = table.split("\n");
    String json;
    try (Dataset dataset = open(file)) {
      json = dataset.pipeline().toJson();
      for (EncodedRows part : List.of(dataset.validation(), dataset.test())) {
        for (int row = 0; row < part.rows(); row++) {
          int line = (int) part.line(row) - 1;
          lines[line] = "-1000000,new" + line + lines[line].substring(lines[line].lastIndexOf(','));
        }
      }
    }
    CsvFile.write(directory, String.join("\n", lines));
    try (Dataset dataset = open(file)) {
      assertThat(dataset.pipeline().toJson()).isEqualTo(json);
    }
  }

  @Test
  void comesBackFromItsJson() {
    FittedPipeline pipeline = fit();
    String json = pipeline.toJson();
    assertThat(json.chars().allMatch(c -> c < 128))
        .as("no matter in which charset it is written")
        .isTrue();
    FittedPipeline back = FittedPipeline.fromJson(json);
    assertThat(back.toJson()).isEqualTo(json);
    assertThat(back.featureNames()).isEqualTo(pipeline.featureNames());
    assertThat(back.format()).isEqualTo(pipeline.format());
    assertThat(back.ranges()).isDeepEqualTo(pipeline.ranges());
  }

  @Test
  void decimalCommasStayInThePipeline() {
    String points =
        CsvFile.table(60, "a,b", (i, j) -> j == 0 ? i * i % 37 / 8.0 - 1 : i % 7 * 1e-3);
    double[][] plain = trainRows(points, CsvFormat.DEFAULT);
    CsvFormat format =
        CsvFormat.DEFAULT.withSeparator(';').withMissing(List.of("NA")).withDecimal(',');
    String commas = points.replace(',', ';').replace('.', ',');
    assertThat(trainRows(commas, format)).isDeepEqualTo(plain);

    FittedPipeline pipeline;
    try (Dataset dataset = Dataset.open(spec(CsvFile.write(directory, commas), format), 1)) {
      pipeline = FittedPipeline.fromJson(dataset.pipeline().toJson());
      assertThat(pipeline.toJson()).isEqualTo(dataset.pipeline().toJson());
      assertThat(dataset.notices()).noneMatch(notice -> notice.contains("comma"));
    }
    assertThat(pipeline.format()).isEqualTo(format);
    assertThat(encode(pipeline, "a;b\n1,5;0,002\n", LabelUse.OPTIONAL)).hasSize(1);
    assertThatThrownBy(() -> encode(pipeline, "a;b\n1.5;0,002\n", LabelUse.OPTIONAL))
        .hasMessageEndingWith(
            "line 2, column 'a': expected a number, found '1.5' (choices: --decimal '.', --missing"
                + " 1.5)");
  }

  private double[][] trainRows(String text, CsvFormat format) {
    try (Dataset dataset = Dataset.open(spec(CsvFile.write(directory, text), format), 1)) {
      double[][] rows = new double[dataset.train().rows()][dataset.train().features()];
      for (int row = 0; row < rows.length; row++) {
        dataset.train().features(row, rows[row], 0);
      }
      return rows;
    }
  }

  private static DataSpec spec(Path file, CsvFormat format) {
    return DataSpec.of(file.toString(), null, null).withFormat(format);
  }

  @Test
  void withDecimalPointsTheJsonSaysNothingOfThem() {
    assertThat(fit().toJson()).doesNotContain("decimal");
  }

  @Test
  void readsWhatVersion1Wrote() throws IOException {
    String golden = golden();
    FittedPipeline pipeline = FittedPipeline.fromJson(golden);
    assertThat(pipeline.featureNames())
        .containsExactly(
            "Gr\u00f6\u00dfe",
            "Gr\u00f6\u00dfe is missing",
            "colour=blue",
            "colour=red",
            "colour is missing",
            "colour is other");
    assertThat(pipeline.label()).isEqualTo("class");
    assertThat(pipeline.positive()).isEqualTo("ripe");
    assertThat(pipeline.toJson()).isEqualTo(golden);
    double[] row =
        encode(pipeline, "colour;Gr\u00f6\u00dfe\n'red';0.75\n", LabelUse.OPTIONAL).get(0);
    assertThat(row).containsExactly((0.75 - 0.1) / 0.30000000000000004, 0, 0, 1, 0, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "symbreak-pipeline | other | the fitted pipeline, format: expected 'symbreak-pipeline',"
            + " found '\"other\"'",
        "\"version\":1 | \"version\":3 | the fitted pipeline, version: expected version 1 or 2,"
            + " found '3'",
        "\"version\":1 | \"version\":1.0 | the fitted pipeline, version: expected version 1 or 2,"
            + " found '1.0'",
        "\"median\":0.5 | \"median\":null | the fitted pipeline, columns[0].median: expected a"
            + " finite number, found 'null'",
        "\"median\":0.5 | \"median\":1e999 | the fitted pipeline, columns[0].median: expected a"
            + " finite number, found",
        "\"median\":0.5 | \"median\":\"NaN\" | the fitted pipeline, columns[0].median: expected a"
            + " finite number, found '\"NaN\"'",
        "\"median\":0.5 | \"median\":5 | the fitted pipeline, columns[0]: expected min <= median <="
            + " max and scale > 0",
        "\"scale\":0.30000000000000004 | \"scale\":0 | the fitted pipeline, columns[0]: expected"
            + " min <= median <= max and scale > 0",
        "\"scale\":0.30000000000000004 | \"scale\":1e-300 | the fitted pipeline, columns[0]:"
            + " expected min <= median <= max and scale > 0",
        "\"scale\":0.30000000000000004, | '' | the fitted pipeline, columns[0].scale: expected a"
            + " finite number, found nothing",
        "\"indicator\":true | \"indicator\":1 | the fitted pipeline, columns[0].indicator: expected"
            + " true or false, found '1'",
        "\"kind\":\"number\" | \"kind\":\"java.lang.Runtime\" | the fitted pipeline,"
            + " columns[0].kind: expected number or category",
        "\"red\"] | \"blue\"] | the fitted pipeline, columns[1].values[1]: expected a text that the"
            + " array holds once",
        "\"red\"] | 7] | the fitted pipeline, columns[1].values[1]: expected a text, found '7'",
        "\"red\"] | \"red\"],\"counts\":[3] | the fitted pipeline, columns[1]: expected as many"
            + " counts as values are needed, found 1",
        "\"red\"] | \"red\"],\"counts\":[3,0] | the fitted pipeline, columns[1].counts[1]:"
            + " expected a whole number from 1 to 2147483647, found '0'",
        "\"red\"] | \"red\"],\"counts\":[3,4.0] | the fitted pipeline, columns[1].counts[1]:"
            + " expected a whole number",
        "\"red\"] | \"red\"],\"counts\":[3,3000000000] | the fitted pipeline,"
            + " columns[1].counts[1]: expected a whole number",
        "\"red\"] | \"red\"],\"counts\":{} | the fitted pipeline, columns[1].counts: expected an"
            + " array of at most 64 elements",
        "\"name\":\"colour\" | \"name\":\"class\" | the fitted pipeline, columns[1].name: expected"
            + " one of fileColumns, each once and not the label",
        "\"positive\":\"ripe\" | \"positive\":\"raw\" | the fitted pipeline, label.positive:"
            + " expected another value than the negative one",
        "\"column\":\"class\" | \"column\":\"klass\" | the fitted pipeline, label.column: expected"
            + " one of fileColumns",
        "\"separator\":\";\" | \"separator\":\";;\" | the fitted pipeline, csv: expected one"
            + " character as separator and one as quote",
        "\"separator\":\";\" | \"separator\":\"'\" | the fitted pipeline, csv: expected separator"
            + " and quote are the same character",
        "\"separator\":\";\" | \"separator\":\";\",\"decimal\":\";\" | the fitted pipeline, csv:"
            + " expected the decimal mark must be a point or a comma",
        "\"separator\":\";\" | \"separator\":\";\",\"decimal\":\"\" | the fitted pipeline,"
            + " csv.decimal: expected one character, or no such field",
        "\"separator\":\";\" | \"separator\":\";\",\"decimal\":null | the fitted pipeline,"
            + " csv.decimal: expected a text",
        "\"version\":1 | \"version\":1,\"version\":1 | the fitted pipeline: expected JSON, found"
            + " Duplicate field 'version'",
        "\"version\":1 | \"version\":[[[[[[[[[1]]]]]]]]] | the fitted pipeline: expected JSON,"
            + " found",
      })
  void refusesJsonThatIsNotSo(String right, String wrong, String message) throws IOException {
    String golden = golden();
    assertThat(golden).contains(right);
    assertThatThrownBy(() -> FittedPipeline.fromJson(golden.replace(right, wrong)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "null", "[]", "7", "{}", "{\"format\":\"symbreak-pipeline\"}", "{} {}"})
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> FittedPipeline.fromJson(text))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("the fitted pipeline");
  }

  @Test
  void refusesOrReadsMutatedJson() throws IOException {
    String golden = golden();
    int read = 0;
    for (int seed = 0; seed < 2000; seed++) {
      String mutated =
          Mutation.of(golden.getBytes(StandardCharsets.UTF_8), Streams.of(seed)).toString();
      try {
        FittedPipeline pipeline = FittedPipeline.fromJson(mutated);
        assertThat(pipeline.featureNames()).isNotEmpty();
        for (double[] range : pipeline.ranges()) {
          assertThat(range[0]).isBetween(-FittedNumber.LIMIT, range[1]);
        }
        read++;
      } catch (InputException e) {
        assertThat(e).hasMessageStartingWith("the fitted pipeline");
      }
    }
    assertThat(read).isBetween(20, 1500);
  }

  private static String golden() throws IOException {
    try (InputStream in =
        FittedPipelineTest.class.getResourceAsStream("/golden/pipeline-v1.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private FittedPipeline fit() {
    RandomGenerator random = Streams.of(9);
    String[] colours = {"red", "green", "blue"};
    String table =
        CsvFile.table(
            60,
            "size,colour,weight",
            (i, j) ->
                j == 0
                    ? i % 4 == 0 ? "" : random.nextDouble()
                    : j == 1 ? colours[i % 3] : random.nextInt(99));
    try (Dataset dataset = open(CsvFile.write(directory, table))) {
      return dataset.pipeline();
    }
  }

  private static Dataset open(Path file) {
    return Dataset.open(DataSpec.of(file.toString(), "label", "y"), 1);
  }

  private List<double[]> encode(FittedPipeline pipeline, String text, LabelUse use) {
    List<double[]> encoded = new ArrayList<>();
    try (RowStream rows = pipeline.open(CsvFile.write(directory, text), pipeline.format(), use)) {
      while (rows.next()) {
        encoded.add(rows.features().clone());
      }
    }
    return encoded;
  }
}
