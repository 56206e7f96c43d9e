package org.symbreak.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.symbreak.random.Streams;

/**
 * How often a comparison of two methods on one file says something false of new rows. The methods
 * are bound to the data and not to a seed: Gaussian naive Bayes, one that sees feature u and one
 * that sees v. With {@code -Dworlds=2000} as scripts/conclusions runs it; without, a reduced form.
 * The table goes to target/conclusions.md.
 */
@Tag("slow")
class ConclusionsHoldTest {
  private static final int WORLDS = Integer.getInteger("worlds", 300);
  private static final long SEED = Long.getLong("worlds.seed", 20261130);
  private static final int[] ROWS = {100, 200, 1000};
  private static final int[] RESAMPLES = {8, 12, 30};
  private static final double TEST = 0.2;
  private static final int MOST = 30;
  private static final double LEVEL = 0.05;

  private final List<String> table =
      new ArrayList<>(
          List.of(
              "| world | rows | resamples | corrected t rejects | signed rank rejects | 95 %"
                  + " interval holds the truth |",
              "|---|---:|---:|---:|---:|---:|"));

  /** Rows of a file: features, and labels of 0 and 1. */
  private record Rows(double[][] x, int[] y) {}

  /** A source of files. */
  private interface Source {
    Rows draw(int rows, RandomGenerator random);
  }

  @Test
  void whatIsSaidOfNewRowsHolds() throws IOException {
    Source same = features(1, 1);
    Source realSame = realWithNoise();
    Source other = features(1, 0.6);
    for (int n : ROWS) {
      cell("exchangeable", same, new int[] {0}, new int[] {1}, n, 0);
      int[] real = {0, 1, 2, 3};
      cell("real, a noise column each", realSame, with(real, 4), with(real, 5), n, 0);
      cell("different", other, new int[] {0}, new int[] {1}, n, truth(other, n));
    }
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target/conclusions.md"), table);
    table.forEach(System.out::println);
  }

  private void cell(String world, Source source, int[] a, int[] b, int n, double truth) {
    int[][] rejected = new int[2][RESAMPLES.length];
    int[] uncorrected = new int[RESAMPLES.length];
    int[] covered = new int[RESAMPLES.length];
    for (int w = 0; w < WORLDS; w++) {
      RandomGenerator random = Streams.of(SEED, world.hashCode(), n, w);
      Rows rows = source.draw(n, random);
      double[] differences = differences(rows, a, b, random);
      for (int i = 0; i < RESAMPLES.length; i++) {
        double[] first = Arrays.copyOf(differences, RESAMPLES[i]);
        ResampledT t = ResampledT.of(first, TEST / (1 - TEST), 1 - LEVEL);
        rejected[0][i] += t.p() <= LEVEL ? 1 : 0;
        rejected[1][i] += SignedRank.pValue(first) <= LEVEL ? 1 : 0;
        uncorrected[i] += ResampledT.of(first, 1e-9, 1 - LEVEL).p() <= LEVEL ? 1 : 0;
        covered[i] += t.low() <= truth && truth <= t.high() ? 1 : 0;
      }
    }
    for (int i = 0; i < RESAMPLES.length; i++) {
      double falsely = rejected[0][i] / (double) WORLDS;
      double before = rejected[1][i] / (double) WORLDS;
      double covers = covered[i] / (double) WORLDS;
      table.add(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %.1f %% | %.1f %% | %.1f %% |",
              world,
              n,
              RESAMPLES[i],
              100 * falsely,
              100 * before,
              100 * covers));
      String cell = table.get(table.size() - 1);
      assertThat(covers).as(cell).isGreaterThanOrEqualTo(0.93 - 2 * error(0.93));
      if (truth == 0) {
        assertThat(falsely).as(cell).isLessThanOrEqualTo(0.06 + 2 * error(0.06));
        // else the world proves nothing
        assertThat(before).as(cell).isGreaterThan(0.1 - 2 * error(0.1));
        assertThat(uncorrected[i] / (double) WORLDS)
            .as("without the correction, " + cell)
            .isGreaterThan(0.06 + 2 * error(0.06));
      }
    }
  }

  /** Monte Carlo standard error of a share. */
  private static double error(double share) {
    return Math.sqrt(share * (1 - share) / WORLDS);
  }

  /** Loss of the first method minus that of the second, on each of the random splits. */
  private static double[] differences(Rows rows, int[] a, int[] b, RandomGenerator random) {
    int n = rows.y.length;
    int[] order = IntStream.range(0, n).toArray();
    int tested = (int) Math.round(TEST * n);
    double[] differences = new double[MOST];
    for (int split = 0; split < MOST; split++) {
      for (int i = 0; i < tested; i++) {
        int other = i + random.nextInt(n - i);
        int kept = order[i];
        order[i] = order[other];
        order[other] = kept;
      }
      differences[split] =
          loss(rows, order, tested, Bayes.fit(rows, order, tested, n, a))
              - loss(rows, order, tested, Bayes.fit(rows, order, tested, n, b));
    }
    return differences;
  }

  private static double loss(Rows rows, int[] order, int tested, Bayes bayes) {
    double sum = 0;
    for (int i = 0; i < tested; i++) {
      sum += bayes.loss(rows.x[order[i]], rows.y[order[i]]);
    }
    return sum / tested;
  }

  /** Expected difference on new rows, over training sets of the size that a split leaves. */
  private static double truth(Source source, int n) {
    int trained = n - (int) Math.round(TEST * n);
    RandomGenerator random = Streams.of(SEED, 1, n);
    Rows fresh = source.draw(100_000, random);
    int sets = WORLDS >= 1000 ? 200 : 40;
    int[] order = IntStream.range(0, trained).toArray();
    double sum = 0;
    for (int set = 0; set < sets; set++) {
      Rows rows = source.draw(trained, random);
      Bayes a = Bayes.fit(rows, order, 0, trained, new int[] {0});
      Bayes b = Bayes.fit(rows, order, 0, trained, new int[] {1});
      for (int i = 0; i < fresh.y.length; i++) {
        sum += a.loss(fresh.x[i], fresh.y[i]) - b.loss(fresh.x[i], fresh.y[i]);
      }
    }
    return sum / sets / fresh.y.length;
  }

  private static Source features(double u, double v) {
    return (rows, random) -> {
      double[][] x = new double[rows][2];
      int[] y = new int[rows];
      for (int i = 0; i < rows; i++) {
        y[i] = random.nextInt(2);
        x[i][0] = u * y[i] + random.nextGaussian();
        x[i][1] = v * y[i] + random.nextGaussian();
      }
      return new Rows(x, y);
    };
  }

  /** Four columns of a file, drawn with replacement, and two of noise. */
  private static Source realWithNoise() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("data/breast-cancer.csv"));
    List<String> names = List.of(lines.get(0).split(","));
    int label = names.indexOf("diagnosis");
    int[] columns =
        IntStream.range(0, names.size()).filter(j -> j != label).skip(1).limit(4).toArray();
    List<String[]> cells = lines.stream().skip(1).map(line -> line.split(",")).toList();
    return (rows, random) -> {
      double[][] x = new double[rows][6];
      int[] y = new int[rows];
      for (int i = 0; i < rows; i++) {
        String[] row = cells.get(random.nextInt(cells.size()));
        y[i] = row[label].startsWith("m") ? 1 : 0;
        for (int j = 0; j < 4; j++) {
          x[i][j] = Double.parseDouble(row[columns[j]]);
        }
        x[i][4] = random.nextGaussian();
        x[i][5] = random.nextGaussian();
      }
      return new Rows(x, y);
    };
  }

  private static int[] with(int[] columns, int more) {
    int[] all = Arrays.copyOf(columns, columns.length + 1);
    all[columns.length] = more;
    return all;
  }

  /** Gaussian naive Bayes on some columns. */
  private record Bayes(int[] columns, double[][] mean, double[] variance, double logOdds) {
    static Bayes fit(Rows rows, int[] order, int from, int to, int[] columns) {
      double[][] mean = new double[2][columns.length];
      double[] variance = new double[columns.length];
      int[] count = new int[2];
      for (int i = from; i < to; i++) {
        count[rows.y[order[i]]]++;
      }
      for (int i = from; i < to; i++) {
        int label = rows.y[order[i]];
        for (int j = 0; j < columns.length; j++) {
          mean[label][j] += rows.x[order[i]][columns[j]] / Math.max(1, count[label]);
        }
      }
      for (int i = from; i < to; i++) {
        for (int j = 0; j < columns.length; j++) {
          double off = rows.x[order[i]][columns[j]] - mean[rows.y[order[i]]][j];
          variance[j] += off * off / (to - from - 2);
        }
      }
      return new Bayes(columns, mean, variance, Math.log((count[1] + 1.0) / (count[0] + 1.0)));
    }

    double loss(double[] x, int label) {
      double odds = logOdds;
      for (int j = 0; j < columns.length; j++) {
        double value = x[columns[j]];
        odds +=
            (mean[1][j] - mean[0][j])
                * (value - (mean[0][j] + mean[1][j]) / 2)
                / Math.max(1e-9, variance[j]);
      }
      double towards = label == 1 ? odds : -odds;
      return towards > 0
          ? Math.log1p(Math.exp(-towards))
          : -towards + Math.log1p(Math.exp(towards));
    }
  }
}
