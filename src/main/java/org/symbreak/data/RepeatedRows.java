package org.symbreak.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Rows of a table that are equal in all columns that may be learned from, told by a hash of 64 bits
 * that is a sum over the cells, so that a column can be taken out of it.
 */
final class RepeatedRows {
  /** Different rows that are looked at to tell a continuous column, at most and at least. */
  private static final int SAMPLE = 10_000;

  private static final int FEWEST = 10;

  /** Share of different rows that have another number each, in a continuous column. */
  private static final double CONTINUOUS = 0.9;

  private final RawTable table;
  private final int[] without;
  private final long[] repeated;

  /**
   * @param without columns that nothing is learned from
   */
  RepeatedRows(RawTable table, int[] without) {
    this.table = table;
    this.without = without.clone();
    long[] sorted = new long[table.rows()];
    for (int row = 0; row < sorted.length; row++) {
      sorted[row] = hash(row);
    }
    Arrays.sort(sorted);
    int count = 0;
    for (int i = 1; i < sorted.length; i++) {
      boolean first = sorted[i] == sorted[i - 1] && (i == 1 || sorted[i] != sorted[i - 2]);
      if (first) {
        sorted[count++] = sorted[i];
      }
    }
    this.repeated = Arrays.copyOf(sorted, count);
  }

  /** What a cell adds to its row's hash: a mixing step of SplitMix64 (Steele et al., 2014). */
  static long share(long cell, int column) {
    long mixed = cell + (column + 1) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }

  private long hash(int row) {
    long hash = table.hash(row);
    for (int column : without) {
      hash -= share(table.cell(row, column), column);
    }
    return hash;
  }

  boolean isEmpty() {
    return repeated.length == 0;
  }

  /** Number of the row's group of equal ones, from 0; −1 where no other row equals it. */
  int group(int row) {
    int found = isEmpty() ? -1 : Arrays.binarySearch(repeated, hash(row));
    return Math.max(-1, found);
  }

  int groups() {
    return repeated.length;
  }

  /**
   * A column of numbers that nearly all different rows have another of, so that no two rows are
   * equal by chance.
   */
  Optional<String> continuousColumn() {
    Set<Long> seen = new HashSet<>();
    int[] different =
        IntStream.range(0, table.rows())
            .filter(row -> seen.size() < SAMPLE && seen.add(hash(row)))
            .toArray();
    if (different.length < FEWEST) {
      return Optional.empty();
    }
    Set<Integer> left = new HashSet<>();
    IntStream.of(without).forEach(left::add);
    return IntStream.range(0, table.columns().size())
        .filter(column -> !left.contains(column) && table.numbers(column) > 0)
        .filter(column -> isContinuous(column, different))
        .mapToObj(table.columns()::get)
        .findFirst();
  }

  private boolean isContinuous(int column, int[] rows) {
    long numbers =
        IntStream.of(rows)
            .mapToLong(row -> table.cell(row, column))
            .filter(Cell::isNumber)
            .distinct()
            .count();
    return numbers >= CONTINUOUS * rows.length;
  }

  /** Test rows, or else validation rows, that equal a training row; told with their share. */
  Optional<String> notice(Split split) {
    boolean[] trains = new boolean[groups()];
    for (int row = 0; row < table.rows(); row++) {
      int group = group(row);
      if (group >= 0 && split.trains(row)) {
        trains[group] = true;
      }
    }
    Split.Part part = split.size(Split.Part.TEST) > 0 ? Split.Part.TEST : Split.Part.VALIDATION;
    int equal = 0;
    for (int row = 0; row < table.rows(); row++) {
      int group = group(row);
      equal += group >= 0 && trains[group] && split.part(row) == part ? 1 : 0;
    }
    return equal == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d of %d %s rows (%.1f %%) equal a training row in all columns but the label;"
                    + " --duplicates group keeps equal rows in one part",
                equal,
                split.size(part),
                part.words(),
                100.0 * equal / split.size(part)));
  }

  /** Equal rows that are kept in one part. */
  String groupedNotice(String why) {
    int rows = 0;
    for (int row = 0; row < table.rows(); row++) {
      rows += group(row) >= 0 ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "%d of %d rows (%.1f %%) equal another one in all columns but the label and stay with it in"
            + " one part, %s",
        rows,
        table.rows(),
        100.0 * rows / table.rows(),
        why);
  }
}
