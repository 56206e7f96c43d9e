package org.symbreak.symmetry;

/**
 * Distance between two floating-point numbers in units of the last place: how many representable
 * numbers one has to step over.
 */
public final class Ulps {
  private Ulps() {}

  /** From 0; −0 and 0 are the same number; neither may be NaN. */
  public static long between(double a, double b) {
    return Math.abs(line(Double.doubleToLongBits(a)) - line(Double.doubleToLongBits(b)));
  }

  /** From 0; −0 and 0 are the same number; neither may be NaN. */
  public static long between(float a, float b) {
    return Math.abs((long) line(Float.floatToIntBits(a)) - line(Float.floatToIntBits(b)));
  }

  private static long line(long bits) {
    return bits < 0 ? Long.MIN_VALUE - bits : bits;
  }

  private static int line(int bits) {
    return bits < 0 ? Integer.MIN_VALUE - bits : bits;
  }
}
