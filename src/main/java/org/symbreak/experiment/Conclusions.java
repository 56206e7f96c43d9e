package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.symbreak.experiment.Comparison.Entry;
import org.symbreak.experiment.statistics.MedianInterval;
import org.symbreak.experiment.statistics.SignedRank;

/** Says in words what a comparison shows and what it does not. */
final class Conclusions {
  private final Comparison comparison;
  private final Entry best;
  private final List<Entry> others;

  Conclusions(Comparison comparison) {
    this.comparison = comparison;
    this.best = comparison.initializations().get(0);
    this.others = comparison.initializations().subList(1, comparison.initializations().size());
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        best.name()
            + " has the lowest median validation loss, "
            + interval(best.validationLoss())
            + ", over "
            + comparison.seeds()
            + (comparison.seeds() == 1 ? " seed." : " seeds."));
    List<Entry> worse = others.stream().filter(entry -> entry.isWorseThanBest()).toList();
    List<Entry> open = others.stream().filter(entry -> !entry.isWorseThanBest()).toList();
    if (!worse.isEmpty()) {
      sentences.add(
          "Worse than that beyond chance: "
              + worse.stream().map(Conclusions::againstBest).collect(Collectors.joining("; "))
              + ".");
    }
    if (!open.isEmpty() && canShowAnything()) {
      sentences.add(
          "No difference from it is shown for "
              + open.stream().map(Conclusions::againstBest).collect(Collectors.joining("; "))
              + ". That is not a proof that they are equal.");
    }
    if (!canShowAnything()) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "With %d seeds and %d tests no difference can be shown, however large: the smallest p-value is %s. %d seeds are the fewest that could.",
              comparison.seeds(),
              comparison.tests(),
              number(
                  Math.min(1, comparison.tests() * SignedRank.smallestPValue(comparison.seeds()))),
              fewestSeeds()));
    }
    comparison.initializations().stream()
        .filter(entry -> entry.failed() > 0 || isCollapsed(entry))
        .map(this::remark)
        .forEach(sentences::add);
    sentences.add(
        "All this holds for this data set, network, optimizer and number of steps; seeds vary the split, the weights and the order of rows, not the data themselves.");
    return sentences;
  }

  private boolean canShowAnything() {
    return comparison.tests() * SignedRank.smallestPValue(comparison.seeds())
        <= 1 - Comparison.CONFIDENCE;
  }

  private int fewestSeeds() {
    int seeds = 1;
    while (comparison.tests() * SignedRank.smallestPValue(seeds) > 1 - Comparison.CONFIDENCE) {
      seeds++;
    }
    return seeds;
  }

  /** {@code he (difference of loss 0.004 (95 % interval -0.001 to 0.01), p = 0.2)}. */
  static String againstBest(Entry entry) {
    return entry.againstBest() == null
        ? entry.name()
        : entry.name()
            + " (difference of loss "
            + interval(entry.againstBest().difference())
            + ", p = "
            + number(entry.againstBest().adjustedP())
            + ")";
  }

  private String remark(Entry entry) {
    List<String> parts = new ArrayList<>();
    if (entry.stuck() > 0) {
      parts.add(
          entry.stuck()
              + " of "
              + comparison.seeds()
              + " runs ended no better than a constant prediction");
    }
    if (entry.diverged() > 0) {
      parts.add(entry.diverged() + " of " + comparison.seeds() + " runs diverged or froze");
    }
    if (isFlat(entry)) {
      parts.add(number(100 * entry.saturated()) + " % of the activations are saturated");
    }
    if (isCollapsed(entry)) {
      parts.add(
          number(entry.distinctUnits())
              + " of "
              + entry.hiddenUnits()
              + " hidden units "
              + (entry.distinctUnits() == 1 ? "is" : "are")
              + " distinct");
    }
    return entry.name() + ": " + String.join(", and ", parts) + ".";
  }

  /** Saturation explains a failure; well-trained units may be saturated, too. */
  private static boolean isFlat(Entry entry) {
    return entry.failed() > 0 && entry.saturated() != null && entry.saturated() > 0.5;
  }

  private static boolean isCollapsed(Entry entry) {
    return entry.distinctUnits() != null && entry.distinctUnits() < entry.hiddenUnits();
  }

  /** {@code 0.071 (95 % interval 0.065 to 0.08)}. */
  static String interval(MedianInterval of) {
    return of.low() == null
        ? number(of.median())
        : number(of.median())
            + " (95 % interval "
            + number(of.low())
            + " to "
            + number(of.high())
            + ")";
  }

  /** Three significant digits. */
  static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinite" : "-infinite";
    }
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size < 1e-4 || size >= 1e6) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    return new java.math.BigDecimal(value)
        .round(new java.math.MathContext(3))
        .stripTrailingZeros()
        .toPlainString();
  }
}
