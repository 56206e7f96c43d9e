package org.symbreak.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.GeneratedData;
import org.symbreak.run.Engines;

/** Rows on which the claims take little time. */
final class SmallData {
  private SmallData() {}

  /**
   * 150 rows of two circles, 60 % of them in the first class; six hidden units; the fused engine.
   */
  static ClaimData circles(Path directory) {
    Path file = directory.resolve("circles.csv");
    try (Writer writer = Files.newBufferedWriter(file)) {
      GeneratedData.CIRCLES
          .generate(new GeneratedData.Recipe(150, 0.05, 1, 0.6, 0.5))
          .writeCsv(writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DataSpec source = DataSpec.of(file.toString(), "label", "1");
    return ClaimData.of(
        source,
        Dataset.open(source, 1),
        6,
        problem -> Engines.choose("fused", problem).engine(),
        1);
  }
}
