package org.symbreak.data;

import java.util.Arrays;

/**
 * Exact medians of a table's columns over its training rows, in memory that does not grow with the
 * rows: a median's bits are found eleven at a time, by counting how the candidates that are left
 * fall on the next eleven.
 */
final class Medians {
  private static final int DIGIT = 11;
  private static final int COLUMNS_AT_ONCE = 512;

  private final RawTable table;
  private final Split split;

  Medians(RawTable table, Split split) {
    this.table = table;
    this.split = split;
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
          some(Arrays.copyOfRange(columns, from, to), Arrays.copyOfRange(counts, from, to));
      System.arraycopy(some, 0, medians, from, some.length);
    }
    return medians;
  }

  private double[] some(int[] columns, int[] counts) {
    long[] lower = lowerMiddles(columns, counts);
    long[] upper = lower.clone();
    int[] upTo = new int[columns.length];
    long[] above = new long[columns.length];
    Arrays.fill(above, -1L);
    table.forEachNumber(
        split,
        columns,
        (j, cell) -> {
          long key = key(cell);
          if (Long.compareUnsigned(key, lower[j]) <= 0) {
            upTo[j]++;
          } else if (Long.compareUnsigned(key, above[j]) < 0) {
            above[j] = key;
          }
        });
    double[] medians = new double[columns.length];
    for (int j = 0; j < medians.length; j++) {
      if (counts[j] % 2 == 0 && upTo[j] == counts[j] / 2) {
        upper[j] = above[j];
      }
      double low = number(lower[j]);
      double high = number(upper[j]);
      medians[j] = low == high ? low : low / 2 + high / 2;
    }
    return medians;
  }

  /** The keys of rank (count − 1) / 2, from 0. */
  private long[] lowerMiddles(int[] columns, int[] counts) {
    long[] prefix = new long[columns.length];
    int[] rank = Arrays.stream(counts).map(count -> (count - 1) / 2).toArray();
    for (int known = 0; known < Long.SIZE; known += DIGIT) {
      int digit = Math.min(DIGIT, Long.SIZE - known);
      int shift = Long.SIZE - known - digit;
      int knownBits = known;
      int[][] histogram = new int[columns.length][1 << digit];
      table.forEachNumber(
          split,
          columns,
          (j, cell) -> {
            long key = key(cell);
            if (knownBits == 0 || key >>> (Long.SIZE - knownBits) == prefix[j]) {
              histogram[j][(int) (key >>> shift) & (1 << digit) - 1]++;
            }
          });
      for (int j = 0; j < columns.length; j++) {
        int next = 0;
        while (rank[j] >= histogram[j][next]) {
          rank[j] -= histogram[j][next++];
        }
        prefix[j] = prefix[j] << digit | next;
      }
    }
    return prefix;
  }

  /** The number's bits, made so that the unsigned order of keys is the order of numbers. */
  private static long key(long cell) {
    return cell ^ (cell >> 63 | Long.MIN_VALUE);
  }

  private static double number(long key) {
    return Double.longBitsToDouble(key < 0 ? key ^ Long.MIN_VALUE : ~key);
  }
}
