package org.symbreak.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.symbreak.experiment.Column;
import org.symbreak.experiment.Comparison;
import org.symbreak.experiment.Ledger;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.SweepForecast;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.problem.InputException;
import org.symbreak.run.Versions;

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
    Path compared = directory.resolve(Comparison.FILE);
    Comparison comparison = Files.exists(compared) ? Comparison.of(rows, margin(compared)) : null;
    boolean isAnswered = comparison != null && comparison.trains() != null;
    String html =
        html(
            isAnswered ? new ComparisonSection(comparison, rows) : null,
            AdviceSection.read(directory),
            rows,
            SweepForecast.read(directory));
    AtomicFile.write(
        Destination.file(target), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  /** The margin of a comparison that is there; the usual one in those of 0.1.0. */
  private static double margin(Path compared) throws IOException {
    double margin = JSON.readTree(compared.toFile()).at("/foretells/margin").asDouble();
    return margin > 0 ? margin : Comparison.MARGIN;
  }

  private static Path ledger(Path directory) {
    return directory.resolve("ledger.csv");
  }

  /**
   * @param comparison null without one
   * @param advice what a search recommends; null without one
   * @param rows all runs
   * @param foretold of runs by their keys, whether they leave the plateau; empty without
   */
  private static String html(
      ComparisonSection comparison,
      AdviceSection advice,
      List<LedgerRow> rows,
      Map<String, Boolean> foretold) {
    Html html = new Html();
    String data = Path.of(rows.get(0).text(Column.DATA)).getFileName().toString();
    List<LedgerRow> explored = comparison == null ? rows : comparison.explored();
    SweepSection sweep = SweepSection.of(explored);
    boolean isSweep = comparison == null && advice == null;
    String answer =
        comparison != null
            ? comparison.title()
            : advice != null
                ? advice.title()
                : sweep.title() == null ? counted(rows) : sweep.title();
    String title = data + ": " + answer;
    html.heading(title);
    if (comparison != null) {
      comparison.write(html);
    } else if (advice != null) {
      advice.write(html);
    } else {
      sweep.lead(html);
      if (sweep.title() != null) {
        html.element("p class=\"muted\"", counted(rows) + ".");
      }
    }
    html.raw(
        isSweep
            ? "<section><h2>What came of the settings</h2>"
            : "<section><details><summary>Any two settings against each other</summary>");
    if (advice != null) {
      html.element(
          "p class=\"muted\"",
          "All runs of all searches together: to look around, not to choose by.");
    }
    html.raw(
        "<div id=\"sweep\"><noscript><p>Choosing axes needs JavaScript; symbreak sweep table"
            + " prints the same.</p></noscript></div>");
    html.raw(isSweep ? "</section>" : "</details></section>");
    if (isSweep) {
      sweep.table(html);
    }
    html.raw(
        "<section><h2>Where this comes from</h2><p>"
            + rows.size()
            + " runs in ledger.csv beside this page, a line each, with every setting and result."
            + (rows.size() > MOST_ROWS
                ? " The table above is drawn from the first " + MOST_ROWS + "."
                : "")
            + "</p>");
    html.table(List.of("What", "Which"), origin(rows)).raw("</section>");
    return new Page(
            title,
            html.toString(),
            json(comparison, sweep, explored, foretold),
            List.of("map.js", "sweep.js"))
        .html();
  }

  /** What the runs have in common, what they differ in, how long they took and who did them. */
  private static List<List<String>> origin(List<LedgerRow> rows) {
    List<List<String>> lines = new ArrayList<>();
    List<Column> columns = new ArrayList<>(SETTINGS);
    columns.add(Column.SEED);
    for (Column column : columns) {
      List<String> values =
          rows.stream()
              .map(row -> row.text(column))
              .map(value -> value.isEmpty() ? "none" : value)
              .distinct()
              .toList();
      if (!values.equals(List.of("none"))) {
        lines.add(List.of(column.header(), summary(values)));
      }
    }
    double seconds =
        rows.stream().mapToDouble(row -> row.number(Column.SECONDS)).filter(Double::isFinite).sum();
    lines.add(List.of("training, all runs", Figures.of(seconds) + " s"));
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

  private static String counted(List<LedgerRow> rows) {
    long failed = rows.stream().filter(LedgerRow::failed).count();
    return String.format(Locale.ROOT, "%d runs, of which %d failed", rows.size(), failed);
  }

  /**
   * The ledger's settings and results, a list a column; columns that are empty throughout are left
   * out.
   */
  private static String json(
      ComparisonSection comparison,
      SweepSection sweep,
      List<LedgerRow> rows,
      Map<String, Boolean> foretold) {
    List<LedgerRow> kept = rows.size() <= MOST_ROWS ? rows : rows.subList(0, MOST_ROWS);
    Map<String, List<String>> settings = new LinkedHashMap<>();
    Map<String, List<String>> results = new LinkedHashMap<>();
    for (Column column : Column.values()) {
      if (column != Column.RUN
          && column != Column.CURVE
          && column.kind() != Column.Kind.CIRCUMSTANCE
          && kept.stream().anyMatch(row -> !row.text(column).isEmpty())) {
        List<String> cells = new ArrayList<>(kept.stream().map(row -> row.text(column)).toList());
        (column.kind() == Column.Kind.SETTING ? settings : results).put(column.header(), cells);
      }
    }
    try {
      return JSON.writeValueAsString(
          Map.of(
              "axes",
              sweep.axes().stream().map(Column::header).toList(),
              "judge",
              sweep.judge() == null ? "" : sweep.judge().header(),
              "best",
              sweep.best(),
              "ranked",
              sweep.settings().stream().map(SweepSection.Setting::values).toList(),
              "settings",
              settings,
              "results",
              results,
              "foretold",
              foretold.isEmpty()
                  ? List.of()
                  : kept.stream().map(row -> foretold.get(row.text(Column.RUN))).toList(),
              "curves",
              comparison == null ? List.of() : comparison.curves()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts have a form of their own", e);
    }
  }
}
