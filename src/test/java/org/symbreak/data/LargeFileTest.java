package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.random.Streams;

/**
 * A file several times the size of the heap is read, split, fitted and encoded, and gives the same
 * bits as in a large heap.
 */
@Tag("slow")
class LargeFileTest {
  private static final int ROWS = 250_000;

  @TempDir private Path directory;

  @Test
  void aFileLargerThanTheHeapGivesTheSameBits() throws Exception {
    Path file = directory.resolve("large.csv");
    write(file);
    assertThat(Files.size(file)).isGreaterThan(80L << 20);
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-cp",
                System.getProperty("java.class.path"),
                Fingerprint.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said).isEqualTo(Fingerprint.of(file.toString()));
  }

  private static void write(Path file) throws IOException {
    RandomGenerator random = Streams.of(1);
    String[] colours = {"red", "green", "blue", ""};
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,colour");
      for (int j = 0; j < 20; j++) {
        out.write(",x" + j);
      }
      out.write(",label\n");
      for (int i = 0; i < ROWS; i++) {
        out.write(i + "," + colours[random.nextInt(4)]);
        for (int j = 0; j < 20; j++) {
          out.write("," + (random.nextInt(50) == 0 ? "" : random.nextGaussian()));
        }
        out.write(i % 3 == 0 ? ",y\n" : ",n\n");
      }
    }
  }

  /** Everything that a dataset says, in a line. */
  static final class Fingerprint {
    private Fingerprint() {}

    public static void main(String[] arguments) {
      System.out.println(of(arguments[0]));
    }

    static String of(String file) {
      try (Dataset dataset = Dataset.open(DataSpec.of(file, "label", null), 7)) {
        CRC32 checksum = new CRC32();
        double[] features = new double[dataset.train().features()];
        for (EncodedRows part : List.of(dataset.train(), dataset.validation(), dataset.test())) {
          for (int row = 0; row < part.rows(); row++) {
            part.features(row, features, 0);
            for (double feature : features) {
              long bits = Double.doubleToRawLongBits(feature);
              for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                checksum.update((int) (bits >>> shift));
              }
            }
            checksum.update(part.label(row));
          }
        }
        return checksum.getValue()
            + " "
            + dataset.sha256()
            + " "
            + dataset.notices()
            + dataset.pipeline().toJson();
      }
    }
  }
}
