package org.symbreak.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.symbreak.claims.ClaimResult;
import org.symbreak.claims.ResultTable;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;

/** The page of claims that were measured and judged; it needs no script. */
public final class ClaimsReport {
  private static final int MOST_PICTURES = 2;

  /** From this ratio of the largest to the smallest on, a scale is logarithmic. */
  private static final double FAR = 50;

  private ClaimsReport() {}

  /**
   * @param data what they were measured on, in words
   * @param target where to, replaced whole or not at all
   */
  public static void write(List<ClaimResult> results, String data, Path target) throws IOException {
    String html = html(results, data);
    AtomicFile.write(
        Destination.file(target), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  static String html(List<ClaimResult> results, String data) {
    long holding = results.stream().filter(ClaimResult::holds).count();
    String title =
        String.format(
            Locale.ROOT,
            "%d of %d claims about initial weights hold on %s",
            holding,
            results.size(),
            data);
    Html html = new Html();
    html.heading(title)
        .element(
            "p class=\"muted\"",
            "Each verdict comes from the measurements alone: a claim holds with all seeds, fails"
                + " with all, or is mixed. Counter-cases show what happens without a condition that"
                + " a claim makes; they do not judge it. A dot is a seed, the dashed line the"
                + " bound, shaded where it is kept; each measurement has a scale of its own.");
    html.raw("<nav aria-label=\"claims\"><ul class=\"plain\">");
    results.forEach(
        result ->
            html.raw(
                "<li><a href=\"#"
                    + Html.text(result.id())
                    + "\">"
                    + Html.text(result.id())
                    + "</a> "
                    + badge(result)
                    + " "
                    + Html.text(result.claim())
                    + "</li>"));
    html.raw("</ul></nav>");
    results.forEach(result -> claim(html, result));
    return new Page(title, html.toString(), null, List.of()).html();
  }

  private static void claim(Html html, ClaimResult result) {
    html.raw(
        "<section id=\""
            + Html.text(result.id())
            + "\"><h2>"
            + Html.text(result.id() + " " + result.claim())
            + "</h2>");
    html.element("p", "The lecture: " + result.lecture());
    html.raw(
        "<p>"
            + badge(result)
            + " ("
            + Html.text(result.seedsText())
            + "): "
            + Html.text(result.why())
            + ".</p>");
    html.raw(BoundPlot.html(result.measurements(), true));
    if (!result.counterCases().isEmpty()) {
      html.element("h3", "Without the condition").raw(BoundPlot.html(result.counterCases(), false));
    }
    if (result.table() != null) {
      html.raw("<details><summary>All that was measured for it</summary>");
      pictures(html, result.table());
      html.table(
              result.table().columns(),
              result.table().rows().stream()
                  .map(row -> row.stream().map(ClaimsReport::cell).toList())
                  .toList())
          .raw("</details>");
    }
    result.notes().forEach(note -> html.element("p class=\"muted\"", note));
    html.raw("</section>");
  }

  /** A drawing a column of numbers that differ, by what the rows differ in. */
  private static void pictures(Html html, ResultTable table) {
    List<String> drawn = new ArrayList<>();
    int named = 1;
    while (named < table.columns().size() - 1 && hasRepeats(table, named)) {
      named++;
    }
    for (int at = table.columns().size() - 1; at >= named && drawn.size() < MOST_PICTURES; at--) {
      int column = at;
      List<Double> values =
          table.rows().stream()
              .map(row -> number(row.get(column)))
              .filter(Objects::nonNull)
              .toList();
      boolean isTold =
          table.rows().stream()
              .noneMatch(row -> row.get(column) != null && number(row.get(column)) == null);
      if (!isTold || values.stream().distinct().count() < 2) {
        continue;
      }
      double[] positive =
          values.stream().mapToDouble(v -> v).filter(v -> v > 0 && Double.isFinite(v)).toArray();
      boolean logarithmic =
          positive.length > 1
              && values.stream().allMatch(value -> value > 0)
              && Arrays.stream(positive).max().getAsDouble()
                  > FAR * Arrays.stream(positive).min().getAsDouble();
      List<Plot.Line> lines = new ArrayList<>();
      for (List<Object> row : table.rows()) {
        Double value = number(row.get(at));
        lines.add(
            new Plot.Line(
                name(row, named),
                "",
                new double[0],
                value,
                null,
                null,
                value != null && Double.isInfinite(value) ? "never" : cell(row.get(at)),
                false));
      }
      drawn.add(
          0,
          new Plot(
                  table.columns().get(at)
                      + ", by "
                      + String.join(", ", table.columns().subList(0, named)),
                  "",
                  logarithmic,
                  "never",
                  List.of(),
                  lines)
              .html());
    }
    html.raw("<div class=\"grid2\">" + String.join("", drawn) + "</div>");
  }

  private static boolean hasRepeats(ResultTable table, int columns) {
    return table.rows().stream().map(row -> name(row, columns)).distinct().count()
        < table.rows().size();
  }

  private static String name(List<Object> row, int columns) {
    return row.subList(0, columns).stream()
        .map(ClaimsReport::cell)
        .collect(Collectors.joining(", "));
  }

  /** A cell's number, infinite for what never came; null where it is none. */
  private static Double number(Object cell) {
    if (cell == null) {
      return null;
    }
    if (cell.toString().startsWith("never")) {
      return Double.POSITIVE_INFINITY;
    }
    if (cell instanceof Number number) {
      return number.doubleValue();
    }
    try {
      return Double.valueOf(cell.toString().split(" ")[0]);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String cell(Object value) {
    return value instanceof Number number ? Figures.of(number) : Objects.toString(value, "–");
  }

  private static String badge(ClaimResult result) {
    return result.holds()
        ? "<span class=\"holds\">✓ holds</span>"
        : "<span class=\"fails\">✕ " + result.verdict() + "</span>";
  }
}
