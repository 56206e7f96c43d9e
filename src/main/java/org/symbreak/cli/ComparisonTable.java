package org.symbreak.cli;

import java.util.List;
import java.util.Locale;
import org.symbreak.experiment.Comparison;
import org.symbreak.experiment.Comparison.Entry;
import org.symbreak.statistics.MedianInterval;

/** A comparison for people. */
final class ComparisonTable {
  /** What it means that a run failed. */
  static final String FAILED = "ended no better than a constant prediction, or diverged";

  private ComparisonTable() {}

  static void print(Console console, Comparison comparison) {
    console.line(
        "%s: hidden %s, %s, %s at %s, %s epochs on %s rows a step, %d seeds; median and 95 %%"
            + " interval",
        comparison.data(),
        comparison.hidden().isEmpty() ? "none" : comparison.hidden(),
        comparison.activation().isEmpty() ? "-" : comparison.activation(),
        comparison.optimizer(),
        comparison.learningRate(),
        Figure.whole(comparison.budget()),
        comparison.batch().equals("full") ? "all" : comparison.batch(),
        comparison.seeds());
    console.line("");
    table(console, comparison);
    console.line("");
    sentences(console, comparison.conclusions());
  }

  /** A row for each of those that are compared, and what the columns mean. */
  static void table(Console console, Comparison comparison) {
    console.line("%s", table(comparison.initializations(), comparison.targetLoss()));
    console.line("");
    console.line(
        "steps to %.3f: until the validation loss was first there; failed: %s",
        comparison.targetLoss(), FAILED);
  }

  private static Table table(List<Entry> entries, double targetLoss) {
    Table table =
        new Table(
            "",
            "validation loss",
            "test AUC",
            String.format(Locale.ROOT, "steps to %.3f", targetLoss),
            "failed",
            "distinct units",
            "saturated",
            "p against best");
    for (Entry entry : entries) {
      table.row(
          entry.name(),
          interval(entry.validationLoss(), 4),
          interval(entry.testAuc(), 4),
          interval(entry.iterationsToTarget(), 0),
          Figure.share(entry.failed()),
          entry.distinctUnits() == null
              ? Figure.NONE
              : Figure.decimal(entry.distinctUnits(), 0) + " of " + entry.hiddenUnits(),
          Figure.share(entry.saturated()),
          entry.againstBest() != null
              ? probability(entry.againstBest().adjustedP())
              : entry.failed() < 1 ? "best" : "lowest loss");
    }
    return table;
  }

  static void sentences(Console console, List<String> sentences) {
    sentences.forEach(sentence -> console.line("- %s", sentence));
  }

  private static String interval(MedianInterval interval, int digits) {
    if (interval == null) {
      return Figure.NONE;
    }
    String median = number(interval.median(), digits);
    return interval.low() == null
        ? median
        : median
            + " ["
            + number(interval.low(), digits)
            + ", "
            + number(interval.high(), digits)
            + "]";
  }

  private static String number(double value, int digits) {
    return Double.isInfinite(value) ? "never" : Figure.decimal(value, digits);
  }

  private static String probability(double p) {
    return p < 0.001 ? "<0.001" : Figure.decimal(p, 3);
  }
}
