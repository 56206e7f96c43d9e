package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbreak.experiment.Comparison.Entry;
import org.symbreak.statistics.MedianInterval;
import org.symbreak.statistics.PairedShift;
import org.symbreak.statistics.SignedRank;

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
    String seeds = comparison.seeds() + (comparison.seeds() == 1 ? " seed" : " seeds");
    sentences.add(
        best.name()
            + " has the lowest median validation loss, "
            + interval(best.validationLoss())
            + ", over "
            + seeds
            + (best.failed() < 1 ? "." : ", but is not the best: all its runs failed."));
    List<String> differences = new ArrayList<>();
    add(
        differences,
        "Worse than that beyond chance: ",
        others.stream().filter(Entry::isWorseThanBest),
        ".");
    add(
        differences,
        "Better than that beyond chance seed by seed, though not in the median: ",
        others.stream().filter(entry -> entry.againstBest().isBetter()),
        ".");
    if (canShowAnything()) {
      add(
          differences,
          "No difference from it is shown for ",
          others.stream().filter(entry -> !entry.againstBest().isSignificant()),
          ". That is not a proof that they are equal.");
    }
    if (!differences.isEmpty()) {
      sentences.addAll(differences);
      sentences.add(adjustment(comparison));
    }
    if (!canShowAnything()) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "With %d seeds and %d tests no difference can be shown, however large: the smallest"
                  + " p-value is %s. %d seeds are the fewest that could.",
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
        "All this holds for this data set, network, optimizer and number of steps; seeds vary the"
            + " split, the weights and the order of rows, not the data themselves.");
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

  private static void add(
      List<String> sentences, String beginning, Stream<Entry> entries, String end) {
    String named =
        entries
            .map(entry -> tested(entry.name(), entry.againstBest()))
            .collect(Collectors.joining("; "));
    if (!named.isEmpty()) {
      sentences.add(beginning + named + end);
    }
  }

  /** {@code he (difference of loss 0.004, interval -0.001 to 0.01, p = 0.2)}. */
  static String tested(String name, PairedTest test) {
    PairedShift difference = test.difference();
    return name
        + " (difference of loss "
        + number(difference.estimate())
        + (difference.low() == null
            ? ""
            : ", interval " + number(difference.low()) + " to " + number(difference.high()))
        + ", p = "
        + number(test.adjustedP())
        + ")";
  }

  /** What the numbers of {@link #tested} are. */
  static String adjustment(Comparison comparison) {
    return "Differences are taken seed by seed. "
        + (comparison.tests() == 1
            ? "The interval holds with 95 % confidence."
            : "Their intervals and p-values are adjusted for all "
                + comparison.tests()
                + " pairs: together they hold with 95 % confidence.");
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
