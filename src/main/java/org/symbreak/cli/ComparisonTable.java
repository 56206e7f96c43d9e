package org.symbreak.cli;

import java.util.List;
import java.util.Locale;
import org.symbreak.experiment.Comparison;
import org.symbreak.experiment.Foretelling;
import org.symbreak.experiment.Training;
import org.symbreak.statistics.MedianInterval;
import org.symbreak.statistics.ResampledT;

/** A comparison for people. */
final class ComparisonTable {
  /** What it means that a run failed. */
  static final String FAILED = "ended no better than a constant prediction, or diverged";

  private ComparisonTable() {}

  static void print(Console console, Comparison comparison) {
    console.line(
        "%s: hidden %s, %s, %s%s",
        comparison.data(),
        comparison.hidden().isEmpty() ? "none" : comparison.hidden(),
        comparison.activation().isEmpty() ? "-" : comparison.activation(),
        comparison.optimizer(),
        Double.isNaN(comparison.learningRate()) ? "" : " at " + comparison.learningRate());
    if (comparison.trains() != null) {
      trains(console, comparison.trains());
    }
    if (comparison.foretells() != null) {
      foretells(console, comparison.foretells());
    }
  }

  private static void trains(Console console, Training answer) {
    console.line("");
    console.line(
        "Does it train? All %s rows, %s epochs on %s rows a step, %d seeds; median and 95 %%"
            + " interval",
        Figure.whole(answer.rows()),
        Figure.whole(answer.budget()),
        answer.batch().equals("full") ? "all" : answer.batch(),
        answer.seeds());
    console.line("");
    Table table =
        new Table(
            "",
            String.format(Locale.ROOT, "steps to %.3f", answer.targetLoss()),
            "arrived",
            "training loss",
            "failed",
            "distinct units",
            "saturated",
            "p against first");
    for (Training.Entry entry : answer.initializations()) {
      table.row(
          entry.name(),
          interval(entry.stepsToTarget(), 0),
          Figure.share(entry.reachedTarget()),
          interval(entry.trainingLoss(), 4),
          Figure.share(entry.failed()),
          entry.distinctUnits() == null
              ? Figure.NONE
              : Figure.decimal(entry.distinctUnits(), 0) + " of " + entry.hiddenUnits(),
          Figure.share(entry.saturated()),
          entry.againstFirst() == null
              ? Figure.NONE
              : probability(entry.againstFirst().adjustedP()));
    }
    console.line("%s", table);
    console.line("");
    console.line(
        "steps to %.3f: until the training loss was first there; failed: %s",
        answer.targetLoss(), FAILED);
    console.line("");
    sentences(console, answer.conclusions());
  }

  private static void foretells(Console console, Foretelling answer) {
    console.line("");
    console.line(
        "Does it foretell new rows? %s: about %d rows to train and stop on, %d to test on; mean and"
            + " 95 %% interval",
        answer.scheme(), Math.round(answer.trainRows()), Math.round(answer.testRows()));
    console.line("");
    Table table =
        new Table(
            "",
            "log loss",
            "AUC",
            "failed",
            "above the lowest",
            "p",
            String.format(Locale.ROOT, "within %s", answer.margin()));
    for (Foretelling.Entry entry : answer.initializations()) {
      table.row(
          entry.name(),
          interval(entry.loss(), 4),
          entry.auc() == null ? Figure.NONE : Figure.decimal(entry.auc(), 4),
          Figure.share(entry.failed()),
          entry.againstLowest() == null ? Figure.NONE : interval(entry.againstLowest(), 4),
          entry.adjustedP() == null ? Figure.NONE : probability(entry.adjustedP()),
          entry.verdict().toString());
    }
    console.line("%s", table);
    console.line("");
    sentences(console, answer.conclusions());
  }

  static void sentences(Console console, List<String> sentences) {
    sentences.forEach(sentence -> console.line("- %s", sentence));
  }

  private static String interval(MedianInterval interval, int digits) {
    return interval(interval.median(), interval.low(), interval.high(), digits);
  }

  private static String interval(ResampledT interval, int digits) {
    return interval(interval.mean(), interval.low(), interval.high(), digits);
  }

  private static String interval(double middle, Double low, Double high, int digits) {
    return low == null
        ? number(middle, digits)
        : number(middle, digits) + " [" + number(low, digits) + ", " + number(high, digits) + "]";
  }

  private static String number(double value, int digits) {
    return Double.isInfinite(value) ? "never" : Figure.decimal(value, digits);
  }

  private static String probability(double p) {
    return p < 0.001 ? "<0.001" : Figure.decimal(p, 3);
  }
}
