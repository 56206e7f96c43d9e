package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbreak.problem.InputException;

/** The rows by way of DataVec's transforms, and by the way without objects: the same bits. */
class DataVecPartsTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "breast-cancer.csv, diagnosis",
    "circles.csv, label",
    "credit.csv, Status",
    "house-votes-84.csv, Class",
    "moons.csv, label",
    "moons-60-40.csv, label",
    "sonar.csv, Class"
  })
  void shippedFiles(String name, String label) {
    assertSameBits(DataSpec.of("data/" + name, label, null));
  }

  @ParameterizedTest
  @EnumSource
  void generatedSets(GeneratedData data) throws IOException {
    Path file = directory.resolve("data.csv");
    try (Writer out = Files.newBufferedWriter(file)) {
      data.generate(new GeneratedData.Recipe(200, 0.2, 3, 0.5, 0.8)).writeCsv(out);
    }
    assertSameBits(DataSpec.of(file.toString(), null, null));
  }

  @Test
  void aTestFileOfItsOwn() throws IOException {
    String table =
        CsvFile.table(60, "a,b", (i, j) -> j == 0 ? i * 0.3 : i % 7 == 0 ? "" : "v" + i % 3);
    Path file = CsvFile.write(directory, table);
    Path test = directory.resolve("test.csv");
    Files.writeString(test, "b,label,a\n,y,0.25\nnew,n,7\n");
    assertSameBits(CsvFile.spec(file.toString(), test.toString(), 0.2, 0.2, true));
  }

  @Test
  void aFileThatWasChangedMeanwhile() throws IOException {
    Path file = CsvFile.write(directory, CsvFile.table(40, "a", (i, j) -> i * i));
    try (Dataset data = Dataset.open(DataSpec.of(file.toString(), null, null), 1)) {
      CsvFile.write(directory, CsvFile.table(40, "a", (i, j) -> i * i + 1));
      assertThatThrownBy(() -> data.train().throughDataVec())
          .isInstanceOf(InputException.class)
          .hasMessageContaining("expected the data as they were when they were opened");
    }
  }

  @Test
  void rowsWithoutAFileAreThemselves() {
    double[][] x = {{1}, {2}};
    try (Dataset data = Dataset.ofArrays(x, new int[] {0, 1}, x, new int[2], x, new int[2])) {
      assertThat(data.train().throughDataVec()).isSameAs(data.train());
    }
  }

  private static void assertSameBits(DataSpec spec) {
    try (Dataset data = Dataset.open(spec, 5)) {
      for (EncodedRows part : List.of(data.train(), data.validation(), data.test())) {
        EncodedRows twin = part.throughDataVec();
        assertThat(twin).isNotSameAs(part);
        assertThat(twin.rows()).isEqualTo(part.rows()).isPositive();
        double[] expected = new double[part.features()];
        double[] found = new double[twin.features()];
        for (int row = 0; row < part.rows(); row++) {
          part.features(row, expected, 0);
          twin.features(row, found, 0);
          assertThat(found).isEqualTo(expected);
          assertThat(twin.label(row)).isEqualTo(part.label(row));
          assertThat(twin.line(row)).isEqualTo(part.line(row));
        }
      }
    }
  }
}
