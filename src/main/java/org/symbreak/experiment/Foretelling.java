package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.symbreak.statistics.Bonferroni;
import org.symbreak.statistics.ResampledT;

/**
 * Does it foretell new rows better? What is estimated is the expected log loss on new rows of the
 * same source after training on as many rows as here, in the way in which {@code train} trains; it
 * is measured on rows that neither stopping nor a choice has seen.
 *
 * @param scheme how rows were kept for testing, in words
 * @param resamples how many test parts each was measured on
 * @param trainRows rows given to the method, those that early stopping holds out included, in the
 *     mean
 * @param testRows of a test part, in the mean
 * @param margin a difference of log loss that is as good as none
 * @param initializations the lowest mean loss first
 * @param tests how many pairs there are, for which p-values and intervals are adjusted
 * @param conclusions what can be concluded and what cannot, in sentences
 */
public record Foretelling(
    String scheme,
    int resamples,
    double trainRows,
    double testRows,
    double margin,
    List<Entry> initializations,
    int tests,
    List<String> conclusions) {
  /** What can be said of one against the lowest. */
  public enum Verdict {
    /** It has the lowest mean loss. */
    LOWEST,
    /** Its expected loss is higher beyond chance. */
    WORSE,
    /** The interval of the difference lies within the margin. */
    AS_GOOD,
    /** Neither is shown. */
    OPEN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * What came of one.
   *
   * @param name the initialization as {@code --init} takes it
   * @param loss mean log loss of the test parts, with the corrected interval
   * @param auc mean area under the curve of the test parts that have both classes; null without
   * @param failed share of runs that were stuck or diverged, in [0, 1]
   * @param againstLowest its loss minus that of the lowest, part by part, with the interval for all
   *     pairs together; null for the lowest
   * @param adjustedP of no difference, for all pairs together; null likewise
   * @param differences part by part, in the order of seeds and folds; empty for the lowest
   * @param verdict whether it is worse, as good, or neither is shown
   */
  public record Entry(
      String name,
      ResampledT loss,
      Double auc,
      double failed,
      ResampledT againstLowest,
      Double adjustedP,
      List<Double> differences,
      Verdict verdict) {
    public Entry {
      differences = List.copyOf(differences);
    }
  }

  public Foretelling {
    initializations = List.copyOf(initializations);
    conclusions = List.copyOf(conclusions);
  }

  /** Null where there is no seed and fold with which all ran. */
  static Foretelling of(PairedRuns runs, double margin) {
    if (runs.isEmpty()) {
      return null;
    }
    Scheme scheme = Scheme.of(runs.rows());
    String lowest =
        runs.runs().keySet().stream()
            .min(
                Comparator.comparingDouble(
                    name -> Arrays.stream(runs.column(name, Column.TEST_LOG_LOSS)).sum()))
            .orElseThrow();
    List<Entry> entries =
        runs.runs().keySet().stream()
            .map(name -> entry(runs, scheme, name, lowest, margin))
            .sorted(
                Comparator.comparingDouble((Entry entry) -> entry.loss.mean())
                    .thenComparing(entry -> !entry.name.equals(lowest)))
            .toList();
    Foretelling answer =
        new Foretelling(
            scheme.words(),
            runs.size(),
            scheme.trainRows(),
            scheme.testRows(),
            margin,
            entries,
            runs.tests(),
            List.of());
    return new Foretelling(
        answer.scheme,
        answer.resamples,
        answer.trainRows,
        answer.testRows,
        margin,
        entries,
        answer.tests,
        answer.sentences(scheme));
  }

  private static Entry entry(
      PairedRuns runs, Scheme scheme, String name, String lowest, double margin) {
    double[] losses = runs.column(name, Column.TEST_LOG_LOSS);
    double[] best = runs.column(lowest, Column.TEST_LOG_LOSS);
    double[] auc =
        Arrays.stream(runs.column(name, Column.TEST_AUC)).filter(Double::isFinite).toArray();
    List<LedgerRow> rows = runs.runs().get(name);
    ResampledT loss = scheme.mean(losses, Comparison.CONFIDENCE);
    Double meanAuc = auc.length == 0 ? null : Arrays.stream(auc).average().orElseThrow();
    double failed = rows.stream().filter(LedgerRow::failed).count() / (double) rows.size();
    if (name.equals(lowest)) {
      return new Entry(name, loss, meanAuc, failed, null, null, List.of(), Verdict.LOWEST);
    }
    double[] differences = new double[losses.length];
    Arrays.setAll(differences, i -> losses[i] == best[i] ? 0 : losses[i] - best[i]);
    ResampledT against =
        scheme.mean(differences, Bonferroni.confidence(Comparison.CONFIDENCE, runs.tests()));
    boolean isJudged = scheme.isResampled() && differences.length >= ResampledT.FEWEST;
    Double p =
        isJudged && against.low() != null
            ? (Double) Bonferroni.adjust(against.p(), runs.tests())
            : null;
    Verdict verdict =
        p == null
            ? Verdict.OPEN
            : p <= 1 - Comparison.CONFIDENCE && !against.isWithin(margin)
                ? Verdict.WORSE
                : against.isWithin(margin) ? Verdict.AS_GOOD : Verdict.OPEN;
    return new Entry(
        name,
        loss,
        meanAuc,
        failed,
        against,
        p,
        Arrays.stream(differences).boxed().toList(),
        verdict);
  }

  private List<String> sentences(Scheme kept) {
    List<String> sentences = new ArrayList<>();
    Entry lowest = initializations.get(0);
    sentences.add(
        Double.isInfinite(lowest.loss.mean())
            ? String.format(
                Locale.ROOT, "None of them has a finite mean loss on the test rows of %s.", scheme)
            : String.format(
                Locale.ROOT,
                "%s has the lowest mean log loss on rows that training had not seen, %s, over %s.",
                lowest.name,
                kept.isResampled() ? Words.interval(lowest.loss) : Words.number(lowest.loss.mean()),
                scheme));
    List<Entry> others = initializations.subList(1, initializations.size());
    if (!kept.isResampled()) {
      sentences.add(kept.whyNoTest());
      others.forEach(
          entry ->
              sentences.add(
                  entry.name
                      + ": higher than that by "
                      + entry.differences.stream()
                          .map(Words::number)
                          .collect(Collectors.joining(", "))
                      + "."));
    } else if (resamples < ResampledT.FEWEST) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "From %s nothing can be concluded about new rows: %d are the fewest.",
              Words.plural(resamples, "test part", "test parts"),
              ResampledT.FEWEST));
    } else if (!others.isEmpty()) {
      add(sentences, "Worse than that on new rows, beyond chance: ", others, Verdict.WORSE);
      add(
          sentences,
          "As good as that, within " + Words.number(margin) + ": ",
          others,
          Verdict.AS_GOOD);
      add(
          sentences,
          "Neither is shown, and more rows would tell rather than more seeds: ",
          others,
          Verdict.OPEN);
      sentences.add(
          "Test parts of one file share training rows; the intervals are corrected for that (Nadeau"
              + " and Bengio)"
              + (tests == 1
                  ? "."
                  : String.format(Locale.ROOT, ", and adjusted for all %d pairs.", tests)));
    }
    sentences.add(
        String.format(
            Locale.ROOT,
            "This is of new rows from the same source, after training on about %s rows; of other"
                + " data sets it says nothing.",
            Math.round(trainRows)));
    return sentences;
  }

  private static void add(
      List<String> sentences, String beginning, List<Entry> entries, Verdict verdict) {
    String named =
        entries.stream()
            .filter(entry -> entry.verdict == verdict)
            .map(Foretelling::tested)
            .collect(Collectors.joining("; "));
    if (!named.isEmpty()) {
      sentences.add(beginning + named + ".");
    }
  }

  private static String tested(Entry entry) {
    ResampledT against = entry.againstLowest;
    return against.low() == null
        ? entry.name + " (a run without a finite loss)"
        : String.format(
            Locale.ROOT,
            "%s (loss higher by %s, interval %s to %s, p = %s)",
            entry.name,
            Words.number(against.mean()),
            Words.number(against.low()),
            Words.number(against.high()),
            Words.number(entry.adjustedP));
  }
}
