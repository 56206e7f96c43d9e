package org.symbreak.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.symbreak.run.Engines;

/**
 * Deeplearning4j's engine breaks the proof by rounding, on one kernel of OpenBLAS whatever the
 * processor's own would be.
 */
@EnabledIf(
    value = "hasTheKernelsInstructions",
    disabledReason = "OpenBLAS's kernel for Haswell needs AVX2 and FMA")
class RoundingBreakTest {
  private static final String FOUND = "found ";

  static boolean hasTheKernelsInstructions() throws IOException {
    Path processor = Path.of("/proc/cpuinfo");
    return Files.isReadable(processor)
        && Files.readString(processor).matches("(?s).*\\bfma\\b.*\\bavx2\\b.*");
  }

  @Test
  void partsEqualUnitsAtSomeWidthAndExactArithmeticDoesNot() throws Exception {
    ProcessBuilder child =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            Search.class.getName());
    child.environment().put("OPENBLAS_CORETYPE", "Haswell");
    child.environment().put("OMP_NUM_THREADS", "1");
    Process process = child.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    String[] found =
        output
            .lines()
            .filter(line -> line.startsWith(FOUND))
            .findFirst()
            .orElseThrow()
            .substring(FOUND.length())
            .split(" ");
    assertThat(Integer.parseInt(found[0])).as("width").isBetween(2, 40);
    double first = Double.parseDouble(found[1]);
    double last = Double.parseDouble(found[2]);
    assertThat(first).as("distance after the step that broke it").isBetween(1e-14, 1e-6);
    assertThat(last).as("distance after 30 steps").isGreaterThan(first);
    assertThat(Long.parseLong(found[3])).as("distinct units in exact arithmetic").isEqualTo(1);
    assertThat(Double.parseDouble(found[4]))
        .as("distance from exact arithmetic")
        .isBetween(first / 4, 1e-6);
  }

  /** What the child JVM does. */
  static final class Search {
    public static void main(String[] args) {
      ClaimData data =
          new ClaimData(
              null,
              null,
              new double[][] {{0}},
              new int[] {0},
              2,
              problem -> Engines.choose("dl4j", problem).engine(),
              1,
              new Yardsticks());
      RoundingBreak found = RoundingBreak.search(data, 40, 2, 30).orElseThrow();
      System.out.printf(
          FOUND + "%d %s %s %d %s%n",
          found.units(),
          found.first().absolute(),
          found.last().absolute(),
          found.exactDistinctUnits(),
          found.exactDifference());
      System.exit(0);
    }
  }
}
