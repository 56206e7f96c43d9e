package org.symbreak.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.symbreak.random.Streams;

/**
 * How much worse a model foretells rows where a column's cells were dealt out among them anew
 * (permutation importance: L. Breiman, Random forests, Machine Learning 45, 2001), averaged over
 * {@value #PERMUTATIONS} permutations. Columns that go with each other are dealt out together:
 * alone, each would look useless as long as the other one is there. Rows in groups deal among their
 * group alone.
 *
 * @param columns one, or several that correlate
 * @param logLoss by how much the log loss rises; below 0 where it falls
 * @param low lower end of an interval of 95 % over rows, or over their groups
 * @param high its upper end
 * @param auc by how much the area under ROC falls; null where a class is missing
 */
public record Importance(
    List<String> columns, double logLoss, double low, double high, Double auc) {
  /** How often a column is dealt out. */
  public static final int PERMUTATIONS = 20;

  /** Of the permutations, unless another is asked for. */
  public static final long SEED = 1;

  /** Correlation of two columns' features from which on they are dealt out together. */
  public static final double TOGETHER = 0.9;

  /** Rows at most that correlations are measured on. */
  private static final int CORRELATED_ROWS = 1000;

  private static final double NEARLY_ALL = 0.95;

  private static final long DEAL = 301;
  private static final double Z = 1.959963984540054;

  /** Beyond {@link #Z}; groups are few, and their sums are judged by Student's t. */
  private static final double UPPER_TAIL = 0.025;

  private static final double CLIP = Math.ulp(1.0);

  public Importance {
    columns = List.copyOf(columns);
  }

  /**
   * The most important first.
   *
   * @param predictor what foretells
   * @param columns each column's features, first and behind last, in the rows
   * @param rows features, row after row; at least two
   * @param labels 1 for positive, 0 for negative
   * @param counts how much rows count, and which belong together
   * @param seed of the permutations
   */
  public static List<Importance> of(
      Predictor predictor,
      Map<String, int[]> columns,
      double[][] rows,
      int[] labels,
      RowCounts counts,
      long seed) {
    double[] before = new double[rows.length];
    double[] losses = new double[rows.length];
    for (int row = 0; row < rows.length; row++) {
      before[row] = predictor.probability(rows[row]);
      losses[row] = loss(before[row], labels[row]);
    }
    Double auc = Evaluation.of(before, labels, counts, 0.5).auc();
    List<Importance> all = new ArrayList<>();
    int stream = 0;
    for (List<String> together : together(columns, rows)) {
      int[] features =
          together.stream()
              .map(columns::get)
              .flatMapToInt(span -> IntStream.range(span[0], span[1]))
              .toArray();
      all.add(
          new Dealing(predictor, rows, labels, counts, losses, auc)
              .of(together, features, Streams.of(seed, DEAL, stream++)));
    }
    all.sort(Comparator.comparingDouble(importance -> -importance.logLoss));
    return all;
  }

  private static double loss(double probability, int label) {
    double p = Math.min(Math.max(probability, CLIP), 1 - CLIP);
    return label == 1 ? -StrictMath.log(p) : -StrictMath.log1p(-p);
  }

  /** Columns in groups, each linked to another of its group by a correlation. */
  private static List<List<String>> together(Map<String, int[]> columns, double[][] rows) {
    List<String> names = List.copyOf(columns.keySet());
    double[][] scores = scores(rows);
    int[] group = IntStream.range(0, names.size()).toArray();
    for (int a = 0; a < group.length; a++) {
      for (int b = a + 1; b < group.length; b++) {
        if (group[a] != group[b]
            && correlate(scores, columns.get(names.get(a)), columns.get(names.get(b)))) {
          int from = group[b];
          int to = group[a];
          Arrays.setAll(group, i -> group[i] == from ? to : group[i]);
        }
      }
    }
    Map<Integer, List<String>> groups = new LinkedHashMap<>();
    for (int i = 0; i < group.length; i++) {
      groups.computeIfAbsent(group[i], g -> new ArrayList<>()).add(names.get(i));
    }
    return List.copyOf(groups.values());
  }

  /**
   * Features × rows, each feature of mean 0 and of length 1, or all 0 where nearly all rows have
   * the same: of two columns that lack the same few cells, nothing else is alike.
   */
  private static double[][] scores(double[][] rows) {
    int step = (rows.length + CORRELATED_ROWS - 1) / CORRELATED_ROWS;
    int n = (rows.length + step - 1) / step;
    double[][] scores = new double[rows[0].length][n];
    for (int j = 0; j < scores.length; j++) {
      int feature = j;
      Arrays.setAll(scores[j], i -> rows[i * step][feature]);
      double mean = Arrays.stream(scores[j]).sum() / n;
      double length = Math.sqrt(Arrays.stream(scores[j]).map(x -> (x - mean) * (x - mean)).sum());
      boolean varies = length > 0 && !isNearlyConstant(scores[j]);
      Arrays.setAll(scores[j], i -> varies ? (scores[feature][i] - mean) / length : 0);
    }
    return scores;
  }

  private static boolean isNearlyConstant(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int longest = 0;
    int from = 0;
    for (int i = 0; i < sorted.length; i++) {
      from = sorted[i] == sorted[from] ? from : i;
      longest = Math.max(longest, i - from + 1);
    }
    return longest >= NEARLY_ALL * sorted.length;
  }

  private static boolean correlate(double[][] scores, int[] a, int[] b) {
    for (int i = a[0]; i < a[1]; i++) {
      for (int j = b[0]; j < b[1]; j++) {
        double r = 0;
        for (int row = 0; row < scores[i].length; row++) {
          r += scores[i][row] * scores[j][row];
        }
        if (Math.abs(r) >= TOGETHER) {
          return true;
        }
      }
    }
    return false;
  }

  /** Deals out the cells of some features among the rows. */
  private record Dealing(
      Predictor predictor,
      double[][] rows,
      int[] labels,
      RowCounts counts,
      double[] losses,
      Double auc) {
    Importance of(List<String> columns, int[] features, RandomGenerator random) {
      int n = rows.length;
      double[] ofRow = new double[n];
      double[] after = new double[n];
      double fall = 0;
      for (int round = 0; round < PERMUTATIONS; round++) {
        int[] from = permutation(n, random);
        for (int row = 0; row < n; row++) {
          double[] dealt = rows[row].clone();
          for (int feature : features) {
            dealt[feature] = rows[from[row]][feature];
          }
          after[row] = predictor.probability(dealt);
          double rise = loss(after[row], labels[row]) - losses[row];
          // a row counts as the one that takes and as the one that gives: without the second half
          // the interval would be too short (Hoeffding's projections of a sum over pairs, 1948)
          ofRow[row] += counts.weight(row) * rise / PERMUTATIONS;
          ofRow[from[row]] += counts.weight(row) * rise / PERMUTATIONS;
        }
        fall += auc == null ? 0 : auc - Evaluation.of(after, labels, counts, 0.5).auc();
      }
      double total = counts.total(n);
      double mean = Arrays.stream(ofRow).sum() / total;
      for (int row = 0; row < n; row++) {
        ofRow[row] -= counts.weight(row) * mean;
      }
      double[] sums = counts.perGroup(ofRow, n);
      double squares = Arrays.stream(sums).map(sum -> sum * sum).sum();
      int m = sums.length;
      double error = m < 2 ? 0 : Math.sqrt(squares * m / (m - 1)) / total;
      if (counts.groups() != null) {
        error /= 2; // who takes and who gives are of one group, whose sum has both
      }
      double quantile =
          counts.groups() == null || m < 2
              ? Z
              : TDistribution.of(m - 1).inverseSurvivalProbability(UPPER_TAIL);
      return new Importance(
          columns,
          mean / 2,
          mean / 2 - quantile * error,
          mean / 2 + quantile * error,
          auc == null ? null : fall / PERMUTATIONS);
    }

    /** Of each row, the one whose cells it gets. */
    private int[] permutation(int n, RandomGenerator random) {
      Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
      for (int row = 0; row < n; row++) {
        int group = counts.groups() == null ? 0 : counts.group(row);
        groups.computeIfAbsent(group, first -> new ArrayList<>()).add(row);
      }
      int[] from = new int[n];
      for (List<Integer> group : groups.values()) {
        int[] order = group.stream().mapToInt(row -> row).toArray();
        for (int i = order.length - 1; i > 0; i--) {
          int j = random.nextInt(i + 1);
          int swapped = order[i];
          order[i] = order[j];
          order[j] = swapped;
        }
        for (int i = 0; i < order.length; i++) {
          from[group.get(i)] = order[i];
        }
      }
      return from;
    }
  }
}
