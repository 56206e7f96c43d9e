package org.symbreak.report;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.film.History;
import org.symbreak.model.CalibrationLine;
import org.symbreak.model.Evaluation;
import org.symbreak.model.Importance;
import org.symbreak.run.RunResult;
import org.symbreak.statistics.ShareInterval;

/** How well a run foretells rows: tables and drawings that need no script. */
final class Foretold {
  private static final double CONFIDENCE = 0.95;
  private static final int MOST_COLUMNS = 15;
  private static final int LISTED = 3;

  private Foretold() {}

  /** Whether each row counts once and for itself, so that shares of them have exact intervals. */
  private static boolean areCounted(Evaluation part) {
    return part.weighted() == null && part.effectiveRows() == null;
  }

  /**
   * The interval of the probability that a row is called right, in words; a dash where rows have
   * weights or come in groups.
   */
  static String accuracyInterval(Evaluation part) {
    if (!areCounted(part)) {
      return "–";
    }
    int right = part.confusion().truePositives() + part.confusion().trueNegatives();
    ShareInterval interval = ShareInterval.of(right, part.rows(), CONFIDENCE);
    return Figures.percent(interval.low()) + " to " + Figures.percent(interval.high());
  }

  /**
   * By how much the log loss is another one than that of a baseline, in words; a dash where either
   * has none.
   */
  static String difference(Evaluation part, Evaluation baseline) {
    if (part == null || baseline == null) {
      return "–";
    }
    double difference = part.logLoss() - baseline.logLoss();
    return (difference > 0 ? "+" : "") + Figures.of(difference);
  }

  /** Of one run, or of several beside each other. */
  static void write(Html html, List<StoredRun> runs) {
    boolean several = runs.size() > 1;
    html.raw("<section>").element("h2", "How well it foretells");
    parts(html, runs);
    html.raw("<div class=\"grid2\">");
    runs.forEach(run -> calibration(html, run.result(), several ? ", from " + run.name() : ""));
    runs.forEach(run -> contributions(html, run.history(), several ? ", from " + run.name() : ""));
    html.raw("</div></section>");
  }

  private static void parts(Html html, List<StoredRun> runs) {
    boolean several = runs.size() > 1;
    List<String> head =
        new ArrayList<>(
            List.of(
                "Rows",
                "Number",
                "Accuracy",
                "95 % interval",
                "AUC",
                "PR AUC",
                "F1",
                "Log loss",
                "Brier",
                "TP / FP / TN / FN"));
    List<List<String>> rows = new ArrayList<>();
    for (StoredRun run : runs) {
      run.parts()
          .forEach(
              (name, part) -> {
                List<String> row = new ArrayList<>(row(name, part));
                if (several) {
                  row.add(0, run.name());
                }
                rows.add(row);
              });
    }
    if (several) {
      head.add(0, "Run");
    }
    html.table(head, rows);
  }

  private static List<String> row(String name, Evaluation part) {
    return List.of(
        name,
        String.valueOf(part.rows()),
        Figures.percent(part.accuracy()),
        accuracyInterval(part),
        Figures.of(part.auc()),
        Figures.of(part.prAuc()),
        Figures.of(part.f1()),
        Figures.of(part.logLoss()),
        Figures.of(part.brier()),
        part.confusion().truePositives()
            + " / "
            + part.confusion().falsePositives()
            + " / "
            + part.confusion().trueNegatives()
            + " / "
            + part.confusion().falseNegatives());
  }

  /** Of the rows that judge: what was foretold, and what came true. */
  private static void calibration(Html html, RunResult result, String of) {
    Evaluation judges = result.test() != null ? result.test() : result.validation();
    if (judges == null) {
      return;
    }
    String part = result.test() != null ? "test" : "validation";
    List<Plot.Line> lines = new ArrayList<>();
    for (Evaluation.CalibrationBin bin : judges.calibration()) {
      int happened = (int) Math.round(bin.positiveShare() * bin.rows());
      ShareInterval interval = ShareInterval.of(happened, bin.rows(), CONFIDENCE);
      lines.add(
          new Plot.Line(
              "foretold " + Figures.percent(bin.meanProbability()),
              bin.rows() + (bin.rows() == 1 ? " row" : " rows"),
              new double[] {bin.meanProbability()},
              bin.positiveShare(),
              areCounted(judges) ? (Double) interval.low() : null,
              areCounted(judges) ? (Double) interval.high() : null,
              Figures.percent(bin.positiveShare()),
              false));
    }
    CalibrationLine line = judges.calibrationLine();
    String fitted =
        line == null
            ? ""
            : " Log odds that came true over those foretold: slope "
                + Figures.interval(line.slope(), line.slopeLow(), line.slopeHigh())
                + ", intercept "
                + Figures.interval(line.intercept(), line.interceptLow(), line.interceptHigh())
                + "; 1 and 0 where probabilities are right.";
    html.raw(
        new Plot(
                "Share that came true, of the " + part + " rows" + of,
                "Large dot: how many of a bin's rows are "
                    + result.positive()
                    + ", with its 95 % interval where each row counts once; small dot: what was"
                    + " foretold of them. Right probabilities lie within most intervals."
                    + fitted,
                false,
                "",
                List.of(),
                List.of(0.0, 1.0),
                lines)
            .html());
  }

  private static void contributions(Html html, History history, String of) {
    if (history == null || history.contributions() == null) {
      return;
    }
    History.Contributions told = history.contributions();
    List<Importance> shown =
        told.columns().subList(0, Math.min(MOST_COLUMNS, told.columns().size()));
    List<Plot.Line> lines =
        shown.stream()
            .map(
                one ->
                    new Plot.Line(
                        named(one.columns()),
                        "",
                        new double[0],
                        one.logLoss(),
                        one.low(),
                        one.high(),
                        Figures.of(one.logLoss()),
                        false))
            .toList();
    boolean together = told.columns().stream().anyMatch(one -> one.columns().size() > 1);
    html.raw(
        new Plot(
                "Log loss rises by, where a column's cells are dealt out anew" + of,
                told.rows()
                    + " test rows, "
                    + Importance.PERMUTATIONS
                    + " permutations; bars are 95 % intervals over rows."
                    + (together
                        ? " Columns that correlate by "
                            + Figures.of(Importance.TOGETHER)
                            + " or more were dealt out together."
                        : "")
                    + (shown.size() < told.columns().size()
                        ? " Shown are "
                            + shown.size()
                            + " of "
                            + told.columns().size()
                            + "; symbreak evaluate --importance prints all."
                        : ""),
                false,
                "",
                List.of(new Plot.Mark(0, "nothing")),
                lines)
            .html());
  }

  private static String named(List<String> columns) {
    int more = columns.size() - LISTED;
    return more <= 0
        ? String.join(" + ", columns)
        : String.join(" + ", columns.subList(0, LISTED)) + " + " + more + " more";
  }
}
