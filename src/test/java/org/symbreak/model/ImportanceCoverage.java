package org.symbreak.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.symbreak.random.Streams;

/**
 * How often the interval of a column's importance holds the population's value, the mean over very
 * many rows. Arguments: samples a cell, rows for the truth. A line a cell: rows, column, what it
 * is, share of intervals that hold it, their mean width.
 */
final class ImportanceCoverage {
  private static final Predictor MODEL = x -> sigmoid(2 * x[0] + 3 * x[1] * x[2] + 0.2 * x[3]);
  private static final List<String> COLUMNS = List.of("strong", "interacting", "weak", "groups");

  private ImportanceCoverage() {}

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  public static void main(String[] arguments) {
    int samples = Integer.parseInt(arguments[0]);
    int many = Integer.parseInt(arguments[1]);
    for (int column = 0; column < COLUMNS.size(); column++) {
      double truth = draw(many, column, Streams.of(1, column)).logLoss();
      for (int n : new int[] {60, 120, 500}) {
        RandomGenerator random = Streams.of(2, column, n);
        int covered = 0;
        double width = 0;
        for (int sample = 0; sample < samples; sample++) {
          Importance found = draw(n, column, random);
          covered += found.low() <= truth && truth <= found.high() ? 1 : 0;
          width += found.high() - found.low();
        }
        System.out.printf(
            Locale.ROOT,
            "| %d | %s | %.4f | %.1f %% | %.4f |%n",
            n,
            COLUMNS.get(column),
            truth,
            100.0 * covered / samples,
            width / samples);
      }
    }
  }

  /** The last column is the first one in groups of five rows, each with a shift of its own. */
  private static Importance draw(int n, int column, RandomGenerator random) {
    boolean grouped = column == 3;
    double[][] rows = new double[n][4];
    double shift = 0;
    for (int i = 0; i < n; i++) {
      shift = i % 5 == 0 ? random.nextGaussian() : shift;
      for (int j = 0; j < 4; j++) {
        rows[i][j] = random.nextGaussian() + (grouped && j == 0 ? shift : 0);
      }
    }
    int[] labels =
        IntStream.range(0, n)
            .map(i -> random.nextDouble() < MODEL.probability(rows[i]) ? 1 : 0)
            .toArray();
    int feature = List.of(0, 1, 3, 0).get(column);
    RowCounts counts =
        grouped
            ? new RowCounts(null, IntStream.range(0, n).map(i -> i / 5).toArray())
            : RowCounts.SAME;
    return Importance.of(
            MODEL,
            Map.of("column", new int[] {feature, feature + 1}),
            rows,
            labels,
            counts,
            random.nextLong())
        .get(0);
  }
}
