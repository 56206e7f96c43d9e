package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbreak.diagnosis.RunFinding;
import org.symbreak.statistics.Bonferroni;
import org.symbreak.statistics.MedianInterval;
import org.symbreak.statistics.PairedShift;
import org.symbreak.statistics.SignedRank;
import org.symbreak.symmetry.Measure;

/**
 * Does it train? Of these rows, all of them, for a fixed budget, from independent seeds: after how
 * many steps the training loss first is at a target. A run that never arrives counts as later than
 * all others.
 *
 * @param rows that are trained on
 * @param budget passes over the rows, the same for all
 * @param batch rows a step, or full
 * @param seeds how many
 * @param targetLoss the training loss that is waited for, penalty left out
 * @param initializations the first to arrive in the median first; where that is the same, by their
 *     final loss
 * @param tests how many pairs there are, for which p-values and intervals are adjusted
 * @param conclusions what can be concluded and what cannot, in sentences
 */
public record Training(
    int rows,
    int budget,
    String batch,
    int seeds,
    double targetLoss,
    List<Entry> initializations,
    int tests,
    List<String> conclusions) {
  /**
   * What came of one.
   *
   * @param name the initialization as {@code --init} takes it
   * @param stuck runs whose loss never left the plateau at which it began
   * @param diverged runs whose numbers stopped being finite, or whose loss froze
   * @param failed share of runs that were stuck or diverged, in [0, 1]
   * @param trainingLoss mean cross-entropy of the training rows at the end, penalty left out;
   *     infinite for a run without
   * @param stepsToTarget steps until the loss was first at the target; infinite where it never was
   * @param reachedTarget share of runs that arrived there
   * @param hiddenUnits of the layer with the smallest share of distinct units; null without hidden
   *     layers, and so the following
   * @param distinctUnits the median of that layer's distinct units, within tolerance
   * @param saturated the median share of saturated activations in that layer
   * @param findings what is wrong by the runs' own measurements, and with how many of them
   * @param againstFirst the test of its steps against those of the first; null for the first
   */
  public record Entry(
      String name,
      int stuck,
      int diverged,
      double failed,
      MedianInterval trainingLoss,
      MedianInterval stepsToTarget,
      double reachedTarget,
      Integer hiddenUnits,
      Double distinctUnits,
      Double saturated,
      Map<RunFinding.Kind, Integer> findings,
      PairedTest againstFirst) {}

  public Training {
    initializations = List.copyOf(initializations);
    conclusions = List.copyOf(conclusions);
  }

  /** Null where there is no seed with which all ran. */
  static Training of(PairedRuns runs) {
    if (runs.isEmpty()) {
      return null;
    }
    List<Entry> sorted =
        runs.runs().keySet().stream()
            .map(name -> entry(runs, name, null))
            .sorted(
                Comparator.comparingDouble((Entry entry) -> entry.stepsToTarget.median())
                    .thenComparingDouble(entry -> entry.trainingLoss.median()))
            .toList();
    String first = sorted.get(0).name;
    List<Entry> entries =
        sorted.stream()
            .map(
                entry ->
                    entry.name.equals(first)
                        ? entry
                        : entry(runs, entry.name, test(runs, entry.name, first)))
            .toList();
    LedgerRow any = runs.rows().get(0);
    Training answer =
        new Training(
            (int) any.number(Column.TRAIN_ROWS),
            (int) any.number(Column.BUDGET),
            any.text(Column.BATCH),
            runs.size(),
            any.number(Column.TARGET_LOSS),
            entries,
            runs.tests(),
            List.of());
    return new Training(
        answer.rows,
        answer.budget,
        answer.batch,
        answer.seeds,
        answer.targetLoss,
        answer.initializations,
        answer.tests,
        answer.sentences());
  }

  private static PairedTest test(PairedRuns runs, String name, String first) {
    double[] differences =
        SignedRank.differences(
            runs.column(name, Column.TARGET_ITERATION),
            runs.column(first, Column.TARGET_ITERATION));
    double p = SignedRank.pValue(differences);
    return new PairedTest(
        PairedShift.of(differences, Bonferroni.confidence(Comparison.CONFIDENCE, runs.tests())),
        p,
        Bonferroni.adjust(p, runs.tests()));
  }

  private static Entry entry(PairedRuns runs, String name, PairedTest test) {
    List<LedgerRow> rows = runs.runs().get(name);
    double[] steps = runs.column(name, Column.TARGET_ITERATION);
    int stuck = stopped(rows, "stuck");
    int diverged = stopped(rows, "diverged");
    boolean hasUnits = !rows.get(0).text(Column.HIDDEN_UNITS).isEmpty();
    return new Entry(
        name,
        stuck,
        diverged,
        (double) (stuck + diverged) / rows.size(),
        median(runs, name, Column.TRAIN_LOG_LOSS),
        MedianInterval.of(steps, Comparison.CONFIDENCE),
        Arrays.stream(steps).filter(Double::isFinite).count() / (double) steps.length,
        hasUnits ? (int) rows.get(0).number(Column.HIDDEN_UNITS) : null,
        hasUnits
            ? median(runs, name, Column.of(Measure.DISTINCT_UNITS_WITHIN_TOLERANCE)).median()
            : null,
        hasUnits ? median(runs, name, Column.of(Measure.SATURATED)).median() : null,
        findings(rows),
        test);
  }

  private static Map<RunFinding.Kind, Integer> findings(List<LedgerRow> rows) {
    Map<RunFinding.Kind, Integer> runs = new EnumMap<>(RunFinding.Kind.class);
    for (LedgerRow row : rows) {
      List<String> found = List.of(row.text(Column.FINDINGS).split(" "));
      for (RunFinding.Kind kind : RunFinding.Kind.values()) {
        if (found.contains(kind.toString())) {
          runs.merge(kind, 1, Integer::sum);
        }
      }
    }
    return runs;
  }

  private static MedianInterval median(PairedRuns runs, String name, Column column) {
    return MedianInterval.of(runs.column(name, column), Comparison.CONFIDENCE);
  }

  private static int stopped(List<LedgerRow> rows, String why) {
    return (int) rows.stream().filter(row -> row.text(Column.STOPPED).equals(why)).count();
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    Entry first = initializations.get(0);
    sentences.add(
        first.reachedTarget == 0
            ? String.format(
                Locale.ROOT,
                "None of them brought the training loss to %s, in %s epochs from %s; %s ends"
                    + " lowest, at %s.",
                Words.number(targetLoss),
                budget,
                seedsInWords(),
                first.name,
                Words.interval(first.trainingLoss))
            : String.format(
                Locale.ROOT,
                "%s brings the training loss to %s first, in a median of %s steps, from %s.",
                first.name,
                Words.number(targetLoss),
                Words.interval(first.stepsToTarget),
                seedsInWords()));
    List<Entry> others = initializations.subList(1, initializations.size());
    if (!caveat().isEmpty()) {
      sentences.add(caveat());
    } else if (!others.isEmpty()) {
      add(
          sentences,
          "Later than that beyond chance: ",
          others.stream().filter(e -> e.againstFirst.isHigher()));
      add(
          sentences,
          "Sooner than that beyond chance seed by seed, though not in the median: ",
          others.stream().filter(e -> e.againstFirst.isLower()));
      add(
          sentences,
          "No difference from it is shown, which is no proof that there is none: ",
          others.stream().filter(e -> !e.againstFirst.isSignificant()));
      sentences.add(
          "The typical difference is the pseudomedian, the median of the averages of any two seeds'"
              + " differences, and not the difference of the medians above. Runs of one seed are"
              + " pairs: glorot, he, lecun and gaussian scale the same random numbers."
              + (tests == 1
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      " Intervals and p-values are adjusted for all %d pairs.",
                      tests)));
    }
    if (initializations.stream().anyMatch(entry -> entry.reachedTarget < 1)) {
      sentences.add(
          "Runs that never arrive count as later than all others: "
              + initializations.stream()
                  .filter(entry -> entry.reachedTarget < 1)
                  .map(
                      entry ->
                          String.format(
                              Locale.ROOT,
                              "of %s %d of %d arrive",
                              entry.name,
                              Math.round(entry.reachedTarget * seeds),
                              seeds))
                  .collect(Collectors.joining(", "))
              + ".");
    }
    initializations.stream().map(this::remark).filter(r -> !r.isEmpty()).forEach(sentences::add);
    return sentences;
  }

  private String seedsInWords() {
    return Words.plural(seeds, "seed", "seeds");
  }

  private int fewestSeeds() {
    int fewest = 1;
    while (tests * SignedRank.smallestPValue(fewest) > 1 - Comparison.CONFIDENCE) {
      fewest++;
    }
    return fewest;
  }

  private static void add(List<String> sentences, String beginning, Stream<Entry> entries) {
    String named =
        entries
            .map(entry -> tested(entry.name, entry.againstFirst))
            .collect(Collectors.joining("; "));
    if (!named.isEmpty()) {
      sentences.add(beginning + named + ".");
    }
  }

  private static String tested(String name, PairedTest test) {
    PairedShift shift = test.difference();
    String difference =
        Double.isInfinite(shift.estimate())
            ? "typically only one of the two arrives"
            : "typical difference "
                + Words.number(shift.estimate())
                + " steps"
                + (shift.low() == null || shift.low().isInfinite() || shift.high().isInfinite()
                    ? ""
                    : ", interval "
                        + Words.number(shift.low())
                        + " to "
                        + Words.number(shift.high()));
    return name + " (" + difference + ", p = " + Words.number(test.adjustedP()) + ")";
  }

  /** That nothing can be shown, where the seeds are too few; else empty. */
  public String caveat() {
    boolean canShow = tests * SignedRank.smallestPValue(seeds) <= 1 - Comparison.CONFIDENCE;
    return canShow || initializations.size() == 1
        ? ""
        : String.format(
            Locale.ROOT,
            "With %s and %s no difference can be shown, however large: the smallest p-value is %s."
                + " %d seeds are the fewest that could.",
            seedsInWords(),
            Words.plural(tests, "test", "tests"),
            Words.number(Math.min(1, tests * SignedRank.smallestPValue(seeds))),
            fewestSeeds());
  }

  /** How its runs ended, and what most of them show to be wrong; empty where there is nothing. */
  public String remark(Entry entry) {
    List<String> parts = new ArrayList<>();
    if (entry.stuck > 0) {
      parts.add(entry.stuck + " of " + seeds + " runs ended no better than a constant prediction");
    }
    if (entry.diverged > 0) {
      parts.add(entry.diverged + " of " + seeds + " runs diverged or froze");
    }
    entry.findings.forEach(
        (kind, runs) -> {
          if (2 * runs > seeds) {
            parts.add(kind.words() + " in " + runs + " of " + seeds);
          }
        });
    return parts.isEmpty() ? "" : entry.name + ": " + String.join("; ", parts) + ".";
  }
}
