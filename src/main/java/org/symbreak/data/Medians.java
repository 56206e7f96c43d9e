package org.symbreak.data;

import java.util.Arrays;

/**
 * Exact medians of a table's columns over its training rows, in memory that does not grow with the
 * rows: a median's bits are found eleven at a time, by counting how the candidates that are left
 * fall on the next eleven, until those that are left can be gathered and sorted.
 */
final class Medians {
  private static final int DIGIT = 11;
  private static final int COLUMNS_AT_ONCE = 512;

  /** Candidates of all columns that may be gathered: 2 MB. */
  private static final int GATHERED = 1 << 18;

  private final RawTable table;
  private final Split split;
  private final int gathered;

  Medians(RawTable table, Split split) {
    this(table, split, GATHERED);
  }

  /**
   * @param gathered how many candidates may be gathered; the medians do not depend on it
   */
  Medians(RawTable table, Split split, int gathered) {
    this.table = table;
    this.split = split;
    this.gathered = gathered;
  }

  /**
   * The median a column; of an even number of cells the mean of the middle two.
   *
   * @param columns of the table
   * @param counts how many of each column's training cells are numbers, at least 1
   */
  double[] of(int[] columns, int[] counts) {
    double[] medians = new double[columns.length];
    for (int from = 0; from < columns.length; from += COLUMNS_AT_ONCE) {
      int to = Math.min(columns.length, from + COLUMNS_AT_ONCE);
      double[] some =
          new Search(Arrays.copyOfRange(columns, from, to), Arrays.copyOfRange(counts, from, to))
              .medians();
      System.arraycopy(some, 0, medians, from, some.length);
    }
    return medians;
  }

  /** For the medians of some columns at the same time. */
  private final class Search {
    private final int[] columns;
    private final int[] counts;

    /** The first bits of each median's key, which its candidates share. */
    private final long[] prefix;

    private int known;

    /** How many candidates are left, and which of them, from 0, is the lower middle. */
    private final int[] candidates;

    private final int[] rank;

    Search(int[] columns, int[] counts) {
      this.columns = columns;
      this.counts = counts;
      this.prefix = new long[columns.length];
      this.candidates = counts.clone();
      this.rank = Arrays.stream(counts).map(count -> (count - 1) / 2).toArray();
    }

    double[] medians() {
      while (known < Long.SIZE && Arrays.stream(candidates).asLongStream().sum() > gathered) {
        narrow(Math.min(DIGIT, Long.SIZE - known));
      }
      return known < Long.SIZE ? gather() : withoutGathering();
    }

    private long prefix(long key) {
      return known == 0 ? 0 : key >>> Long.SIZE - known;
    }

    private void narrow(int digit) {
      int shift = Long.SIZE - known - digit;
      int[][] histogram = new int[columns.length][1 << digit];
      table.forEachNumber(
          split,
          columns,
          (j, cell, weight) -> {
            long key = key(cell);
            if (prefix(key) == prefix[j]) {
              histogram[j][(int) (key >>> shift) & (1 << digit) - 1]++;
            }
          });
      for (int j = 0; j < columns.length; j++) {
        int next = 0;
        while (rank[j] >= histogram[j][next]) {
          rank[j] -= histogram[j][next++];
        }
        prefix[j] = prefix[j] << digit | next;
        candidates[j] = histogram[j][next];
      }
      known += digit;
    }

    private double[] gather() {
      long[][] keys = new long[columns.length][];
      Arrays.setAll(keys, j -> new long[candidates[j]]);
      int[] found = new int[columns.length];
      long[] above = new long[columns.length];
      Arrays.fill(above, -1L);
      table.forEachNumber(
          split,
          columns,
          (j, cell, weight) -> {
            long key = key(cell);
            if (prefix(key) == prefix[j]) {
              keys[j][found[j]++] = key ^ Long.MIN_VALUE; // signed, for sorting
            } else if (isAbove(key, j) && Long.compareUnsigned(key, above[j]) < 0) {
              above[j] = key;
            }
          });
      double[] medians = new double[columns.length];
      for (int j = 0; j < medians.length; j++) {
        Arrays.sort(keys[j]);
        long lower = keys[j][rank[j]] ^ Long.MIN_VALUE;
        boolean last = rank[j] + 1 == candidates[j];
        medians[j] = middle(j, lower, last ? above[j] : keys[j][rank[j] + 1] ^ Long.MIN_VALUE);
      }
      return medians;
    }

    /** All candidates are equal; the next number above them may be needed. */
    private double[] withoutGathering() {
      long[] above = new long[columns.length];
      Arrays.fill(above, -1L);
      table.forEachNumber(
          split,
          columns,
          (j, cell, weight) -> {
            long key = key(cell);
            if (isAbove(key, j) && Long.compareUnsigned(key, above[j]) < 0) {
              above[j] = key;
            }
          });
      double[] medians = new double[columns.length];
      for (int j = 0; j < medians.length; j++) {
        boolean last = rank[j] + 1 == candidates[j];
        medians[j] = middle(j, prefix[j], last ? above[j] : prefix[j]);
      }
      return medians;
    }

    private boolean isAbove(long key, int j) {
      return Long.compareUnsigned(prefix(key), prefix[j]) > 0;
    }

    /**
     * @param next the key that follows the lower middle; anything where there is none
     */
    private double middle(int j, long lower, long next) {
      double low = number(lower);
      double high = counts[j] % 2 == 0 ? number(next) : low;
      return low == high ? low : low / 2 + high / 2;
    }
  }

  /** The number's bits, made so that the unsigned order of keys is the order of numbers. */
  private static long key(long cell) {
    return cell ^ (cell >> 63 | Long.MIN_VALUE);
  }

  private static double number(long key) {
    return Double.longBitsToDouble(key < 0 ? key ^ Long.MIN_VALUE : ~key);
  }
}
