package org.symbreak.data;

/**
 * A cell in 64 bits: the bits of a finite double, or one of the patterns that are no number: a
 * missing cell, or a text by its number in the column's {@link Dictionary}. Never handled as a
 * double until it is known to be one, so that no arithmetic touches the patterns.
 */
final class Cell {
  static final long MISSING = 0x7ff8000000000000L;

  private static final long NO_NUMBER = 0x7ff0000000000000L;

  private Cell() {}

  static long number(double finite) {
    return Double.doubleToRawLongBits(finite);
  }

  static long text(int code) {
    return MISSING + 1 + code;
  }

  static boolean isNumber(long cell) {
    return (cell & NO_NUMBER) != NO_NUMBER;
  }

  /** The text's number in its dictionary, for a cell that is neither missing nor a number. */
  static int code(long cell) {
    return (int) (cell - MISSING - 1);
  }
}
