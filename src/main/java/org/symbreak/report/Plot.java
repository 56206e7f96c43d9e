package org.symbreak.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One quantity for several things that are compared, on one scale, as a drawing that needs no
 * script and whose letters keep their size at any width: points, and a value with its interval.
 * What is infinite stands in a lane of its own at the right.
 *
 * @param title of the figure
 * @param caption below it; empty for none
 * @param logarithmic whether the axis is; what is not positive then stands at its beginning
 * @param lane what the lane of infinite values is called
 * @param marks values that all are held against
 * @param within values that the axis has in any case
 * @param lines one a thing, from above
 */
record Plot(
    String title,
    String caption,
    boolean logarithmic,
    String lane,
    List<Mark> marks,
    List<Double> within,
    List<Line> lines) {
  private static final int TALL = 26;
  private static final int LOW = 18;

  /** Of so many lines each is tall. */
  private static final int FEW = 8;

  /** Names and values of so many letters leave room for the drawing between them on a phone. */
  private static final int SHORT_NAME = 20;

  private static final int SHORT_VALUE = 12;
  private static final double LEFT = 2;
  private static final double RIGHT = 98;
  private static final double LANE = 94;
  private static final double RIGHT_OF_LANE = 82;
  private static final double CLOSE_TO_LANE = 76;
  private static final int TICKS = 4;

  /** A letter of a tick, in per cent of a narrow drawing's width. */
  private static final double LETTER = 3.2;

  /** The same where names and values stand beside it on a phone, too. */
  private static final double LETTER_OF_BRIEF = 5.5;

  /** Values that differ by less, relative to their size, are drawn as one. */
  private static final double ROUNDING = 1e-9;

  private static final double[] STEPS = {1, 2, 5};

  /**
   * @param name of the thing
   * @param note beside the name, such as that it is the baseline; empty for none
   * @param points single values; NaN where there is none
   * @param value that stands for them; null for none
   * @param low lower end of its interval; null for none
   * @param high upper end, likewise
   * @param text value and interval as people read them
   * @param strong whether it is to stand out
   */
  record Line(
      String name,
      String note,
      double[] points,
      Double value,
      Double low,
      Double high,
      String text,
      boolean strong) {}

  /**
   * @param name what it is
   */
  record Mark(double value, String name) {}

  /** From where to where the axis goes, and whether there is a lane. */
  private record Axis(double low, double high, boolean logarithmic, boolean lane) {
    static Axis of(double[] values, boolean logarithmic) {
      double[] shown =
          Arrays.stream(values)
              .filter(value -> Double.isFinite(value) && (value > 0 || !logarithmic))
              .toArray();
      boolean lane = Arrays.stream(values).anyMatch(Double::isInfinite);
      double low = Arrays.stream(shown).min().orElse(logarithmic ? 1 : 0);
      double high = Arrays.stream(shown).max().orElse(low);
      if (high - low <= ROUNDING * Math.max(Math.abs(low), Math.abs(high))) {
        high = logarithmic ? low * 1.1 : low + Math.max(1e-3, Math.abs(low) * 0.1);
        low = logarithmic ? low / 1.1 : low - Math.max(1e-3, Math.abs(low) * 0.1);
      }
      return new Axis(low, high, logarithmic, lane);
    }

    /** In per cent of the width. */
    double x(double value) {
      if (Double.isInfinite(value)) {
        return value > 0 ? LANE : LEFT;
      }
      double share =
          logarithmic
              ? (Math.log(Math.max(value, low)) - Math.log(low)) / (Math.log(high) - Math.log(low))
              : (value - low) / (high - low);
      return LEFT + ((lane ? RIGHT_OF_LANE : RIGHT) - LEFT) * Math.min(Math.max(share, 0), 1);
    }

    /** Round values that are not too close to each other. */
    List<Double> ticks() {
      return logarithmic ? decades() : steps();
    }

    /** Powers of ten, and between few of them their doubles and fivefolds. */
    private List<Double> decades() {
      int from = (int) Math.ceil(Math.log10(low) - 1e-9);
      int to = (int) Math.floor(Math.log10(high) + 1e-9);
      int every = Math.max(1, (int) Math.ceil((to - from) / (double) TICKS));
      List<Double> ticks = new ArrayList<>();
      for (int power = from - 1; power <= to; power++) {
        for (double step : STEPS) {
          double tick = step * Math.pow(10, power);
          boolean isWanted = to - from < TICKS - 1 || step == 1 && (power - from) % every == 0;
          if (isWanted && tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
            ticks.add(tick);
          }
        }
      }
      return ticks.size() < 2 ? steps() : ticks;
    }

    private List<Double> steps() {
      double rough = (high - low) / TICKS;
      double ten = Math.pow(10, Math.floor(Math.log10(rough)));
      double step =
          DoubleStream.of(1, 2, 5, 10)
              .map(s -> s * ten)
              .filter(s -> s >= rough)
              .min()
              .getAsDouble();
      List<Double> ticks = new ArrayList<>();
      for (double at = Math.ceil(low / step - 1e-9); at * step <= high + 1e-9 * step; at++) {
        ticks.add(at * step);
      }
      return ticks;
    }
  }

  Plot(
      String title,
      String caption,
      boolean logarithmic,
      String lane,
      List<Mark> marks,
      List<Line> lines) {
    this(title, caption, logarithmic, lane, marks, List.of(), lines);
  }

  String html() {
    Axis axis =
        Axis.of(
            DoubleStream.concat(
                    Stream.concat(marks.stream().map(Mark::value), within.stream())
                        .mapToDouble(Double::doubleValue),
                    lines.stream().flatMapToDouble(Plot::values))
                .filter(value -> !Double.isNaN(value))
                .toArray(),
            logarithmic);
    boolean isBrief =
        lines.stream()
            .allMatch(
                line -> line.name().length() <= SHORT_NAME && line.text().length() <= SHORT_VALUE);
    StringBuilder html =
        new StringBuilder("<figure class=\"plot" + (isBrief ? " brief" : "") + "\"><h3>");
    html.append(Html.text(title)).append("</h3><div class=\"rows\" role=\"list\">");
    for (Line line : lines) {
      html.append(
          tag(
              "<div class=\"row%s\" role=\"listitem\"><span class=\"name\">%s%s</span>%s<span"
                  + " class=\"value\">%s</span></div>",
              line.strong() ? " strong" : "",
              Html.text(line.name()),
              line.note().isEmpty() ? "" : "<small>" + Html.text(line.note()) + "</small>",
              track(line, axis),
              Html.text(line.text())));
    }
    html.append("</div>").append(axis(axis, isBrief));
    if (!caption.isEmpty()) {
      html.append("<figcaption>").append(Html.text(caption)).append("</figcaption>");
    }
    return html.append("</figure>").toString();
  }

  private static DoubleStream values(Line line) {
    return DoubleStream.concat(
        Arrays.stream(line.points()),
        IntStream.range(0, 3)
            .mapToObj(i -> i == 0 ? line.value() : i == 1 ? line.low() : line.high())
            .filter(value -> value != null)
            .mapToDouble(Double::doubleValue));
  }

  private String track(Line line, Axis axis) {
    StringBuilder svg =
        new StringBuilder(
            tag("<svg class=\"track\" height=\"%d\" aria-hidden=\"true\">", height()));
    for (double tick : axis.ticks()) {
      svg.append(upright("grid", axis.x(tick)));
    }
    for (Mark mark : marks) {
      svg.append(upright("mark", axis.x(mark.value())));
    }
    for (int point = 0; point < line.points().length; point++) {
      double value = line.points()[point];
      if (!Double.isNaN(value)) {
        svg.append(
            tag(
                "<circle class=\"point\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"2.4\"/>",
                axis.x(value), height() / 2.0 + (point % 5 - 2) * 2.6));
      }
    }
    if (line.low() != null && line.high() != null) {
      svg.append(
          tag(
              "<line class=\"interval\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>",
              axis.x(line.low()), axis.x(line.high()), height() / 2, height() / 2));
    }
    if (line.value() != null && !Double.isNaN(line.value())) {
      svg.append(
          tag(
              "<circle class=\"whole\" cx=\"%.2f%%\" cy=\"%d\" r=\"5\"/>",
              axis.x(line.value()), height() / 2));
    }
    return svg.append("</svg>").toString();
  }

  private String upright(String kind, double x) {
    return tag(
        "<line class=\"%s\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" y2=\"%d\"/>",
        kind, x, x, height());
  }

  private int height() {
    return lines.size() <= FEW ? TALL : LOW;
  }

  /** The scale below, with its ticks and marks; all of it is said in words as well. */
  private String axis(Axis axis, boolean isBrief) {
    int height = marks.isEmpty() ? 18 : 34;
    StringBuilder svg =
        new StringBuilder(
            tag(
                "<div class=\"row axis\" aria-hidden=\"true\"><span></span><svg class=\"track\""
                    + " height=\"%d\">",
                height));
    double taken = Double.NEGATIVE_INFINITY;
    for (double tick : axis.ticks()) {
      String words = Figures.round(tick);
      double half = (isBrief ? LETTER_OF_BRIEF : LETTER) * words.length() / 2;
      double at = axis.x(tick);
      if (at - half > taken && !(axis.lane() && at > CLOSE_TO_LANE)) {
        text(svg, "tick", at, 13, words);
        taken = at + half;
      }
    }
    if (axis.lane()) {
      text(svg, "tick", LANE, 13, lane);
    }
    for (Mark mark : marks) {
      text(svg, "named", axis.x(mark.value()), 30, mark.name());
    }
    return svg.append("</svg><span></span></div>").toString();
  }

  private static void text(StringBuilder svg, String kind, double x, int y, String words) {
    String anchor = x < 6 ? "start" : x > 94 ? "end" : "middle";
    svg.append(
        tag(
            "<text class=\"%s\" x=\"%.2f%%\" y=\"%d\" text-anchor=\"%s\">%s</text>",
            kind, x, y, anchor, Html.text(words)));
  }

  private static String tag(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
