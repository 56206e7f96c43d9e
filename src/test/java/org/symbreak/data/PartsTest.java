package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.problem.InputException;

/** Files that are one data set. */
class PartsTest {
  private static final String HEADER = "x,z,label\n";

  @TempDir private Path directory;
  private Path parts;

  @BeforeEach
  void write() throws IOException {
    parts = Files.createDirectory(directory.resolve("parts"));
    Files.writeString(directory.resolve("whole.csv"), HEADER + rows(0, 12) + rows(12, 30));
    // the second in the order of names is written first, and ends without an end of line
    Files.writeString(parts.resolve("part-2.csv"), ("\uFEFF" + HEADER + rows(12, 30)).strip());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(parts.resolve("part-1")))) {
      out.write((HEADER + rows(0, 12)).getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(parts.resolve("_SUCCESS"), "x");
    Files.createFile(parts.resolve("part-0.csv"));
  }

  private static String rows(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int row = from; row < to; row++) {
      text.append(row * 0.25).append(',').append(row % 7).append(',').append(row % 2).append('\n');
    }
    return text.toString();
  }

  private static Dataset open(Object file) {
    return Dataset.open(DataSpec.of(file.toString(), null, null), 1);
  }

  private static List<double[]> rows(Dataset data) {
    return List.of(data.train().first(99)[0], data.train().first(99)[18], data.test().first(1)[0]);
  }

  @Test
  void aDirectoryAndAPatternAreTheRowsOfOneFile() {
    try (Dataset whole = open(directory.resolve("whole.csv"));
        Dataset together = open(parts);
        Dataset chosen = open(parts.resolve("part-[12]*"))) {
      assertThat(together.rows()).isEqualTo(whole.rows()).isEqualTo(30);
      assertThat(rows(together)).usingRecursiveComparison().isEqualTo(rows(whole));
      assertThat(rows(chosen)).usingRecursiveComparison().isEqualTo(rows(whole));
      assertThat(chosen.sha256()).isEqualTo(together.sha256()).isNotEqualTo(whole.sha256());
      assertThat(together.train().throughDataVec().first(99))
          .isDeepEqualTo(whole.train().throughDataVec().first(99));
    }
  }

  @Test
  void anotherHeaderIsRefusedByTheNameOfItsPart() throws IOException {
    Files.writeString(parts.resolve("part-3.csv"), "z,x,label\n1,2,0\n");
    assertThatThrownBy(() -> open(parts))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s: expected the header of %s, 'x,z,label', found 'z,x,label'",
            parts.resolve("part-3.csv"), parts.resolve("part-1"));
  }

  @Test
  void noFileAndNoHeaderAreRefused() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThatThrownBy(() -> open(empty))
        .hasMessage(
            empty + ": expected a CSV file, or parts of one, found a directory without any");
    assertThatThrownBy(() -> open(parts.resolve("none-*.csv")))
        .hasMessageContaining("none-*.csv: expected a CSV file, or parts of one");
    DataSpec spec = DataSpec.of(parts.toString(), null, null);
    DataSpec headless = spec.withFormat(spec.format().withHeader(false));
    assertThatThrownBy(() -> Dataset.open(headless, 1))
        .hasMessageContaining("expected parts with a header each, or one file");
  }
}
