package org.symbreak.report;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.symbreak.claims.OverSeeds;

/**
 * Measurements beside their bounds, each on a scale of its own: a point a seed, the bound dashed,
 * and shaded where it is kept.
 */
final class BoundPlot {
  private static final int HEIGHT = 24;
  private static final double LEFT = 4;
  private static final double RIGHT = 88;
  private static final double NEVER = 96;

  /** From this ratio of the largest to the smallest on, the scale is logarithmic. */
  private static final double FAR = 50;

  private BoundPlot() {}

  /**
   * @param judges whether they decide on a verdict
   */
  static String html(List<OverSeeds> measurements, boolean judges) {
    StringBuilder html = new StringBuilder("<div class=\"plot wide\"><div class=\"rows\">");
    for (OverSeeds measured : measurements) {
      html.append(
          ("<div class=\"row\"><span class=\"name\">%s</span>%s<span "
                  + "class=\"value\">%s<small>%s</small></span></div>")
              .formatted(
                  Html.text(measured.what()),
                  track(measured),
                  Html.text(measured.valueText()),
                  said(measured, judges)));
    }
    return html.append("</div></div>").toString();
  }

  private static String said(OverSeeds measured, boolean judges) {
    String bound = (judges ? "bound " : "would be held to ") + Html.text(measured.bound());
    if (!judges) {
      return bound;
    }
    return measured.holds()
        ? bound + ", <span class=\"holds\">✓ kept</span>"
        : bound
            + ", <span class=\"fails\">✕ kept by "
            + measured.kept()
            + " of "
            + measured.values().size()
            + "</span>";
  }

  private static String track(OverSeeds measured) {
    double[] all =
        DoubleStream.concat(finite(measured.values()), finite(measured.limits())).toArray();
    double low = DoubleStream.of(all).min().orElse(0);
    double high = DoubleStream.of(all).max().orElse(1);
    boolean logarithmic = low > 0 && high / low > FAR;
    if (low == high) {
      low = low > 0 ? 0 : low - 1;
      high = high > 0 ? 2 * high : high + 1;
    }
    double from = low;
    double to = high;
    String bound = measured.bound();
    boolean below = bound.startsWith("<") || bound.startsWith("before");
    boolean above = bound.startsWith(">") || bound.startsWith("after");
    StringBuilder svg =
        new StringBuilder(
            tag("<svg class=\"track bounds\" height=\"%d\" aria-hidden=\"true\">", HEIGHT));
    double limit = limit(measured.limits(), below, from, to, logarithmic);
    if (below || above) {
      double start = below ? 0 : limit;
      svg.append(
          tag(
              "<rect class=\"kept\" x=\"%.2f%%\" y=\"3\" width=\"%.2f%%\" height=\"%d\"/>",
              start, (below ? limit : 100) - start, HEIGHT - 6));
    }
    svg.append(
        tag(
            "<line class=\"mark\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" y2=\"%d\"/>",
            limit, limit, HEIGHT));
    for (int seed = 0; seed < measured.values().size(); seed++) {
      Double value = measured.values().get(seed);
      double x = value == null ? NEVER : x(value, from, to, logarithmic);
      svg.append(
          tag(
              "<circle class=\"whole\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"4\"/>",
              x, HEIGHT / 2.0 + (seed % 5 - 2) * (measured.values().size() > 1 ? 2 : 0)));
    }
    return svg.append("</svg>").toString();
  }

  /** The strictest of the seeds' bounds. */
  private static double limit(
      List<Double> limits, boolean below, double from, double to, boolean logarithmic) {
    DoubleStream shown =
        limits.stream().mapToDouble(l -> l == null ? NEVER : x(l, from, to, logarithmic));
    return (below ? shown.min() : shown.max()).orElse(NEVER);
  }

  private static DoubleStream finite(List<Double> values) {
    return values.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue);
  }

  private static double x(double value, double low, double high, boolean logarithmic) {
    double share =
        logarithmic
            ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
            : (value - low) / (high - low);
    return LEFT + (RIGHT - LEFT) * Math.min(Math.max(share, 0), 1);
  }

  private static String tag(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
