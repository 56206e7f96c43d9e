package org.symbreak.statistics;

/**
 * Several tests and intervals that hold together. Unlike Holm's, this correction adjusts an
 * interval as it adjusts the p-value beside it, so that the two never contradict each other.
 */
public final class Bonferroni {
  private Bonferroni() {}

  /**
   * @param p of one of the tests, in [0, 1]
   * @param tests how many there are, from 1
   * @return the p-value to be held against the level of all of them together, at most 1
   */
  public static double adjust(double p, int tests) {
    return Math.min(1, tests * p);
  }

  /**
   * The confidence that each interval needs for all of them to hold together.
   *
   * @param confidence of all of them together, in (0, 1)
   * @param intervals how many there are, from 1
   */
  public static double confidence(double confidence, int intervals) {
    if (intervals < 1) {
      throw new IllegalArgumentException("intervals must be from 1, found " + intervals);
    }
    return 1 - (1 - confidence) / intervals;
  }
}
