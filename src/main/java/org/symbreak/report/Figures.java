package org.symbreak.report;

import java.util.Locale;

/** Numbers in prose: three significant digits, a true minus, 1.8 × 10⁻⁹. */
final class Figures {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Figures() {}

  /** Three significant digits; a dash for null. */
  static String of(Number number) {
    if (number == null) {
      return "–";
    }
    double value = number.doubleValue();
    if (Double.isInfinite(value)) {
      return value > 0 ? "never" : "−∞";
    }
    if (value == 0 || Double.isNaN(value)) {
      return value == 0 ? "0" : "–";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return minus(String.format(Locale.ROOT, "%.0f", value));
    }
    double size = Math.abs(value);
    if (size < 1e-3 || size >= 1e6) {
      String[] parts = String.format(Locale.ROOT, "%.2e", value).split("e");
      return minus(parts[0]) + " × 10" + superscript(Integer.parseInt(parts[1]));
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
    return minus(String.format(Locale.ROOT, "%." + decimals + "f", value));
  }

  /** Of an axis: without digits that say nothing. */
  static String round(double value) {
    String text = of(value);
    return text.contains(".") && !text.contains("×")
        ? text.replaceFirst("\\.?0+$", "")
        : text.replaceFirst("\\.?0+ ×", " ×").replaceFirst("^1 × ", "");
  }

  /** A number written with an exponent, with its digits, as a power of ten. */
  static String power(String number) {
    String[] parts = number.toLowerCase(Locale.ROOT).split("e");
    return minus(parts[0]) + " × 10" + superscript(Integer.parseInt(parts[1]));
  }

  /** A value and its interval; the value alone where there is none. */
  static String interval(Double value, Double low, Double high) {
    return of(value) + (low == null || high == null ? "" : " [" + of(low) + ", " + of(high) + "]");
  }

  /** A share of [0, 1] in per cent. */
  static String percent(Number share) {
    return share == null ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share.doubleValue());
  }

  private static String minus(String text) {
    return text.replace('-', '−');
  }

  private static String superscript(int exponent) {
    StringBuilder text = new StringBuilder(exponent < 0 ? "⁻" : "");
    String.valueOf(Math.abs(exponent))
        .chars()
        .forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
    return text.toString();
  }
}
