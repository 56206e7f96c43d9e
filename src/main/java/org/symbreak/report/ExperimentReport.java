package org.symbreak.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.symbreak.experiment.Column;
import org.symbreak.experiment.Comparison;
import org.symbreak.experiment.Ledger;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.statistics.MedianInterval;
import org.symbreak.model.AtomicFile;
import org.symbreak.model.Destination;
import org.symbreak.problem.InputException;

/** The page of many runs, from their ledger: a comparison of initializations, a sweep, or both. */
public final class ExperimentReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_ROWS = 20_000;

  private ExperimentReport() {}

  /** Whether a directory holds a ledger. */
  public static boolean isExperiment(Path directory) {
    return Files.exists(ledger(directory));
  }

  /**
   * Writes the page.
   *
   * @param directory with ledger.csv, and compare.json where initializations were compared
   * @param target where to, replaced whole or not at all
   */
  public static void write(Path directory, Path target) throws IOException {
    List<LedgerRow> rows = Ledger.read(ledger(directory));
    if (rows.isEmpty()) {
      throw InputException.of(
          ledger(directory).toString(), "at least one run that has ended", "none");
    }
    Comparison comparison =
        Files.exists(directory.resolve("compare.json")) ? Comparison.of(rows) : null;
    String html = html(comparison, rows);
    AtomicFile.write(
        Destination.file(target), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  private static Path ledger(Path directory) {
    return directory.resolve("ledger.csv");
  }

  static String html(Comparison comparison, List<LedgerRow> rows) {
    Html html = new Html();
    String title = title(comparison, rows);
    html.raw(
        "<div class=\"topline\"><h1>"
            + Html.text(title)
            + "</h1><button id=\"theme\" class=\"noprint\" type=\"button\">Theme</button></div>");
    if (comparison != null) {
      compared(html, comparison, rows);
    }
    html.raw("<section><h2>Any two settings against each other</h2>")
        .raw(
            "<p class=\"muted\">The median of the runs of each cell; cross-hatched where most of them were stuck or diverged.</p>")
        .raw(
            "<div id=\"sweep\"><noscript><p>Choosing axes needs JavaScript; symbreak sweep table prints the same.</p></noscript></div></section>");
    html.raw(
        "<section><h2>Where this comes from</h2><p>"
            + rows.size()
            + " runs in ledger.csv beside this page, a line each, with every setting and result."
            + (rows.size() > MOST_ROWS
                ? " The table above is drawn from the first " + MOST_ROWS + "."
                : "")
            + "</p></section>");
    return new Page(title, html.toString(), json(rows), "sweep.js").html();
  }

  private static String title(Comparison comparison, List<LedgerRow> rows) {
    String data = Path.of(rows.get(0).text(Column.DATA)).getFileName().toString();
    if (comparison != null && !comparison.conclusions().isEmpty()) {
      return data + ": " + comparison.conclusions().get(0);
    }
    long failed = rows.stream().filter(LedgerRow::failed).count();
    return "%s: %d runs, %d of them stuck or diverged".formatted(data, rows.size(), failed);
  }

  private static void compared(Html html, Comparison comparison, List<LedgerRow> rows) {
    html.raw(
        "<p class=\"muted\">Train <b>%s</b> hidden units with <b>%s</b> by <b>%s %s</b> for <b>%d</b> epochs, <b>%d</b> seeds each, the same splits for all.</p>"
            .formatted(
                Html.text(comparison.hidden().isEmpty() ? "no" : comparison.hidden()),
                Html.text(comparison.activation()),
                Html.text(comparison.optimizer()),
                Figures.of(comparison.learningRate()),
                comparison.budget(),
                comparison.seeds()));
    html.raw("<ul>");
    comparison.conclusions().stream().skip(1).forEach(sentence -> html.element("li", sentence));
    html.raw("</ul><h2>The initializations side by side</h2>");
    html.raw(
        "<p class=\"muted\">A point a seed; the large dot is the median, the bar its 95 % interval.</p><div class=\"grid2\">");
    html.raw(
        plot(
            "Validation loss",
            true,
            comparison,
            rows,
            row -> row.numberOrInfinite(Column.VALIDATION_LOG_LOSS),
            Comparison.Entry::validationLoss));
    html.raw(
        plot(
            "Test AUC",
            false,
            comparison,
            rows,
            row -> row.number(Column.TEST_AUC),
            Comparison.Entry::testAuc));
    html.raw(
        plot(
            "Iterations to a validation loss of " + Figures.of(comparison.targetLoss()),
            true,
            comparison,
            rows,
            row -> row.numberOrInfinite(Column.TARGET_ITERATION),
            Comparison.Entry::iterationsToTarget));
    html.raw(
        plot(
            "Distinct hidden units",
            false,
            comparison,
            rows,
            row -> row.number(Column.DISTINCT_UNITS_WITHIN_TOLERANCE),
            entry -> median(rows, entry.name(), Column.DISTINCT_UNITS_WITHIN_TOLERANCE)));
    html.raw("</div>")
        .table(
            List.of(
                "Initialization",
                "Validation loss",
                "Test AUC",
                "Iterations to target",
                "Reached it",
                "Failed",
                "Distinct units",
                "p against the best"),
            comparison.initializations().stream().map(ExperimentReport::line).toList());
  }

  private static List<String> line(Comparison.Entry entry) {
    return List.of(
        entry.name(),
        text(entry.validationLoss()),
        text(entry.testAuc()),
        text(entry.iterationsToTarget()),
        Figures.percent(entry.reachedTarget()),
        Figures.percent(entry.failed()),
        entry.hiddenUnits() == null
            ? "–"
            : Figures.of(entry.distinctUnits()) + " of " + entry.hiddenUnits(),
        entry.againstBest() == null ? "the best" : Figures.of(entry.againstBest().adjustedP()));
  }

  private static String text(MedianInterval interval) {
    if (interval == null) {
      return "–";
    }
    return never(interval.median())
        + (interval.low() == null
            ? ""
            : " [" + never(interval.low()) + ", " + never(interval.high()) + "]");
  }

  private static String never(double value) {
    return Double.isInfinite(value) ? "never" : Figures.of(value);
  }

  private static MedianInterval median(List<LedgerRow> rows, String name, Column column) {
    double[] values = values(rows, name, row -> row.number(column));
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    return known.length == 0 ? null : MedianInterval.of(known, 0.95);
  }

  private static double[] values(
      List<LedgerRow> rows, String name, ToDoubleFunction<LedgerRow> value) {
    return rows.stream()
        .filter(row -> row.text(Column.INITIALIZATION).equals(name))
        .mapToDouble(value)
        .toArray();
  }

  private static String plot(
      String title,
      boolean logarithmic,
      Comparison comparison,
      List<LedgerRow> rows,
      ToDoubleFunction<LedgerRow> value,
      Function<Comparison.Entry, MedianInterval> interval) {
    return new IntervalPlot(
            title,
            logarithmic,
            comparison.initializations().stream()
                .map(
                    entry ->
                        new IntervalPlot.Line(
                            entry.name(), values(rows, entry.name(), value), interval.apply(entry)))
                .toList())
        .svg();
  }

  /**
   * The ledger's settings and results, a list a column; columns that are empty throughout are left
   * out.
   */
  private static String json(List<LedgerRow> rows) {
    List<LedgerRow> kept = rows.size() <= MOST_ROWS ? rows : rows.subList(0, MOST_ROWS);
    Map<String, List<String>> settings = new LinkedHashMap<>();
    Map<String, List<String>> results = new LinkedHashMap<>();
    for (Column column : Column.values()) {
      if (column != Column.RUN
          && column.kind() != Column.Kind.CIRCUMSTANCE
          && kept.stream().anyMatch(row -> !row.text(column).isEmpty())) {
        List<String> cells = new ArrayList<>(kept.stream().map(row -> row.text(column)).toList());
        (column.kind() == Column.Kind.SETTING ? settings : results).put(column.header(), cells);
      }
    }
    try {
      return JSON.writeValueAsString(Map.of("settings", settings, "results", results));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts have a form of their own", e);
    }
  }
}
