package org.symbreak.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.symbreak.random.Streams;

class ImportanceTest {
  private static final Predictor MODEL = x -> sigmoid(2 * x[0] + 3 * x[3] * x[4] + 0.2 * x[5]);

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** A cause, a column of no use, a copy of the cause, two that act together, and a weak cause. */
  private static double[][] rows(int n, RandomGenerator random) {
    double[][] rows = new double[n][6];
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextGaussian();
      }
      row[2] = 5 - 3 * row[0];
    }
    return rows;
  }

  private static int[] labels(double[][] rows, RandomGenerator random) {
    return IntStream.range(0, rows.length)
        .map(i -> random.nextDouble() < MODEL.probability(rows[i]) ? 1 : 0)
        .toArray();
  }

  private static Map<String, int[]> columns() {
    Map<String, int[]> columns = new LinkedHashMap<>();
    for (String name : List.of("cause", "useless", "copy", "one", "other", "weak")) {
      columns.put(name, new int[] {columns.size(), columns.size() + 1});
    }
    return columns;
  }

  @Test
  void plantedColumnsAreRankedRight() {
    RandomGenerator random = Streams.of(1, 1);
    double[][] rows = rows(2000, random);
    List<Importance> found =
        Importance.of(MODEL, columns(), rows, labels(rows, random), RowCounts.SAME, 1);
    assertThat(found.stream().map(Importance::columns))
        .hasSize(5)
        .startsWith(found.get(0).columns())
        .endsWith(List.of("weak"), List.of("useless"));
    assertThat(found.subList(0, 3).stream().map(Importance::columns))
        .containsExactlyInAnyOrder(List.of("cause", "copy"), List.of("one"), List.of("other"));
    assertThat(found.get(2).low()).isGreaterThan(0.2);
    assertThat(found.get(2).auc()).isGreaterThan(0.05);
    assertThat(found.get(3).logLoss()).isBetween(0.002, 0.05);
    assertThat(found.get(4).logLoss()).isZero();
    assertThat(found.get(4).low()).isZero();
  }

  @Test
  void theSameSeedGivesTheSame() {
    RandomGenerator random = Streams.of(1, 2);
    double[][] rows = rows(50, random);
    int[] labels = labels(rows, random);
    assertThat(Importance.of(MODEL, columns(), rows, labels, RowCounts.SAME, 3))
        .isEqualTo(Importance.of(MODEL, columns(), rows, labels, RowCounts.SAME, 3))
        .isNotEqualTo(Importance.of(MODEL, columns(), rows, labels, RowCounts.SAME, 4));
  }

  @Test
  void columnsThatLackTheSameFewCellsAreNotAlike() {
    RandomGenerator random = Streams.of(1, 3);
    double[][] rows = new double[200][4];
    for (int i = 0; i < rows.length; i++) {
      double missing = i % 50 == 0 ? 1 : 0;
      rows[i] = new double[] {random.nextGaussian(), missing, random.nextGaussian(), missing};
    }
    int[] labels = IntStream.range(0, rows.length).map(i -> rows[i][0] > 0 ? 1 : 0).toArray();
    Map<String, int[]> columns = new LinkedHashMap<>();
    columns.put("a", new int[] {0, 2});
    columns.put("b", new int[] {2, 4});
    assertThat(Importance.of(x -> sigmoid(x[0] + x[1]), columns, rows, labels, RowCounts.SAME, 1))
        .extracting(Importance::columns)
        .containsExactly(List.of("a"), List.of("b"));
  }

  /** The population's value is that of many more rows. */
  @Test
  void theIntervalCoversAsOftenAsItSays() {
    RandomGenerator random = Streams.of(1, 4);
    double[][] many = rows(40_000, random);
    double truth = of("one", many, labels(many, random)).logLoss();
    int samples = 300;
    List<Double> widths = new ArrayList<>();
    int covered = 0;
    for (int sample = 0; sample < samples; sample++) {
      double[][] rows = rows(120, random);
      Importance found = of("one", rows, labels(rows, random));
      covered += found.low() <= truth && truth <= found.high() ? 1 : 0;
      widths.add(found.high() - found.low());
    }
    assertThat((double) covered / samples).isBetween(0.91, 0.985);
    assertThat(widths).allMatch(width -> width < 3 * truth);
  }

  /** Cells that are all alike within groups tell nothing there, however much they tell between. */
  @Test
  void cellsAreDealtOutWithinGroupsAndGroupsAreCounted() {
    RandomGenerator random = Streams.of(1, 5);
    double[][] rows = rows(400, random);
    int[] groups = IntStream.range(0, rows.length).map(i -> i / 4).toArray();
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = rows[i / 4 * 4][0];
    }
    int[] labels = labels(rows, random);
    Map<String, int[]> columns = Map.of("cause", new int[] {0, 1});
    RowCounts counts = new RowCounts(null, groups);
    Importance within = Importance.of(MODEL, columns, rows, labels, counts, 1).get(0);
    Importance across = Importance.of(MODEL, columns, rows, labels, RowCounts.SAME, 1).get(0);
    assertThat(within.logLoss()).isZero();
    assertThat(across.low()).isGreaterThan(0.2);
    Map<String, int[]> other = Map.of("one", new int[] {3, 4});
    Importance ofRows = Importance.of(MODEL, other, rows, labels, counts, 1).get(0);
    Importance alone = Importance.of(MODEL, other, rows, labels, RowCounts.SAME, 1).get(0);
    assertThat(ofRows.low()).isGreaterThan(0.1);
    // cells that have nothing to do with the groups: as wide an interval as without them, or so
    double ratio = (ofRows.high() - ofRows.low()) / (alone.high() - alone.low());
    assertThat(ratio).isBetween(0.6, 1.4);
  }

  /** A weight of 2 does as the row twice, up to what chance deals out. */
  @Test
  void weightsCountRowsAsOftenAsTheySay() {
    RandomGenerator random = Streams.of(1, 6);
    double[][] rows = rows(600, random);
    int[] labels = labels(rows, random);
    double[] weights = IntStream.range(0, 600).mapToDouble(i -> i < 300 ? 2 : 0).toArray();
    Map<String, int[]> columns = Map.of("one", new int[] {3, 4});
    RowCounts counts = new RowCounts(weights, null);
    Importance weighted = Importance.of(MODEL, columns, rows, labels, counts, 1).get(0);
    double[][] half = Arrays.copyOf(rows, 300);
    int[] labelsOfHalf = Arrays.copyOf(labels, 300);
    Importance plain = Importance.of(MODEL, columns, half, labelsOfHalf, RowCounts.SAME, 1).get(0);
    assertThat(weighted.logLoss()).isBetween(0.85 * plain.logLoss(), 1.15 * plain.logLoss());
    double ratio = (weighted.high() - weighted.low()) / (plain.high() - plain.low());
    assertThat(ratio).isBetween(0.8, 1.25);
  }

  private static Importance of(String column, double[][] rows, int[] labels) {
    Map<String, int[]> one = Map.of(column, columns().get(column));
    return Importance.of(MODEL, one, rows, labels, RowCounts.SAME, 1).get(0);
  }
}
