package org.symbreak.data;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Decimal numbers as people write them: an optional sign, digits with at most one decimal mark
 * among them, an optional exponent. No hexadecimal digits, no type suffix, no NaN or Infinity, no
 * digits of other scripts, all of which {@link Double#parseDouble} or its relatives would take.
 */
final class NumberText {
  /** Largest power of ten, and largest whole number, that a double holds exactly. */
  private static final int EXACT_POWER = 22;

  private static final long EXACT_WHOLE = 1L << 53;

  /** Digits that 64 bits hold, if there is no sign among them. */
  private static final int DIGITS_OF_A_LONG = 19;

  private static final double[] POWERS = new double[EXACT_POWER + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i <= EXACT_POWER; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private NumberText() {}

  /**
   * The double nearest to what the characters, in UTF-8, say.
   *
   * @param text holds the number and nothing around it between {@code from} and {@code to}
   * @param decimal the mark before the fraction: a point or a comma
   * @return NaN where they are no number, an infinity where the number is too large for a double
   */
  static double parse(byte[] text, int from, int to, char decimal) {
    int i = from;
    boolean negative = false;
    if (i < to && (text[i] == '-' || text[i] == '+')) {
      negative = text[i++] == '-';
    }
    long whole = 0;
    int digits = 0;
    int significant = 0;
    int exponent = 0;
    boolean point = false;
    for (; i < to; i++) {
      byte c = text[i];
      if (c >= '0' && c <= '9') {
        digits++;
        if (significant > 0 || c != '0') {
          significant++;
        }
        if (significant <= DIGITS_OF_A_LONG) {
          whole = whole * 10 + (c - '0');
        }
        exponent -= point ? 1 : 0;
      } else if (c == decimal && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return Double.NaN;
    }
    if (i < to) {
      int written = exponent(text, i, to);
      if (written == Integer.MIN_VALUE) {
        return Double.NaN;
      }
      exponent += written;
    }
    // With both factors exact, one operation rounds once, so the result is the nearest double (W.
    // D. Clinger, How to read floating point numbers accurately, PLDI 1990, section 3).
    if (significant <= DIGITS_OF_A_LONG) {
      double value = Double.NaN;
      if (whole >= 0 && whole <= EXACT_WHOLE && Math.abs(exponent) <= EXACT_POWER) {
        value = exponent < 0 ? whole / POWERS[-exponent] : whole * POWERS[exponent];
      } else if (whole != 0 && Math.abs(exponent) <= PowersOfFive.LARGEST) {
        value = PowersOfFive.nearest(whole, exponent);
      }
      if (!Double.isNaN(value)) {
        return negative ? -value : value;
      }
    }
    return Double.parseDouble(
        new String(text, from, to - from, StandardCharsets.ISO_8859_1).replace(decimal, '.'));
  }

  /** As {@link #parse(byte[], int, int, char)}. */
  static double parse(String text, char decimal) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length, decimal);
  }

  /** With a decimal point. */
  static double parse(String text) {
    return parse(text, '.');
  }

  /**
   * The exponent that begins at {@code from}, beyond ±9999 kept at that; {@link Integer#MIN_VALUE}
   * where there is none or more than that.
   */
  private static int exponent(byte[] text, int from, int to) {
    int i = from;
    if (text[i] != 'e' && text[i] != 'E') {
      return Integer.MIN_VALUE;
    }
    i++;
    boolean negative = false;
    if (i < to && (text[i] == '-' || text[i] == '+')) {
      negative = text[i++] == '-';
    }
    if (i == to) {
      return Integer.MIN_VALUE;
    }
    int value = 0;
    for (; i < to; i++) {
      byte c = text[i];
      if (c < '0' || c > '9') {
        return Integer.MIN_VALUE;
      }
      value = Math.min(9999, value * 10 + (c - '0'));
    }
    return negative ? -value : value;
  }

  /**
   * Powers of five to 64 bits, by which nearly all numbers of up to 19 digits are rounded rightly
   * (D. Lemire, Number parsing at a gigabyte per second, Software: Practice and Experience 51,
   * 2021, section 5; here those that are near the middle between two doubles are left to others).
   */
  private static final class PowersOfFive {
    static final int LARGEST = 60;

    /** Of 5^q, from q = −LARGEST on, the first 64 bits. */
    private static final long[] FIRST_BITS = new long[2 * LARGEST + 1];

    /** What to multiply them by, as a power of two. */
    private static final int[] SCALES = new int[2 * LARGEST + 1];

    static {
      for (int q = -LARGEST; q <= LARGEST; q++) {
        BigInteger power = BigInteger.valueOf(5).pow(Math.abs(q));
        int shift = 0;
        if (q < 0) {
          shift = Long.SIZE + power.bitLength();
          power = BigInteger.ONE.shiftLeft(shift).divide(power);
        }
        int more = power.bitLength() - Long.SIZE;
        FIRST_BITS[q + LARGEST] = power.shiftRight(more).longValue();
        SCALES[q + LARGEST] = more - shift;
      }
    }

    private PowersOfFive() {}

    /**
     * The double nearest to whole · 10^exponent; NaN where it takes more bits to tell it.
     *
     * @param whole unsigned, not 0
     */
    static double nearest(long whole, int exponent) {
      int zeros = Long.numberOfLeadingZeros(whole);
      long left = whole << zeros;
      long right = FIRST_BITS[exponent + LARGEST];
      long high =
          Math.multiplyHigh(left, right)
              + (left >> Long.SIZE - 1 & right)
              + (right >> Long.SIZE - 1 & left);
      // the product's first 64 bits are these or one more, as the power was cut off
      int shift = high < 0 ? 11 : 10;
      long rest = high & (1L << shift) - 1;
      long half = 1L << shift - 1;
      if (rest == half || rest == half - 1) {
        return Double.NaN;
      }
      long mantissa = (high >>> shift) + (rest > half ? 1 : 0);
      int scale = shift + Long.SIZE + SCALES[exponent + LARGEST] + exponent - zeros;
      // a mantissa that was rounded up to 2^53 adds one to the exponent
      return Double.longBitsToDouble(
          (scale + 52L + Double.MAX_EXPONENT << 52) + (mantissa - (1L << 52)));
    }
  }
}
