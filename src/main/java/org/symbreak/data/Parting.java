package org.symbreak.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.symbreak.data.Split.Part;
import org.symbreak.problem.InputException;
import org.symbreak.random.Streams;

/**
 * Draws the parts where rows come in groups or in an order, or where folds are asked for. What is
 * drawn are units: groups, or single rows; a group comes as late as its latest row.
 */
final class Parting {
  private static final long FOLDS = 103;
  private static final long SHARES = 107;

  private final Rulings rulings;
  private final byte[] labels;
  private final int[] unit;
  private final int[][] counts;
  private final double[] times;
  private final long seed;
  private final boolean grouped;

  /**
   * @param labels 0 or 1 a row
   * @param group number of each row's group, −1 for a row of its own
   * @param groups how many there are
   * @param times a row; null without an order
   */
  Parting(Rulings rulings, byte[] labels, int[] group, int groups, double[] times, long seed) {
    this.rulings = rulings;
    this.labels = labels;
    this.seed = seed;
    this.grouped = groups > 0;
    this.unit = group.clone();
    int units = groups;
    for (int row = 0; row < unit.length; row++) {
      unit[row] = unit[row] < 0 ? units++ : unit[row];
    }
    this.counts = new int[units][2];
    this.times = times == null ? null : new double[units];
    if (times != null) {
      Arrays.fill(this.times, Double.NEGATIVE_INFINITY);
    }
    for (int row = 0; row < unit.length; row++) {
      counts[unit[row]][labels[row]]++;
      if (times != null) {
        this.times[unit[row]] = Math.max(this.times[unit[row]], times[row]);
      }
    }
  }

  /**
   * @param testFraction share of rows to test on; not looked at where there are folds
   * @param validationFraction of those that neither are tested on nor left out
   */
  Split split(double testFraction, double validationFraction) {
    Part[] parts = new Part[counts.length];
    Arrays.fill(parts, Part.TRAIN);
    // a number that no row has is none of the units
    int[] left = IntStream.range(0, parts.length).filter(u -> size(u) > 0).toArray();
    List<Fold> folds = rulings.folds();
    for (int level = 0; level < folds.size(); level++) {
      Part tested = level == folds.size() - 1 ? Part.TEST : Part.OUT;
      left = times == null ? fold(parts, left, tested, level) : window(parts, left, tested, level);
    }
    if (folds.isEmpty() && testFraction > 0) {
      left = hold(parts, left, testFraction, Part.TEST);
    }
    if (validationFraction > 0 && (times != null || grouped)) {
      hold(parts, left, validationFraction, Part.VALIDATION);
    }
    Part[] ofRows = new Part[unit.length];
    Arrays.setAll(ofRows, row -> parts[unit[row]]);
    if (validationFraction > 0 && times == null && !grouped) {
      int[] rows = IntStream.range(0, ofRows.length).filter(r -> ofRows[r] == Part.TRAIN).toArray();
      Split drawn =
          Split.stratified(rows.length, i -> labels[rows[i]], 0, validationFraction, seed);
      for (int i = 0; i < rows.length; i++) {
        ofRows[rows[i]] = drawn.part(i);
      }
    }
    return Split.of(ofRows);
  }

  private int[] fold(Part[] parts, int[] units, Part tested, int level) {
    Fold fold = rulings.folds().get(level);
    refuseMoreThan(units.length, fold, rulings.group() != null ? "groups" : "rows");
    double[] shares = new double[fold.parts()];
    Arrays.fill(shares, 1.0 / fold.parts());
    int[] dealt = dealt(units, shares, FOLDS, level);
    return marked(parts, units, i -> dealt[i] == fold.part() - 1, tested);
  }

  /** Rows of a share of the units; at least one unit, and not all where there are more. */
  int[] held(double share) {
    Part[] parts = new Part[counts.length];
    Arrays.fill(parts, Part.TRAIN);
    hold(
        parts,
        IntStream.range(0, parts.length).filter(u -> size(u) > 0).toArray(),
        share,
        Part.CALIBRATION);
    return IntStream.range(0, unit.length)
        .filter(row -> parts[unit[row]] == Part.CALIBRATION)
        .toArray();
  }

  /** Of each row, one of so many shares of whole groups that are alike in size and classes. */
  int[] folds(int parts) {
    int[] units = IntStream.range(0, counts.length).filter(u -> size(u) > 0).toArray();
    double[] shares = new double[parts];
    Arrays.fill(shares, 1.0 / parts);
    int[] dealt = dealt(units, shares, FOLDS, parts);
    int[] ofUnit = new int[counts.length];
    for (int i = 0; i < units.length; i++) {
      ofUnit[units[i]] = dealt[i];
    }
    return IntStream.of(unit).map(u -> ofUnit[u]).toArray();
  }

  /** Rows before the window remain, those after it are left out. */
  private int[] window(Part[] parts, int[] units, Part tested, int level) {
    Fold fold = rulings.folds().get(level);
    int[] sorted = sorted(units);
    int[] cuts = new int[fold.parts() + 2];
    long rows = Arrays.stream(sorted).mapToLong(this::size).sum();
    long before = 0;
    int cut = 1;
    for (int i = 0; i < sorted.length && cut <= fold.parts(); i++) {
      before += size(sorted[i]);
      boolean isTie = i + 1 < sorted.length && times[sorted[i]] == times[sorted[i + 1]];
      if (!isTie && before * (fold.parts() + 1) >= rows * cut) {
        cuts[cut++] = i + 1;
      }
    }
    cuts[fold.parts() + 1] = sorted.length;
    if (cut <= fold.parts() || cuts[fold.parts()] == sorted.length) {
      throw InputException.of(
          "folds",
          "at most as many windows as the rows' times allow",
          fold.parts()
              + " for "
              + Arrays.stream(units).mapToDouble(u -> times[u]).distinct().count()
              + " different times in so many rows each");
    }
    for (int i = cuts[fold.part() + 1]; i < sorted.length; i++) {
      parts[sorted[i]] = Part.OUT;
    }
    for (int i = cuts[fold.part()]; i < cuts[fold.part() + 1]; i++) {
      parts[sorted[i]] = tested;
    }
    return Arrays.copyOf(sorted, cuts[fold.part()]);
  }

  /** Puts a share of the units into a part; at least one of them, and not all. */
  private int[] hold(Part[] parts, int[] units, double share, Part into) {
    if (units.length < 2) {
      return units;
    }
    if (times == null) {
      int[] dealt = dealt(units, new double[] {share, 1 - share}, SHARES, into.ordinal());
      return marked(parts, units, i -> dealt[i] == 0, into);
    }
    int[] sorted = sorted(units);
    double wanted = share * Arrays.stream(sorted).mapToLong(this::size).sum();
    int best = -1;
    double nearest = Double.POSITIVE_INFINITY;
    long held = 0;
    for (int i = sorted.length - 1; i > 0; i--) {
      held += size(sorted[i]);
      if (times[sorted[i - 1]] < times[sorted[i]] && Math.abs(held - wanted) < nearest) {
        nearest = Math.abs(held - wanted);
        best = i;
      }
    }
    if (best < 0) {
      return units;
    }
    for (int i = best; i < sorted.length; i++) {
      parts[sorted[i]] = into;
    }
    return Arrays.copyOf(sorted, best);
  }

  private int[] marked(
      Part[] parts, int[] units, java.util.function.IntPredicate chosen, Part into) {
    IntStream.range(0, units.length).filter(chosen).forEach(i -> parts[units[i]] = into);
    return IntStream.range(0, units.length)
        .filter(i -> !chosen.test(i))
        .map(i -> units[i])
        .toArray();
  }

  private int[] sorted(int[] units) {
    return IntStream.of(units)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer u) -> times[u]).thenComparing(u -> u))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * Deals units out, the largest first, else in random order: each goes where it fills the share of
   * its classes least. The last ones go where there is none yet.
   *
   * @return for each unit the number of its share
   */
  private int[] dealt(int[] units, double[] shares, long... stream) {
    List<Integer> order = new ArrayList<>();
    IntStream.range(0, units.length).forEach(order::add);
    Collections.shuffle(order, new Random(Streams.seed(seed, stream)));
    order.sort(Comparator.comparingInt((Integer i) -> -size(units[i])));
    double[] all = new double[2];
    IntStream.of(units).forEach(u -> IntStream.range(0, 2).forEach(c -> all[c] += counts[u][c]));
    int[][] have = new int[shares.length][2];
    int[] members = new int[shares.length];
    int[] dealt = new int[units.length];
    int empty = shares.length;
    for (int at = 0; at < order.size(); at++) {
      int i = order.get(at);
      int[] count = counts[units[i]];
      boolean onlyEmpty = order.size() - at <= empty;
      int best = -1;
      double least = Double.POSITIVE_INFINITY;
      double leastRows = Double.POSITIVE_INFINITY;
      for (int b = 0; b < shares.length; b++) {
        double fill = 0;
        for (int c = 0; c < 2; c++) {
          fill += all[c] == 0 ? 0 : count[c] * (have[b][c] + count[c]) / (shares[b] * all[c]);
        }
        double rows = (have[b][0] + have[b][1]) / shares[b];
        boolean better = fill < least || fill == least && rows < leastRows;
        if (better && !(onlyEmpty && members[b] > 0)) {
          best = b;
          least = fill;
          leastRows = rows;
        }
      }
      empty -= members[best] == 0 ? 1 : 0;
      members[best]++;
      have[best][0] += count[0];
      have[best][1] += count[1];
      dealt[i] = best;
    }
    return dealt;
  }

  private static void refuseMoreThan(int units, Fold fold, String what) {
    if (fold.parts() > units) {
      throw InputException.of(
          "folds", "at most as many as " + what + ", " + units, Integer.toString(fold.parts()));
    }
  }

  private int size(int u) {
    return counts[u][0] + counts[u][1];
  }
}
