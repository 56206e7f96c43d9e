package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "breast-cancer.csv, diagnosis, 569, 30, malignant",
    "sonar.csv, Class, 208, 60, R",
    "house-votes-84.csv, Class, 435, 64, republican",
    "credit.csv, Status, 4454, 33, bad",
    "circles.csv, label, 1000, 2, 1",
    "moons-60-40.csv, label, 1000, 2, 1"
  })
  void opensTheShippedFiles(String name, String label, int rows, int features, String positive)
      throws Exception {
    Path file = Path.of("data", name);
    try (Dataset dataset = Dataset.open(DataSpec.of(file.toString(), label, null), 1)) {
      assertThat(dataset.rows()).isEqualTo(rows);
      assertThat(dataset.pipeline().positive()).isEqualTo(positive);
      assertThat(dataset.pipeline().featureNames()).hasSize(features);
      assertThat(dataset.test().rows()).isCloseTo(rows / 5, within(1));
      assertThat(dataset.validation().rows()).isCloseTo((int) (rows * 0.8 * 0.15), within(1));
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      assertThat(dataset.sha256()).isEqualTo(HexFormat.of().formatHex(sha256));
    }
  }

  @ParameterizedTest
  @CsvSource({"17.99, 10.38, true", "17.99, c2, false"})
  void noticesAHeaderThatLooksLikeData(String first, String second, boolean noticed) {
    Path file =
        CsvFile.write(
            directory, CsvFile.table(40, first + "," + second, (i, j) -> i * 7 % 11 + j * i));
    try (Dataset dataset = Dataset.open(DataSpec.of(file.toString(), "label", null), 1)) {
      assertThat(dataset.notices().stream().anyMatch(notice -> notice.contains("--no-header")))
          .isEqualTo(noticed);
    }
  }

  @Test
  void standardizesTheTrainingRows() {
    try (Dataset dataset =
        Dataset.open(DataSpec.of("data/breast-cancer.csv", "diagnosis", "malignant"), 1)) {
      int rows = dataset.train().rows();
      double[] features = new double[30];
      double[] sum = new double[30];
      double[] squares = new double[30];
      for (int row = 0; row < rows; row++) {
        dataset.train().features(row, features, 0);
        for (int j = 0; j < 30; j++) {
          sum[j] += features[j];
          squares[j] += features[j] * features[j];
        }
      }
      for (int j = 0; j < 30; j++) {
        assertThat(sum[j] / rows).isCloseTo(0, within(1e-12));
        assertThat(squares[j] / rows).isCloseTo(1, within(1e-12));
      }
    }
  }

  @Test
  void leavesNumbersAsTheyAreWhereToldTo() {
    DataSpec raw = CsvFile.spec("data/circles.csv", null, 0.2, 0.15, false);
    try (Dataset dataset = Dataset.open(raw, 1)) {
      double[] point = new double[2];
      dataset.train().features(0, point, 0);
      String line =
          Files.readAllLines(Path.of("data/circles.csv")).get((int) dataset.train().line(0) - 1);
      assertThat(line).startsWith(point[0] + "," + point[1] + ",");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keepsTheFilesOrderWithinEachPart() {
    try (Dataset dataset = Dataset.open(DataSpec.of("data/circles.csv", null, null), 1)) {
      List<Long> all = new ArrayList<>();
      for (EncodedRows part : List.of(dataset.train(), dataset.validation(), dataset.test())) {
        List<Long> lines = IntStream.range(0, part.rows()).mapToObj(part::line).toList();
        assertThat(lines).isSorted();
        all.addAll(lines);
      }
      assertThat(all)
          .doesNotHaveDuplicates()
          .hasSize(1000)
          .allSatisfy(line -> assertThat(line).isBetween(2L, 1001L));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100_000, 2_000_000})
  void hasTheSameBitsOnTheHeapAndInAFile(long heapBytes) throws IOException {
    DataSpec spec = DataSpec.of(large().toString(), null, null);
    try (Dataset heap = Dataset.open(spec, 5, Long.MAX_VALUE);
        Dataset mapped = Dataset.open(spec, 5, heapBytes)) {
      assertThat(mapped.pipeline().toJson()).isEqualTo(heap.pipeline().toJson());
      assertThat(mapped.sha256()).isEqualTo(heap.sha256());
      assertSame(heap.train(), mapped.train());
      assertSame(heap.validation(), mapped.validation());
      assertSame(heap.test(), mapped.test());
    }
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(
              files.filter(
                  file ->
                      file.getFileName()
                          .toString()
                          .startsWith("symbreak-rows-" + ProcessHandle.current().pid() + "-")))
          .isEmpty();
    }
  }

  private static void assertSame(EncodedRows expected, EncodedRows actual) {
    assertThat(actual.rows()).isEqualTo(expected.rows()).isPositive();
    double[] a = new double[expected.features() + 1];
    double[] b = new double[expected.features() + 1];
    for (int row = 0; row < expected.rows(); row++) {
      expected.features(row, a, 1);
      actual.features(row, b, 1);
      if (!Arrays.equals(a, b)
          || expected.label(row) != actual.label(row)
          || expected.line(row) != actual.line(row)) {
        throw new AssertionError("row " + row + " differs");
      }
    }
  }

  /** 20 000 rows of numbers, categories and missing cells: several pages of a table. */
  private Path large() {
    return CsvFile.write(
        directory,
        CsvFile.table(
            20_000,
            "a,b,c,d,e,f,g,h",
            (i, j) -> j == 7 ? "v" + i % 9 : i % (11 + j) == 0 ? "" : Math.sin(i * (j + 1))));
  }

  @Test
  void takesTestRowsFromAFileOfTheirOwn() throws Exception {
    Path test = directory.resolve("test.csv");
    Files.writeString(test, "label,x2,x1\n1,0.5,0.25\n0,1,2\n");
    DataSpec spec = CsvFile.spec("data/circles.csv", test.toString(), 0.2, 0.15, false);
    try (Dataset dataset = Dataset.open(spec, 1)) {
      assertThat(dataset.train().rows() + dataset.validation().rows()).isEqualTo(1000);
      assertThat(dataset.test().rows()).isEqualTo(2);
      double[] point = new double[2];
      dataset.test().features(0, point, 0);
      assertThat(point).containsExactly(0.25, 0.5);
      assertThat(dataset.test().label(0)).isEqualTo(1);
      assertThat(dataset.test().label(1)).isZero();
      assertThat(dataset.test().line(1)).isEqualTo(3);
      MessageDigest both = MessageDigest.getInstance("SHA-256");
      both.update(Files.readAllBytes(Path.of("data/circles.csv")));
      assertThat(dataset.sha256())
          .isEqualTo(HexFormat.of().formatHex(both.digest(Files.readAllBytes(test))));
    }
  }

  @Test
  void splitsNothingOffWhereNothingIsAskedFor() {
    DataSpec spec = CsvFile.spec("data/circles.csv", null, 0, 0, true);
    try (Dataset dataset = Dataset.open(spec, 1)) {
      assertThat(dataset.train().rows()).isEqualTo(1000);
      assertThat(dataset.validation().rows() + dataset.test().rows()).isZero();
    }
  }

  @Test
  void takesArraysAsTheyAre() {
    double[][] x = {{1, -2}, {3, 4}, {5, 7}};
    try (Dataset dataset =
        Dataset.ofArrays(
            x,
            new int[] {0, 1, 1},
            new double[0][],
            new int[0],
            new double[][] {{9, 9}},
            new int[] {1})) {
      x[0][0] = 100;
      double[] features = new double[2];
      dataset.train().features(0, features, 0);
      assertThat(features).containsExactly(1, -2);
      assertThat(dataset.train().label(2)).isEqualTo(1);
      assertThat(dataset.validation().rows()).isZero();
      assertThat(dataset.validation().features()).isEqualTo(2);
      assertThat(dataset.test().rows()).isEqualTo(1);
      assertThat(dataset.rows()).isEqualTo(4);
      assertThat(dataset.pipeline().featureNames()).containsExactly("x1", "x2");
      assertThat(dataset.pipeline().ranges()).isDeepEqualTo(new double[][] {{1, 5}, {-2, 7}});
      assertThat(FittedPipeline.fromJson(dataset.pipeline().toJson()).toJson())
          .isEqualTo(dataset.pipeline().toJson());
      try (Dataset other =
          Dataset.ofArrays(
              x,
              new int[] {0, 1, 1},
              new double[0][],
              new int[0],
              new double[][] {{9, 9}},
              new int[] {1})) {
        assertThat(dataset.sha256()).hasSize(64).isNotEqualTo(other.sha256());
      }
    }
  }

  @Test
  void refusesArraysThatDoNotFit() {
    assertThatThrownBy(
            () ->
                Dataset.ofArrays(
                    new double[][] {{1}, {2, 3}},
                    new int[2],
                    new double[0][],
                    new int[0],
                    new double[0][],
                    new int[0]))
        .hasMessage("row 1 must have 1 features and label 0 or 1, found 2 and 0");
    assertThatThrownBy(
            () ->
                Dataset.ofArrays(
                    new double[][] {{1}},
                    new int[] {2},
                    new double[0][],
                    new int[0],
                    new double[0][],
                    new int[0]))
        .hasMessageContaining("label 0 or 1, found 1 and 2");
    assertThatThrownBy(
            () ->
                Dataset.ofArrays(
                    new double[0][],
                    new int[0],
                    new double[0][],
                    new int[0],
                    new double[0][],
                    new int[0]))
        .hasMessage("at least one training row is needed");
  }
}
