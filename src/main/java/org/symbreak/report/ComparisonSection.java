package org.symbreak.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.symbreak.experiment.Column;
import org.symbreak.experiment.Comparison;
import org.symbreak.experiment.Foretelling;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.Training;
import org.symbreak.statistics.MedianInterval;
import org.symbreak.statistics.ResampledT;

/**
 * Initializations beside each other, either question for itself.
 *
 * @param comparison of which both are answered, or the first alone
 * @param rows all runs
 */
record ComparisonSection(Comparison comparison, List<LedgerRow> rows) {
  /** The answer to the first question. */
  String title() {
    return comparison.trains().conclusions().get(0);
  }

  /** Runs that are of one kind: those that foretell, or else those that train. */
  List<LedgerRow> explored() {
    List<LedgerRow> tested = Comparison.tested(rows);
    return tested.isEmpty() ? Comparison.trained(rows) : tested;
  }

  void write(Html html) {
    List<LedgerRow> trained = Comparison.trained(rows);
    List<LedgerRow> tested = Comparison.tested(rows);
    List<String> lead = new ArrayList<>();
    if (!comparison.trains().caveat().isEmpty()) {
      lead.add(comparison.trains().caveat());
    }
    if (comparison.foretells() != null) {
      lead.add(comparison.foretells().conclusions().get(0));
    }
    lead.forEach(sentence -> html.raw("<p class=\"lead\">" + Html.sentence(sentence) + "</p>"));
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

  /**
   * The training loss over the steps, a curve an initialization: of each moment the median over the
   * seeds and its interval.
   */
  List<Curve> curves() {
    List<LedgerRow> trained = Comparison.trained(rows);
    return comparison.trains().initializations().stream()
        .map(entry -> Curve.of(entry.name(), trained))
        .filter(curve -> !curve.steps().isEmpty())
        .toList();
  }

  /**
   * @param name of the initialization
   * @param steps moments at which all of its runs have a finite loss
   * @param medians of the loss
   * @param lows lower ends of the medians' 95 % intervals; null with few seeds
   * @param highs upper ends
   */
  record Curve(
      String name, List<Long> steps, List<Double> medians, List<Double> lows, List<Double> highs) {
    static Curve of(String name, List<LedgerRow> rows) {
      Map<Long, List<Double>> moments = new TreeMap<>();
      int runs = 0;
      for (LedgerRow row : rows) {
        if (row.text(Column.INITIALIZATION).equals(name)) {
          runs++;
          for (String moment : row.text(Column.CURVE).split(" ")) {
            String[] parts = moment.split(":");
            if (parts.length == 2) {
              moments
                  .computeIfAbsent(Long.valueOf(parts[0]), step -> new ArrayList<>())
                  .add(Double.valueOf(parts[1]));
            }
          }
        }
      }
      Curve curve =
          new Curve(
              name, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (Map.Entry<Long, List<Double>> moment : moments.entrySet()) {
        if (moment.getValue().size() == runs) {
          MedianInterval median =
              MedianInterval.of(
                  moment.getValue().stream().mapToDouble(Double::doubleValue).toArray(),
                  Comparison.CONFIDENCE);
          curve.steps.add(moment.getKey());
          curve.medians.add(median.median());
          curve.lows.add(median.low());
          curve.highs.add(median.high());
        }
      }
      return curve;
    }
  }

  private static void trains(Html html, Training answer, List<LedgerRow> rows) {
    html.raw("<section><h2>Does it train?</h2>")
        .raw(
            ("<p class=\"muted\">All <b>%d</b> rows of the file, <b>%d</b> "
                    + "epochs, <b>%d</b> seeds each. A point a seed; the large dot is "
                    + "the median, the bar its 95 %% interval.</p>")
                .formatted(answer.rows(), answer.budget(), answer.seeds()));
    List<String> remarks = answer.initializations().stream().map(answer::remark).toList();
    boolean isRemarked = remarks.stream().anyMatch(remark -> !remark.isEmpty());
    List<String> head =
        new ArrayList<>(
            List.of(
                "Initialization",
                "Steps to target",
                "Reached it",
                "Training loss",
                "Failed",
                "Distinct units",
                "p against the first"));
    if (isRemarked) {
      head.add("What its runs show");
    }
    html.raw("<div class=\"grid2\">")
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
        .raw("</div><div id=\"curves\"></div>");
    sentences(
        html,
        answer.conclusions().stream()
            .skip(1)
            .filter(each -> !each.equals(answer.caveat()) && !remarks.contains(each))
            .toList());
    html.table(
            head,
            answer.initializations().stream()
                .map(entry -> line(entry, isRemarked ? answer.remark(entry) : null))
                .toList())
        .raw("</section>");
  }

  private static void sentences(Html html, List<String> sentences) {
    html.raw("<ul>");
    sentences.forEach(each -> html.raw("<li>" + Html.sentence(each) + "</li>"));
    html.raw("</ul>");
  }

  /**
   * @param remark what its runs show, after its name; null where none is told of any
   */
  private static List<String> line(Training.Entry entry, String remark) {
    List<String> line = new ArrayList<>(line(entry));
    if (remark != null) {
      line.add(remark.isEmpty() ? "–" : remark.substring(entry.name().length() + 2));
    }
    return line;
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
            ("<p class=\"muted\">%s, trained as by <b>train</b> on about "
                    + "<b>%d</b> rows, tested on <b>%d</b> that neither stopping nor a "
                    + "choice has seen. A point a test part; the large dot is the mean, "
                    + "the bar its corrected 95 %% interval.</p>")
                .formatted(
                    Html.text(answer.scheme()),
                    Math.round(answer.trainRows()),
                    Math.round(answer.testRows())));
    String first = answer.initializations().get(0).name();
    html.raw(
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
            .html());
    sentences(html, answer.conclusions().stream().skip(1).toList());
    html.table(
            List.of("Initialization", "Log loss", "AUC", "Above the lowest", "p", "Verdict"),
            answer.initializations().stream().map(ComparisonSection::line).toList())
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
        + (interval.low() == null || Double.isInfinite(interval.low())
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
}
