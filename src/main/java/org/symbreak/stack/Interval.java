package org.symbreak.stack;

/**
 * All numbers from one to another; either end may be infinite.
 *
 * @param low at most {@code high}
 */
public record Interval(double low, double high) {
  public static final Interval ALL =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("expected low ≤ high, found " + low + " and " + high);
    }
  }

  public boolean isPoint() {
    return low == high;
  }

  /** The interval of its products with a number; 0 times anything is 0. */
  public Interval times(double factor) {
    if (factor == 0) {
      return new Interval(0, 0);
    }
    return factor > 0
        ? new Interval(low * factor, high * factor)
        : new Interval(high * factor, low * factor);
  }
}
