package org.symbreak.report;

import java.util.List;
import java.util.Locale;
import org.symbreak.statistics.MedianInterval;

/**
 * One quantity for several things that are compared, on one scale, as a drawing that needs no
 * script: a point a run, and the median with its interval. What is infinite stands in a lane of its
 * own at the right.
 *
 * @param title of the figure
 * @param logarithmic whether the axis is
 * @param lines one a thing
 */
record IntervalPlot(String title, boolean logarithmic, List<Line> lines) {
  private static final double WIDTH = 560;
  private static final double LEFT = 150;
  private static final double RIGHT = 60;
  private static final double ROW = 30;
  private static final double TOP = 8;

  /**
   * @param name of the thing
   * @param values one a run; NaN where there is none
   * @param interval the median of the runs
   */
  record Line(String name, double[] values, MedianInterval interval) {}

  String svg() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      for (double value : line.values()) {
        if (Double.isFinite(value) && (value > 0 || !logarithmic)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (!(low <= high)) {
      return "<p class=\"muted\">" + Html.text(title) + ": no run has a value.</p>";
    }
    if (low == high) {
      high = logarithmic ? low * 1.1 : low + Math.max(1e-3, Math.abs(low) * 0.1);
      low = logarithmic ? low / 1.1 : low - Math.max(1e-3, Math.abs(low) * 0.1);
    }
    double height = TOP + ROW * lines.size() + 30;
    StringBuilder svg = new StringBuilder();
    svg.append("<figure><h3>").append(Html.text(title)).append("</h3>");
    svg.append(
        tag(
            "<svg viewBox=\"0 0 %.0f %.0f\" class=\"intervals\" role=\"img\" aria-label=\"%s\">",
            WIDTH, height, Html.text(spoken())));
    for (double tick : ticks(low, high)) {
      double x = x(tick, low, high);
      svg.append(
          tag(
              "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
              x, x, TOP, height - 24));
      svg.append(
          tag(
              "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\">%s</text>",
              x, height - 8, Figures.of(tick)));
    }
    for (int i = 0; i < lines.size(); i++) {
      line(svg, lines.get(i), TOP + ROW * (i + 0.5), low, high);
    }
    return svg.append("</svg></figure>").toString();
  }

  private void line(StringBuilder svg, Line line, double y, double low, double high) {
    svg.append(
        tag(
            "<text class=\"name\" x=\"%.1f\" y=\"%.1f\">%s</text>",
            LEFT - 12, y + 4, Html.text(line.name())));
    for (int run = 0; run < line.values().length; run++) {
      double value = line.values()[run];
      if (!Double.isNaN(value)) {
        double shift = (run % 5 - 2) * 2.2;
        svg.append(
            tag(
                "<circle class=\"run\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.4\"/>",
                x(value, low, high), y + shift));
      }
    }
    MedianInterval interval = line.interval();
    if (interval == null || Double.isNaN(interval.median())) {
      return;
    }
    if (interval.low() != null) {
      svg.append(
          tag(
              "<line class=\"interval\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
              x(interval.low(), low, high), x(interval.high(), low, high), y, y));
    }
    svg.append(
        tag(
            "<circle class=\"median\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>",
            x(interval.median(), low, high), y));
    if (Double.isInfinite(interval.median())) {
      svg.append(tag("<text class=\"tick\" x=\"%.1f\" y=\"%.1f\">never</text>", WIDTH - 18, y - 8));
    }
  }

  private double x(double value, double low, double high) {
    if (Double.isInfinite(value)) {
      return WIDTH - 18;
    }
    double share =
        logarithmic
            ? (Math.log(Math.max(value, low)) - Math.log(low)) / (Math.log(high) - Math.log(low))
            : (value - low) / (high - low);
    return LEFT + (WIDTH - LEFT - RIGHT) * Math.min(Math.max(share, 0), 1);
  }

  private List<Double> ticks(double low, double high) {
    return java.util.stream.IntStream.rangeClosed(0, 3)
        .mapToDouble(
            i -> logarithmic ? low * Math.pow(high / low, i / 3.0) : low + (high - low) * i / 3)
        .boxed()
        .toList();
  }

  private String spoken() {
    return title
        + ": "
        + String.join(
            "; ",
            lines.stream()
                .map(
                    line ->
                        line.name()
                            + " median "
                            + (line.interval() == null
                                ? "none"
                                : Figures.of(line.interval().median())))
                .toList());
  }

  private static String tag(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
