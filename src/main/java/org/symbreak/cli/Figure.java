package org.symbreak.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. What is undefined is a dash. */
final class Figure {
  static final String NONE = "-";

  private Figure() {}

  /** A share as per cent: {@code 98.2 %}. */
  static String share(Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }

  /** With this many digits after the point. */
  static String decimal(Double value, int digits) {
    return value == null ? NONE : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** With four digits and a power of ten: {@code 2.192e-07}. */
  static String scientific(Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%.3e", value);
  }

  /** To this many digits, without zeros at the end: {@code 0.3864}, {@code 0.5}. */
  static String rounded(double value, int digits) {
    return new BigDecimal(value)
        .round(new MathContext(digits))
        .stripTrailingZeros()
        .toPlainString();
  }

  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', ' ');
  }
}
