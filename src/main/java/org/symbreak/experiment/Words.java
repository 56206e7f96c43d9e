package org.symbreak.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.symbreak.statistics.MedianInterval;
import org.symbreak.statistics.ResampledT;

/** Numbers as sentences have them. */
final class Words {
  private Words() {}

  /** {@code 0.071 (95 % interval 0.065 to 0.08)}. */
  static String interval(MedianInterval of) {
    return number(of.median()) + interval(of.low(), of.high(), Comparison.CONFIDENCE);
  }

  /** The same of a mean over resamples. */
  static String interval(ResampledT of) {
    return number(of.mean()) + interval(of.low(), of.high(), of.confidence());
  }

  static String interval(Double low, Double high, double confidence) {
    return low == null
        ? ""
        : " (" + percent(confidence) + " interval " + number(low) + " to " + number(high) + ")";
  }

  static String percent(double share) {
    return number(100 * share) + " %";
  }

  static String plural(int count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }

  /** Three significant digits. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "undefined";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "never" : "-infinite";
    }
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size < 1e-4 || size >= 1e6) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
