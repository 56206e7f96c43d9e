package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;

/**
 * Damaged files: each is refused with a message or gives rows of finite numbers; nothing else is
 * thrown and nothing hangs.
 */
class MutatedCsvTest {
  private static final int MUTATIONS = 2000;

  static final CsvFormat BLANKS = new CsvFormat(' ', '"', true, List.of("NA"), '.', '#', "UTF-8");

  @TempDir private Path directory;

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void mutatedFilesAreRefusedOrRead() {
    mutate(genuine(), CsvFormat.DEFAULT);
  }

  @Test
  void mutatedFilesWithBlanksAndCommentsAreRefusedOrRead() {
    String table = new String(genuine(), StandardCharsets.UTF_8);
    String blanks = "# a comment\n" + table.replace(",,", ",NA,").replace(",", " \t");
    mutate(blanks.getBytes(StandardCharsets.UTF_8), BLANKS);
  }

  private void mutate(byte[] genuine, CsvFormat format) {
    assertThat(read(directory, genuine, format)).isTrue();
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      try {
        if (!read(directory, Mutation.of(genuine, Streams.of(seed)).bytes(), format)) {
          refused++;
        }
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS * 9 / 10);
  }

  /** Of each file that is shipped, some rows. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "breast-cancer.csv,diagnosis",
    "circles.csv,label",
    "credit.csv,Status",
    "house-votes-84.csv,Class",
    "moons.csv,label",
    "moons-60-40.csv,label",
    "sonar.csv,Class"
  })
  @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void tenThousandMutationsOfEachShippedFile(String name, String label) throws IOException {
    List<String> all = Files.readAllLines(Path.of("data", name));
    byte[] genuine =
        IntStream.rangeClosed(0, 40) // the header, and rows from all over
            .mapToObj(i -> all.get(i * (all.size() - 1) / 40) + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int seed = 0; seed < 10_000; seed++) {
      try {
        if (read(
            directory, Mutation.of(genuine, Streams.of(seed)).bytes(), CsvFormat.DEFAULT, label)) {
          read++;
        }
      } catch (RuntimeException e) {
        throw new AssertionError(name + ", seed " + seed, e);
      }
    }
    System.out.println(name + ": 10000 mutated, " + read + " read, the others refused");
    assertThat(read).isBetween(200, 9900);
  }

  /** Numbers, categories, missing cells and quotes. */
  static byte[] genuine() {
    return CsvFile.table(
            30,
            "id,size,colour,\"a \"\"b\"\"\"",
            (i, j) ->
                j == 0
                    ? i
                    : j == 1
                        ? i * 0.37 - 4
                        : j == 2 ? (i % 3 == 0 ? "\"r,d\"" : "NA") : i % 7 == 0 ? "" : i % 5)
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a file of these bytes, which has to give finite numbers within bounds, or to be refused
   * with a place.
   *
   * @return whether it was read
   */
  static boolean read(Path directory, byte[] csv) {
    return read(directory, csv, CsvFormat.DEFAULT);
  }

  static boolean read(Path directory, byte[] csv, CsvFormat format) {
    return read(directory, csv, format, "label");
  }

  private static boolean read(Path directory, byte[] csv, CsvFormat format, String label) {
    DataSpec spec =
        DataSpec.of(CsvFile.write(directory, csv).toString(), label, null).withFormat(format);
    try (Dataset dataset = Dataset.open(spec, 1)) {
      requireFinite(dataset);
      return true;
    } catch (InputException e) {
      assertThat(e.problems())
          .isNotEmpty()
          .allSatisfy(problem -> assertThat(problem.place()).isNotEmpty());
      return false;
    }
  }

  private static void requireFinite(Dataset dataset) {
    assertThat(dataset.rows()).isGreaterThanOrEqualTo(Dataset.FEWEST_ROWS);
    double[] features = new double[dataset.train().features()];
    for (EncodedRows part : List.of(dataset.train(), dataset.validation(), dataset.test())) {
      for (int row = 0; row < part.rows(); row++) {
        part.features(row, features, 0);
        for (double feature : features) {
          assertThat(Math.abs(feature)).isLessThanOrEqualTo(FittedNumber.LIMIT);
        }
      }
    }
  }
}
