package org.symbreak.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.symbreak.experiment.Column;
import org.symbreak.experiment.Comparison;
import org.symbreak.experiment.Ledger;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.PairedRuns;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.problem.InputException;
import org.symbreak.run.Versions;
import org.symbreak.statistics.MedianInterval;
import org.symbreak.symmetry.Measure;

/** The page of many runs, from their ledger: a comparison of initializations, a sweep, or both. */
public final class ExperimentReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_ROWS = 20_000;
  private static final int FEW = 8;

  /** The settings of a run, each once, without its seed. */
  private static final List<Column> SETTINGS =
      List.of(
          Column.DATA,
          Column.INITIALIZATION,
          Column.BIASES,
          Column.HIDDEN,
          Column.ACTIVATION,
          Column.OPTIMIZER,
          Column.LEARNING_RATE,
          Column.MOMENTUM,
          Column.L2,
          Column.BUDGET,
          Column.BATCH,
          Column.PRECISION,
          Column.ENGINE);

  private ExperimentReport() {}

  /** Whether a directory holds a ledger. */
  public static boolean isExperiment(Path directory) {
    return Files.exists(ledger(directory));
  }

  /**
   * Writes the page.
   *
   * @param directory with ledger.csv, and compare.json where initializations were compared; they
   *     are compared anew, by the seeds that all of them have run with by now
   * @param target where to, replaced whole or not at all
   */
  public static void write(Path directory, Path target) throws IOException {
    List<LedgerRow> rows = Ledger.read(ledger(directory));
    if (rows.isEmpty()) {
      throw InputException.of(
          ledger(directory).toString(), "at least one run that has ended", "none");
    }
    PairedRuns paired = PairedRuns.ofInitializations(rows);
    boolean compared = Files.exists(directory.resolve(Comparison.FILE)) && !paired.isEmpty();
    String html = html(compared ? Comparison.of(paired) : null, paired.rows(), rows);
    AtomicFile.write(
        Destination.file(target), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  private static Path ledger(Path directory) {
    return directory.resolve("ledger.csv");
  }

  /**
   * @param comparison null without one
   * @param compared its runs
   * @param rows all runs
   */
  private static String html(
      Comparison comparison, List<LedgerRow> compared, List<LedgerRow> rows) {
    Html html = new Html();
    String title = title(comparison, rows);
    html.raw(
        "<div class=\"topline\"><h1>"
            + Html.text(title)
            + "</h1><button id=\"theme\" class=\"noprint\" type=\"button\">Theme</button></div>");
    if (comparison != null) {
      compared(html, comparison, compared, rows.size() - compared.size());
    } else {
      html.element("p", best(rows));
    }
    html.raw("<section><h2>Any two settings against each other</h2>")
        .raw(
            "<p class=\"muted\">The median of the runs of each cell; struck through where most of"
                + " them failed: stuck no better than a constant prediction, or diverged.</p>")
        .raw(
            "<div id=\"sweep\"><noscript><p>Choosing axes needs JavaScript; symbreak sweep table"
                + " prints the same.</p></noscript></div></section>");
    html.raw(
        "<section><h2>Where this comes from</h2><p>"
            + rows.size()
            + " runs in ledger.csv beside this page, a line each, with every setting and result."
            + (rows.size() > MOST_ROWS
                ? " The table above is drawn from the first " + MOST_ROWS + "."
                : "")
            + "</p>");
    html.table(List.of("What", "Which"), origin(rows)).raw("</section>");
    return new Page(title, html.toString(), json(rows), "sweep.js").html();
  }

  /**
   * Which settings have the lowest median validation loss, over their seeds; of those with the most
   * runs, since few may be lucky.
   */
  private static String best(List<LedgerRow> rows) {
    Map<List<String>, List<LedgerRow>> settings =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> SETTINGS.stream().map(row::text).toList(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    int most = settings.values().stream().mapToInt(List::size).max().getAsInt();
    List<List<LedgerRow>> judged =
        settings.values().stream().filter(runs -> runs.size() == most).toList();
    List<LedgerRow> best =
        judged.stream().min(Comparator.comparingDouble(ExperimentReport::validationLoss)).get();
    String which =
        SETTINGS.stream()
            .filter(column -> rows.stream().map(row -> row.text(column)).distinct().count() > 1)
            .map(column -> column.header() + " " + best.get(0).text(column))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "Of %d settings with %d %s each, %s the lowest median validation loss, %s, with a median"
            + " test AUC of %s.",
        judged.size(),
        most,
        most == 1 ? "run" : "runs",
        which.isEmpty() ? "the only one has" : which + " has",
        Figures.of(validationLoss(best)),
        Figures.of(median(best, row -> row.number(Column.TEST_AUC))));
  }

  private static double validationLoss(List<LedgerRow> rows) {
    return median(rows, row -> row.numberOrInfinite(Column.VALIDATION_LOG_LOSS));
  }

  private static double median(List<LedgerRow> rows, ToDoubleFunction<LedgerRow> value) {
    double[] sorted = rows.stream().mapToDouble(value).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** What the runs have in common, what they differ in, how long they took and who did them. */
  private static List<List<String>> origin(List<LedgerRow> rows) {
    List<List<String>> lines = new ArrayList<>();
    List<Column> columns = new ArrayList<>(SETTINGS);
    columns.add(Column.SEED);
    for (Column column : columns) {
      List<String> values = rows.stream().map(row -> row.text(column)).distinct().toList();
      if (!values.equals(List.of(""))) {
        lines.add(List.of(column.header(), summary(values)));
      }
    }
    double seconds =
        rows.stream().mapToDouble(row -> row.number(Column.SECONDS)).filter(Double::isFinite).sum();
    lines.add(List.of("training, all runs together", Figures.of(seconds) + " s"));
    lines.add(
        List.of(
            "finished",
            rows.stream().map(row -> row.text(Column.FINISHED)).max(String::compareTo).get()));
    lines.add(List.of("symbreak", Versions.symbreak()));
    return lines;
  }

  private static String summary(List<String> values) {
    return values.size() <= FEW
        ? String.join(", ", values)
        : values.size() + ": " + String.join(", ", values.subList(0, FEW)) + ", ...";
  }

  private static String title(Comparison comparison, List<LedgerRow> rows) {
    String data = Path.of(rows.get(0).text(Column.DATA)).getFileName().toString();
    if (comparison != null && !comparison.conclusions().isEmpty()) {
      return data + ": " + comparison.conclusions().get(0);
    }
    long failed = rows.stream().filter(LedgerRow::failed).count();
    return String.format(Locale.ROOT, "%s: %d runs, of which %d failed", data, rows.size(), failed);
  }

  private static void compared(
      Html html, Comparison comparison, List<LedgerRow> rows, int leftOut) {
    html.raw(
        String.format(
            Locale.ROOT,
            "<p class=\"muted\">Train <b>%s</b> hidden units with <b>%s</b> by <b>%s %s</b> for"
                + " <b>%d</b> epochs, <b>%d</b> seeds each, the same splits for all.</p>",
            Html.text(comparison.hidden().isEmpty() ? "no" : comparison.hidden()),
            Html.text(comparison.activation()),
            Html.text(comparison.optimizer()),
            Figures.of(comparison.learningRate()),
            comparison.budget(),
            comparison.seeds()));
    if (leftOut > 0) {
      html.raw(
          "<p class=\"muted\">Runs left out, since not every initialization has run with their seed"
              + " yet: "
              + leftOut
              + ".</p>");
    }
    html.raw("<ul>");
    comparison.conclusions().stream().skip(1).forEach(sentence -> html.element("li", sentence));
    html.raw("</ul><h2>The initializations side by side</h2>");
    html.raw(
        "<p class=\"muted\">A point a seed; the large dot is the median, the bar its 95 %"
            + " interval.</p><div class=\"grid2\">");
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
            row -> row.number(Column.of(Measure.DISTINCT_UNITS_WITHIN_TOLERANCE)),
            entry ->
                median(rows, entry.name(), Column.of(Measure.DISTINCT_UNITS_WITHIN_TOLERANCE))));
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
