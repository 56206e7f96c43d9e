package org.symbreak.experiment;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.symbreak.data.GeneratedData;

/** A small data set as a file. */
public final class Moons {
  private Moons() {}

  public static Path write(Path file, int rows) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      GeneratedData.MOONS.generate(new GeneratedData.Recipe(rows, 0.2, 1, 0.5, 0.5)).writeCsv(out);
    }
    return file;
  }
}
