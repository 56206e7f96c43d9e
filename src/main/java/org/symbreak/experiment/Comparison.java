package org.symbreak.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.symbreak.statistics.MedianInterval;
import org.symbreak.symmetry.Measure;

/**
 * Initializations beside each other: every one with the same seeds, hence the same splits, so that
 * their runs are pairs. Drawn from a ledger's rows alone, whatever their order. In JSON what is
 * infinite, such as the median of iterations to a loss that most runs never reach, is null.
 *
 * @param data the CSV file
 * @param hidden units of the hidden layers, as {@code 16/8}; empty for none
 * @param activation of the hidden layers
 * @param optimizer that all used
 * @param learningRate of the optimizer
 * @param budget passes over the training rows, the same for all
 * @param batch rows a step, or full
 * @param seeds how many
 * @param targetLoss the validation loss that is waited for
 * @param confidence of the intervals
 * @param initializations in the order of their median validation loss, best first; where that is
 *     the same, in alphabetical order
 * @param tests how many pairs of initializations there are, for which p-values and intervals of
 *     differences are adjusted
 * @param conclusions what can be concluded and what cannot, in sentences
 */
public record Comparison(
    String data,
    String hidden,
    String activation,
    String optimizer,
    double learningRate,
    int budget,
    String batch,
    int seeds,
    double targetLoss,
    double confidence,
    List<Entry> initializations,
    int tests,
    List<String> conclusions) {
  /** Where a directory of runs keeps their comparison. */
  public static final String FILE = "compare.json";

  /** The usual confidence of intervals, and one minus the usual level of tests. */
  static final double CONFIDENCE = 0.95;

  public Comparison {
    initializations = List.copyOf(initializations);
    conclusions = List.copyOf(conclusions);
  }

  /**
   * What came of one of those compared.
   *
   * @param name the initialization as {@code --init} takes it, or the setting
   * @param stuck runs whose loss never left the plateau at which it began
   * @param diverged runs whose numbers stopped being finite, or whose loss froze
   * @param failed share of runs that were stuck or diverged, in [0, 1]
   * @param validationLoss mean cross-entropy on the validation rows at the end; infinite for a run
   *     without
   * @param testAuc on the test rows; null where there are none with both classes
   * @param iterationsToTarget steps until the validation loss was at the target; infinite where it
   *     never was
   * @param reachedTarget share of runs that arrived there
   * @param hiddenUnits of the layer with the smallest share of distinct units; null without hidden
   *     layers, and so the following
   * @param distinctUnits the median of that layer's distinct units, within tolerance
   * @param saturated the median share of saturated activations in that layer
   * @param againstBest the test against the best; null for the best itself
   */
  public record Entry(
      String name,
      int stuck,
      int diverged,
      double failed,
      MedianInterval validationLoss,
      MedianInterval testAuc,
      MedianInterval iterationsToTarget,
      double reachedTarget,
      Integer hiddenUnits,
      Double distinctUnits,
      Double saturated,
      PairedTest againstBest) {
    /** Whether it is worse than the best beyond chance. */
    @JsonIgnore
    public boolean isWorseThanBest() {
      return againstBest != null && againstBest.isWorse();
    }
  }

  /**
   * Initializations beside each other, all else equal; by the seeds that all of them ran with.
   *
   * @param rows of one data set, in any order
   */
  public static Comparison of(List<LedgerRow> rows) {
    return of(PairedRuns.ofInitializations(rows));
  }

  /**
   * @param runs of one data set, of at least one seed
   */
  public static Comparison of(PairedRuns runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a comparison needs a seed that all ran with, found none");
    }
    List<Sample> samples =
        runs.runs().entrySet().stream()
            .map(group -> new Sample(group.getKey(), group.getValue()))
            .sorted(Comparator.comparingDouble(sample -> sample.interval.median()))
            .toList();
    PairedTests tests = new PairedTests(runs);
    Sample best = samples.get(0);
    List<Entry> entries =
        samples.stream()
            .map(sample -> sample.entry(sample == best ? null : tests.test(sample.name, best.name)))
            .toList();
    LedgerRow any = best.rows.get(0);
    Comparison comparison =
        new Comparison(
            any.text(Column.DATA),
            any.text(Column.HIDDEN),
            any.text(Column.ACTIVATION),
            any.text(Column.OPTIMIZER),
            any.number(Column.LEARNING_RATE),
            (int) any.number(Column.BUDGET),
            any.text(Column.BATCH),
            best.rows.size(),
            any.number(Column.TARGET_LOSS),
            CONFIDENCE,
            entries,
            tests.pairs(),
            List.of());
    return comparison.with(new Conclusions(comparison).sentences());
  }

  /** What came of the one of this name. */
  Entry entry(String name) {
    return initializations.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  public String toJson() {
    return FiniteJson.write(this);
  }

  private Comparison with(List<String> sentences) {
    return new Comparison(
        data,
        hidden,
        activation,
        optimizer,
        learningRate,
        budget,
        batch,
        seeds,
        targetLoss,
        confidence,
        initializations,
        tests,
        sentences);
  }

  /** The runs of one name. */
  private static final class Sample {
    private final String name;
    private final List<LedgerRow> rows;
    private final MedianInterval interval;

    Sample(String name, List<LedgerRow> rows) {
      this.name = name;
      this.rows = rows;
      this.interval = MedianInterval.of(column(Column.VALIDATION_LOG_LOSS), CONFIDENCE);
    }

    Entry entry(PairedTest test) {
      double[] steps = column(Column.TARGET_ITERATION);
      int stuck = stopped("stuck");
      int diverged = stopped("diverged");
      boolean hasUnits = !rows.get(0).text(Column.HIDDEN_UNITS).isEmpty();
      return new Entry(
          name,
          stuck,
          diverged,
          (double) (stuck + diverged) / rows.size(),
          interval,
          defined(Column.TEST_AUC),
          MedianInterval.of(steps, CONFIDENCE),
          Arrays.stream(steps).filter(Double::isFinite).count() / (double) steps.length,
          hasUnits ? (int) rows.get(0).number(Column.HIDDEN_UNITS) : null,
          hasUnits
              ? (Double)
                  MedianInterval.of(
                          column(Column.of(Measure.DISTINCT_UNITS_WITHIN_TOLERANCE)), CONFIDENCE)
                      .median()
              : null,
          hasUnits
              ? (Double)
                  MedianInterval.of(column(Column.of(Measure.SATURATED)), CONFIDENCE).median()
              : null,
          test);
    }

    private int stopped(String why) {
      return (int) rows.stream().filter(row -> row.text(Column.STOPPED).equals(why)).count();
    }

    private double[] column(Column column) {
      return rows.stream().mapToDouble(row -> row.numberOrInfinite(column)).toArray();
    }

    private MedianInterval defined(Column column) {
      double[] values = Arrays.stream(column(column)).filter(Double::isFinite).toArray();
      return values.length == 0 ? null : MedianInterval.of(values, CONFIDENCE);
    }
  }
}
