package org.symbreak.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.symbreak.experiment.Foretelling;
import org.symbreak.experiment.Ledger;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.Training;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.problem.InputException;
import org.symbreak.run.Versions;
import org.symbreak.statistics.MedianInterval;
import org.symbreak.statistics.ResampledT;

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
    Path advice = directory.resolve("advice.json");
    List<String> advised = new ArrayList<>();
    if (Files.exists(advice)) {
      JSON.readTree(advice.toFile()).path("sentences").forEach(each -> advised.add(each.asText()));
    }
    String html = html(isAnswered ? comparison : null, advised, rows);
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
   * @param advised what a search recommends, in sentences; empty without one
   * @param rows all runs
   */
  private static String html(Comparison comparison, List<String> advised, List<LedgerRow> rows) {
    Html html = new Html();
    String title = title(comparison, rows);
    html.raw(
        "<div class=\"topline\"><h1>"
            + Html.text(title)
            + "</h1><button id=\"theme\" class=\"noprint\" type=\"button\">Theme</button></div>");
    if (comparison != null) {
      compared(html, comparison, rows);
    } else if (!advised.isEmpty()) {
      html.raw("<section><h2>What it advises</h2><ul>");
      advised.forEach(sentence -> html.element("li", sentence));
      html.raw("</ul></section>");
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
    if (comparison != null) {
      return data + ": " + comparison.trains().conclusions().get(0);
    }
    long failed = rows.stream().filter(LedgerRow::failed).count();
    return String.format(Locale.ROOT, "%s: %d runs, of which %d failed", data, rows.size(), failed);
  }

  private static void compared(Html html, Comparison comparison, List<LedgerRow> rows) {
    List<LedgerRow> trained = Comparison.trained(rows);
    List<LedgerRow> tested = Comparison.tested(rows);
    html.raw(
        "<p class=\"muted\"><b>%s</b> hidden units with <b>%s</b>, by <b>%s</b>.</p>"
            .formatted(
                Html.text(comparison.hidden().isEmpty() ? "no" : comparison.hidden()),
                Html.text(comparison.activation()),
                Html.text(comparison.optimizer())));
    int leftOut = rows.size() - trained.size() - tested.size();
    if (leftOut > 0) {
      html.raw(
          "<p class=\"muted\">Runs left out, since not every initialization has run with their seed"
              + " yet: "
              + leftOut
              + ".</p>");
    }
    trains(html, comparison.trains(), trained);
    if (comparison.foretells() != null) {
      foretells(html, comparison.foretells(), tested);
    }
  }

  private static void trains(Html html, Training answer, List<LedgerRow> rows) {
    html.raw("<section><h2>Does it train?</h2>")
        .raw(
            "<p class=\"muted\">All <b>%d</b> rows of the file, <b>%d</b> epochs, <b>%d</b> seeds each. A point a seed; the large dot is the median, the bar its 95 %% interval.</p><ul>"
                .formatted(answer.rows(), answer.budget(), answer.seeds()));
    answer.conclusions().forEach(sentence -> html.element("li", sentence));
    html.raw("</ul><div class=\"grid2\">")
        .raw(
            plot(
                "Steps to a training loss of " + Figures.of(answer.targetLoss()),
                answer,
                rows,
                Column.TARGET_ITERATION,
                Training.Entry::stepsToTarget))
        .raw(
            plot(
                "Training loss at the end",
                answer,
                rows,
                Column.TRAIN_LOG_LOSS,
                Training.Entry::trainingLoss))
        .raw("</div>")
        .table(
            List.of(
                "Initialization",
                "Steps to target",
                "Reached it",
                "Training loss",
                "Failed",
                "Distinct units",
                "p against the first"),
            answer.initializations().stream().map(ExperimentReport::line).toList())
        .raw("</section>");
  }

  private static List<String> line(Training.Entry entry) {
    return List.of(
        entry.name(),
        text(entry.stepsToTarget()),
        Figures.percent(entry.reachedTarget()),
        text(entry.trainingLoss()),
        Figures.percent(entry.failed()),
        entry.hiddenUnits() == null
            ? "–"
            : Figures.of(entry.distinctUnits()) + " of " + entry.hiddenUnits(),
        entry.againstFirst() == null ? "the first" : Figures.of(entry.againstFirst().adjustedP()));
  }

  private static void foretells(Html html, Foretelling answer, List<LedgerRow> rows) {
    html.raw("<section><h2>Does it foretell new rows?</h2>")
        .raw(
            "<p class=\"muted\">%s, trained as by <b>train</b> on about <b>%d</b> rows, tested on <b>%d</b> that neither stopping nor a choice has seen. A point a test part; the large dot is the mean, the bar its corrected 95 %% interval.</p><ul>"
                .formatted(
                    Html.text(answer.scheme()),
                    Math.round(answer.trainRows()),
                    Math.round(answer.testRows())));
    answer.conclusions().forEach(sentence -> html.element("li", sentence));
    String first = answer.initializations().get(0).name();
    html.raw("</ul>")
        .raw(
            new Plot(
                    "Log loss of test rows",
                    "",
                    false,
                    "none",
                    List.of(),
                    answer.initializations().stream()
                        .map(
                            entry ->
                                new Plot.Line(
                                    entry.name(),
                                    entry.name().equals(first) ? "the lowest" : "",
                                    values(rows, entry.name(), Column.TEST_LOG_LOSS),
                                    entry.loss().mean(),
                                    entry.loss().low(),
                                    entry.loss().high(),
                                    text(entry.loss()),
                                    entry.name().equals(first)))
                        .toList())
                .html())
        .table(
            List.of("Initialization", "Log loss", "AUC", "Above the lowest", "p", "Verdict"),
            answer.initializations().stream().map(ExperimentReport::line).toList())
        .raw("</section>");
  }

  private static List<String> line(Foretelling.Entry entry) {
    return List.of(
        entry.name(),
        text(entry.loss()),
        entry.auc() == null ? "–" : Figures.of(entry.auc()),
        entry.againstLowest() == null ? "–" : text(entry.againstLowest()),
        entry.adjustedP() == null ? "–" : Figures.of(entry.adjustedP()),
        entry.verdict().toString());
  }

  private static String text(ResampledT mean) {
    return never(mean.mean())
        + (mean.low() == null ? "" : " [" + never(mean.low()) + ", " + never(mean.high()) + "]");
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

  private static double[] values(List<LedgerRow> rows, String name, Column column) {
    return rows.stream()
        .filter(row -> row.text(Column.INITIALIZATION).equals(name))
        .mapToDouble(row -> row.numberOrInfinite(column))
        .toArray();
  }

  private static String plot(
      String title,
      Training answer,
      List<LedgerRow> rows,
      Column column,
      Function<Training.Entry, MedianInterval> interval) {
    String first = answer.initializations().get(0).name();
    return new Plot(
            title,
            "",
            true,
            "never",
            List.of(),
            answer.initializations().stream()
                .map(
                    entry -> {
                      MedianInterval median = interval.apply(entry);
                      return new Plot.Line(
                          entry.name(),
                          entry.name().equals(first) ? "the first" : "",
                          values(rows, entry.name(), column),
                          median == null ? null : median.median(),
                          median == null ? null : median.low(),
                          median == null ? null : median.high(),
                          text(median),
                          entry.name().equals(first));
                    })
                .toList())
        .html();
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
