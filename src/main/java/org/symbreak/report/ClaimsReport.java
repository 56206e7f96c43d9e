package org.symbreak.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.symbreak.claims.ClaimResult;
import org.symbreak.claims.OverSeeds;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;

/** The page of claims that were measured and judged; it needs no script. */
public final class ClaimsReport {
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
    html.element("h1", title)
        .element(
            "p class=\"muted\"",
            "Each verdict comes from the measurements alone: a claim holds with all seeds, fails with all, or is mixed. Counter-cases show what happens without a condition that a claim makes; they do not judge it.");
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
    return new Page(title, html.toString(), null, null).html();
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
    html.table(
        List.of("Measured", "Number", "Bound", "Kept by seeds"),
        result.measurements().stream()
            .map(measured -> line(measured, measured.kept() + " of " + measured.values().size()))
            .toList());
    if (!result.counterCases().isEmpty()) {
      html.element("h3", "Without the condition")
          .table(
              List.of("Measured", "Number", "Would be held to", ""),
              result.counterCases().stream().map(measured -> line(measured, "")).toList());
    }
    if (result.table() != null) {
      html.table(
          result.table().columns(),
          result.table().rows().stream()
              .map(row -> row.stream().map(ClaimsReport::cell).toList())
              .toList());
    }
    result.notes().forEach(note -> html.element("p class=\"muted\"", note));
    html.raw("</section>");
  }

  private static List<String> line(OverSeeds measured, String verdict) {
    return List.of(measured.what(), measured.valueText(), measured.bound(), verdict);
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
