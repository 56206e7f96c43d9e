package org.symbreak.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files for tests. */
final class CsvFile {
  private CsvFile() {}

  /** Writes the text as {@code data.csv} into the directory. */
  static Path write(Path directory, String text) {
    return write(directory, text.getBytes(StandardCharsets.UTF_8));
  }

  static Path write(Path directory, byte[] bytes) {
    try {
      return Files.write(directory.resolve("data.csv"), bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * A table with these columns before the label; cell i of column j is {@code cells.at(i, j)}, the
   * label y or n in turn.
   */
  static String table(int rows, String header, Cells cells) {
    StringBuilder text = new StringBuilder(header).append(",label\n");
    int columns = header.split(",").length;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        text.append(cells.at(i, j)).append(',');
      }
      text.append(i % 2 == 0 ? "n\n" : "y\n");
    }
    return text.toString();
  }

  /** A description without options; the label's column has one of the usual names. */
  static DataSpec spec(
      String file, String testFile, double test, double validation, boolean standardize) {
    return DataSpec.of(file, null, null)
        .withFiles(file, testFile)
        .withFractions(test, validation)
        .withStandardize(standardize);
  }

  interface Cells {
    Object at(int row, int column);
  }
}
