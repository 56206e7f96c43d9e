package org.symbreak.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Columns that tell the label alone, as a copy of it does, that name each row, or that hardly vary;
 * measured on at most some thousand training rows, spread evenly.
 */
final class Leaks {
  private static final int SAMPLE = 10_000;

  /** Cells that are held at a time: rows may lie in a file, and columns across it. */
  private static final int CELLS = 1 << 22;

  /** How well a column must part the classes to be told of. */
  private static final double TELLING = 0.99;

  /** Rows of each class, and rows for each category, that it takes to say so. */
  private static final int FEWEST = 5;

  /** Rows from which on different whole numbers in all of them are worth a word. */
  private static final int MANY = 30;

  /**
   * Share of cells with the same value in a column that hardly varies, and rows to tell it from.
   */
  private static final double NEARLY_ALL = 0.99;

  private static final int ROWS_TO_TELL = 200;

  /** A class may lie in at most so many ranges of numbers. */
  private static final int PIECES = 50;

  private final RawTable table;
  private final List<FittedColumn> columns;
  private final int[] rows;
  private final int[] labels;
  private final int positives;
  private final List<String> notices = new ArrayList<>();
  private final List<String> nearlyConstant = new ArrayList<>();

  Leaks(RawTable table, Split split, LabelValues.LabelClasses classes, List<FittedColumn> columns) {
    this.table = table;
    this.columns = columns;
    int step = (split.size(Split.Part.TRAIN) + SAMPLE - 1) / SAMPLE;
    int[] training = IntStream.range(0, table.rows()).filter(split::trains).toArray();
    this.rows =
        IntStream.range(0, training.length)
            .filter(i -> i % step == 0)
            .map(i -> training[i])
            .toArray();
    this.labels = IntStream.of(rows).map(row -> table.labels().label(row, classes)).toArray();
    this.positives = IntStream.of(labels).sum();
  }

  /** A sentence for each column that was found, and one for all that hardly vary. */
  List<String> notices() {
    Map<String, Integer> positions = table.positions();
    int together = Math.max(1, CELLS / Math.max(1, rows.length));
    for (int from = 0; from < columns.size(); from += together) {
      List<FittedColumn> some = columns.subList(from, Math.min(columns.size(), from + together));
      int[] among = some.stream().mapToInt(column -> positions.get(column.name())).toArray();
      long[][] cells = table.cells(rows, among);
      for (int j = 0; j < among.length; j++) {
        look(among[j], cells[j], some.get(j));
      }
    }
    if (!nearlyConstant.isEmpty()) {
      notices.add(
          Place.columns(nearlyConstant)
              + (nearlyConstant.size() == 1 ? " has" : " have")
              + " the same value in at least 99 % of the training rows, and "
              + (nearlyConstant.size() == 1 ? "is" : "are")
              + " kept");
    }
    return notices;
  }

  private void look(int column, long[] cells, FittedColumn fitted) {
    String name = fitted.name();
    boolean known = positives >= FEWEST && rows.length - positives >= FEWEST;
    double gap = known ? missingAlone(cells) : 0;
    if (gap >= TELLING) {
      tell(name, "whether it is missing parts the classes", gap);
      return;
    }
    if (fitted instanceof FittedNumber number) {
      double[] numbers = numbers(cells);
      double[] sorted = sorted(numbers, label -> true);
      if (isNearlyConstant(sorted)) {
        nearlyConstant.add(name);
      }
      if (number.notation() == null) {
        StrayNumber.in(sorted).ifPresent(stray -> notices.add(stray.notice(name)));
      }
      double auc = known ? auc(numbers, sorted) : 0.5;
      double ranges = known ? rangesAlone(numbers) : 0;
      if (Math.max(auc, 1 - auc) >= TELLING) {
        tell(name, "the AUC of its numbers alone is", Math.max(auc, 1 - auc));
      } else if (ranges >= TELLING) {
        tell(name, "ranges of its numbers alone part the classes", ranges);
      } else if (number.notation() == null && areAllDifferentWholes(column, sorted)) {
        notices.add(
            String.format(
                Locale.ROOT,
                "column %s has another whole number in every row, as an identifier does, and is"
                    + " kept (AUC of its numbers alone %.3f); %s leaves it out",
                Place.quoted(name),
                Math.max(auc, 1 - auc),
                Place.option("--ignore", name)));
      }
    } else {
      double accuracy = known ? categoriesAlone(column, cells) : 0;
      if (accuracy >= TELLING) {
        tell(name, "its values alone part the classes", accuracy);
      }
    }
  }

  private void tell(String name, String how, double figure) {
    notices.add(
        String.format(
            Locale.ROOT,
            "column %s tells the label, as a copy of it would (%s %s), and is kept; if it is not"
                + " known before the label is, %s",
            Place.quoted(name),
            how,
            how.endsWith(" is")
                ? String.format(Locale.ROOT, "%.3f", figure)
                : String.format(Locale.ROOT, "in %.1f %% of %d rows", 100 * figure, rows.length),
            Place.option("--ignore", name)));
  }

  /** Of the rows that are looked at; NaN where there is none. */
  private static double[] numbers(long[] cells) {
    double[] numbers = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      numbers[i] = Cell.isNumber(cells[i]) ? Double.longBitsToDouble(cells[i]) : Double.NaN;
    }
    return numbers;
  }

  private double[] sorted(double[] numbers, IntPredicate label) {
    double[] sorted = new double[numbers.length];
    int count = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (label.test(labels[i]) && !Double.isNaN(numbers[i])) {
        sorted[count++] = numbers[i];
      }
    }
    Arrays.sort(sorted, 0, count);
    return Arrays.copyOf(sorted, count);
  }

  private static boolean isNearlyConstant(double[] sorted) {
    int longest = 0;
    int from = 0;
    for (int i = 0; i < sorted.length; i++) {
      from = sorted[i] == sorted[from] ? from : i;
      longest = Math.max(longest, i - from + 1);
    }
    return sorted.length >= ROWS_TO_TELL && longest >= NEARLY_ALL * sorted.length;
  }

  private boolean areAllDifferentWholes(int column, double[] sorted) {
    if (table.rows() < MANY || table.numbers(column) < table.rows() || sorted.length == 0) {
      return false;
    }
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] != Math.rint(sorted[i]) || i > 0 && sorted[i] == sorted[i - 1]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Area under the ROC curve of the numbers, ties counting half (Mann and Whitney, 1947); missing
   * cells are passed over.
   */
  private double auc(double[] numbers, double[] sorted) {
    double ranks = 0;
    long ones = 0;
    for (int i = 0; i < rows.length; i++) {
      double number = numbers[i];
      if (labels[i] == 1 && !Double.isNaN(number)) {
        ranks += (below(sorted, number) + (sorted.length - above(sorted, number)) + 1) / 2.0;
        ones++;
      }
    }
    long zeros = sorted.length - ones;
    return ones < FEWEST || zeros < FEWEST
        ? 0.5
        : (ranks - ones * (ones + 1) / 2.0) / ((double) ones * zeros);
  }

  /**
   * Share of rows, a mean over the classes, that lie among enough rows of their class alone, where
   * rows stand in the order of their numbers.
   */
  private double rangesAlone(double[] numbers) {
    double[][] sorted = {
      sorted(numbers, label -> label == 0), sorted(numbers, label -> label == 1)
    };
    int[] next = new int[2];
    int[] run = new int[2];
    double alone = 0;
    while (next[0] < sorted[0].length || next[1] < sorted[1].length) {
      double least = Math.min(at(sorted[0], next[0]), at(sorted[1], next[1]));
      int[] same = new int[2];
      for (int label = 0; label < 2; label++) {
        while (at(sorted[label], next[label]) == least) {
          next[label]++;
          same[label]++;
        }
      }
      for (int label = 0; label < 2; label++) {
        if (same[1 - label] > 0) {
          alone += shareOfClass(run[label], label);
          run[label] = 0;
        } else {
          run[label] += same[label];
        }
      }
    }
    return (alone + shareOfClass(run[0], 0) + shareOfClass(run[1], 1)) / 2;
  }

  private static double at(double[] numbers, int i) {
    return i < numbers.length ? numbers[i] : Double.POSITIVE_INFINITY;
  }

  /** Of a run of rows of one class; 0 where it is so short that chance may have made it. */
  private double shareOfClass(int run, int label) {
    int all = label == 1 ? positives : rows.length - positives;
    return run >= Math.max(FEWEST, all / PIECES) ? (double) run / all : 0;
  }

  /** How many are smaller. */
  private static int below(double[] sorted, double number) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many are larger. */
  private static int above(double[] sorted, double number) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return sorted.length - low;
  }

  /** Share of rows told rightly by the class that is more frequent among rows of the same value. */
  private double categoriesAlone(int column, long[] cells) {
    int beyond = table.dictionary(column).size();
    int[][] counts = new int[beyond + 2][2];
    int different = 0;
    for (int i = 0; i < rows.length; i++) {
      long cell = cells[i];
      int code = cell == Cell.MISSING ? beyond + 1 : Math.min(Cell.code(cell), beyond);
      different += counts[code][0] + counts[code][1] == 0 ? 1 : 0;
      counts[code][labels[i]]++;
    }
    return different * FEWEST > rows.length ? 0 : balancedAccuracy(counts);
  }

  private double missingAlone(long[] cells) {
    int[][] counts = new int[2][2];
    for (int i = 0; i < rows.length; i++) {
      counts[cells[i] == Cell.MISSING ? 1 : 0][labels[i]]++;
    }
    return counts[1][0] + counts[1][1] < FEWEST ? 0 : balancedAccuracy(counts);
  }

  /** Mean over the classes, so that a rare class counts as much as a frequent one. */
  private double balancedAccuracy(int[][] counts) {
    int[] all = {rows.length - positives, positives};
    double[] right = new double[2];
    for (int[] count : counts) {
      int label = (double) count[1] / all[1] > (double) count[0] / all[0] ? 1 : 0;
      right[label] += count[label];
    }
    return (right[0] / all[0] + right[1] / all[1]) / 2;
  }
}
