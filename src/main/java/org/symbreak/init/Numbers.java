package org.symbreak.init;

import java.math.BigDecimal;

/** Numbers as users write them. */
final class Numbers {
  private Numbers() {}

  /**
   * The shortest decimal text that reads back as the same double, without a trailing {@code .0}:
   * {@code 0.01}, {@code 10}, {@code 1E-7}.
   */
  static String text(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    boolean plain = decimal.signum() == 0 || Math.abs(decimal.precision() - decimal.scale()) <= 6;
    return plain ? decimal.toPlainString() : decimal.toString();
  }
}
