package org.symbreak.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @TempDir private Path directory;

  private Map<String, List<Double>> read(String text) throws IOException {
    return Metrics.read(Files.writeString(directory.resolve("metrics.csv"), text));
  }

  @Test
  void cellsWithoutAFiniteNumberAreGaps() throws IOException {
    assertThat(read("iteration,loss\n0,0.5\n1,\n2,NaN\n3,Infinity\n4,1e-3\n").get("loss"))
        .containsExactly(0.5, null, null, null, 0.001);
  }

  @Test
  void manyRowsAreThinnedEvenlyOnALogAxisWithTheFirstAndTheLast() throws IOException {
    int rows = 50_000;
    String text =
        IntStream.range(0, rows)
            .mapToObj(i -> i + "," + 2 * i)
            .collect(Collectors.joining("\n", "iteration,loss\n", "\n"));

    Map<String, List<Double>> columns = read(text);

    List<Double> iterations = columns.get("iteration");
    assertThat(iterations).hasSizeBetween(500, 1200).isSorted().doesNotHaveDuplicates();
    assertThat(iterations.get(0)).isZero();
    assertThat(iterations.get(iterations.size() - 1)).isEqualTo(rows - 1.0);
    assertThat(columns.get("loss")).isEqualTo(iterations.stream().map(i -> 2 * i).toList());
    for (int i = 1; i < iterations.size(); i++) {
      double gap = Math.log1p(iterations.get(i)) - Math.log1p(iterations.get(i - 1));
      double even = Math.log1p(rows - 1.0) / 1199;
      // the first rows are farther apart than that on the log axis, and all of them are there
      assertThat(gap <= 2 * even || iterations.get(i) - iterations.get(i - 1) == 1).isTrue();
    }
  }
}
