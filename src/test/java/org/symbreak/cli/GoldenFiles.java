package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.util.ModelSerializer;

/** What earlier programs wrote, and how it is compared with what this one writes. */
final class GoldenFiles {
  static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

  /** A table of numbers, categories and missing cells that all runs learn from. */
  static final Path ROWS = DIRECTORY.resolve("rows.csv");

  private GoldenFiles() {}

  /** The numbers of model.zip, as Deeplearning4j itself reads them. */
  static double[] coefficients(Path model) throws IOException {
    return ModelSerializer.restoreMultiLayerNetwork(model.toFile(), false)
        .params()
        .toDoubleVector();
  }

  /**
   * Compares lines cell by cell; numbers by their value, since a newer Java writes some shorter.
   *
   * @param tolerance 0 for the same bits, else relative, and absolute up to 1
   */
  static void assertSame(List<String> found, List<String> expected, double tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    for (int line = 0; line < expected.size(); line++) {
      String[] cells = found.get(line).split(",", -1);
      String[] golden = expected.get(line).split(",", -1);
      assertThat(cells).as(found.get(line)).hasSameSizeAs(golden);
      for (int i = 0; i < golden.length; i++) {
        assertSame("line %d, cell %d".formatted(line + 1, i + 1), cells[i], golden[i], tolerance);
      }
    }
  }

  private static void assertSame(String place, String found, String expected, double tolerance) {
    if (!isFraction(found) || !isFraction(expected)) {
      assertThat(found).as(place).isEqualTo(expected);
      return;
    }
    double value = Double.parseDouble(found);
    double golden = Double.parseDouble(expected);
    if (tolerance == 0) {
      assertThat(value).as(place).isEqualTo(golden);
    } else {
      assertThat(value)
          .as(place)
          .isCloseTo(golden, within(tolerance * Math.max(1, Math.abs(golden))));
    }
  }

  private static boolean isFraction(String cell) {
    return cell.matches("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?");
  }
}
