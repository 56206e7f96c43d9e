package org.symbreak.data;

import java.util.Arrays;

/**
 * Which features of a row stand for categories: groups of features that follow one another, of
 * which in every row one is 1 and the others are 0. All other features are numbers. A row in short
 * is its numbers, in their order, and of each group the feature that is 1. Immutable.
 */
public final class OneHot {
  private final int features;
  private final int[] from;
  private final int[] size;
  private final int numbers;

  /**
   * @param features of a row, from 1
   * @param from the first feature of each group, ascending
   * @param size how many features each group has, from 1
   */
  public OneHot(int features, int[] from, int[] size) {
    this.features = features;
    this.from = from.clone();
    this.size = size.clone();
    int end = 0;
    int left = features;
    for (int group = 0; group < from.length; group++) {
      if (from[group] < end || size[group] < 1) {
        throw new IllegalArgumentException(
            "groups must follow one another, with at least one feature each");
      }
      end = from[group] + size[group];
      left -= size[group];
    }
    if (end > features || from.length != size.length) {
      throw new IllegalArgumentException("groups must lie within " + features + " features");
    }
    this.numbers = left;
  }

  /** Nothing but numbers. */
  public static OneHot none(int features) {
    return new OneHot(features, new int[0], new int[0]);
  }

  /** Features of a row. */
  public int features() {
    return features;
  }

  /** How many of them are numbers. */
  public int numbers() {
    return numbers;
  }

  /** How many groups there are. */
  public int groups() {
    return from.length;
  }

  /** The first feature of a group. */
  public int from(int group) {
    return from[group];
  }

  /** How many features a group has. */
  public int size(int group) {
    return size[group];
  }

  /** How many features the largest group has; 0 where there is none. */
  int largest() {
    return Arrays.stream(size).max().orElse(0);
  }

  /**
   * Writes a row in full.
   *
   * @param row in short: its numbers
   * @param ones of each group the feature that is 1
   */
  public void expand(double[] row, int[] ones, double[] into, int offset) {
    int number = 0;
    int feature = 0;
    for (int group = 0; group < from.length; group++) {
      System.arraycopy(row, number, into, offset + feature, from[group] - feature);
      number += from[group] - feature;
      feature = from[group] + size[group];
      Arrays.fill(into, offset + from[group], offset + feature, 0);
      into[offset + ones[group]] = 1;
    }
    System.arraycopy(row, number, into, offset + feature, features - feature);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof OneHot that
            && features == that.features
            && Arrays.equals(from, that.from)
            && Arrays.equals(size, that.size);
  }

  @Override
  public int hashCode() {
    return 31 * features + Arrays.hashCode(from);
  }
}
