package org.symbreak.experiment;

import java.util.List;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;

/**
 * Initializations beside each other, by two questions: which trains faster on these rows, and which
 * foretells new rows better. Drawn from a ledger's rows alone, whatever their order. In JSON what
 * is infinite, such as the median of steps to a loss that most runs never reach, is null.
 *
 * @param data the CSV file
 * @param hidden units of the hidden layers, as {@code 16/8}; empty for none
 * @param activation of the hidden layers
 * @param optimizer that all used
 * @param learningRate of the optimizer
 * @param confidence of intervals, and one minus the level of tests
 * @param trains the answer to the first question; null without such runs
 * @param foretells the answer to the second one; null without such runs
 */
public record Comparison(
    String data,
    String hidden,
    String activation,
    String optimizer,
    double learningRate,
    double confidence,
    Training trains,
    Foretelling foretells) {
  /** Where a directory of runs keeps their comparison. */
  public static final String FILE = "compare.json";

  /** The usual confidence of intervals, and one minus the usual level of tests. */
  public static final double CONFIDENCE = 0.95;

  /** A difference of log loss that is as good as none, where nobody says another. */
  public static final double MARGIN = 0.01;

  /**
   * The run that tells whether a run trains: on all rows of the file, for all of its epochs.
   *
   * @param run as it would be trained to foretell
   */
  public static RunSpec onAllRows(RunSpec run) {
    RunSpec all = Settings.EARLY_STOPPING.with(run, false);
    all = Settings.TEST.with(all, null);
    all = Settings.FOLD.with(all, List.of());
    all = Settings.TEST_FRACTION.with(all, 0.0);
    all = Settings.CALIBRATION_FRACTION.with(all, 0.0);
    all = Settings.CALIBRATE.with(all, false);
    all = Settings.MEMBERS.with(all, 1L);
    return Settings.VALIDATION_FRACTION.with(all, 0.0);
  }

  /**
   * The runs of a comparison, those of either question a seed after the other, so that an
   * interrupted one has seen the same of all.
   *
   * @param training runs on all rows
   * @param foretelling runs that keep test rows
   * @param targetLoss the training loss that is waited for; NaN for half the loss of always giving
   *     the share of the positive class
   */
  public static RunPlan plan(List<RunSpec> training, List<RunSpec> foretelling, double targetLoss) {
    return RunPlan.withoutValidation(foretelling, Double.NaN)
        .after(RunPlan.withoutValidation(training, targetLoss));
  }

  /**
   * Initializations beside each other, all else equal; by the seeds and folds that all of them ran
   * with.
   *
   * @param rows of one data set, in any order
   * @param margin a difference of log loss that is as good as none, positive
   */
  public static Comparison of(List<LedgerRow> rows, double margin) {
    List<LedgerRow> trained = rows.stream().filter(Comparison::isOnAllRows).toList();
    List<LedgerRow> tested = rows.stream().filter(Comparison::isTested).toList();
    LedgerRow any = rows.get(0);
    return new Comparison(
        any.text(Column.DATA),
        any.text(Column.HIDDEN),
        any.text(Column.ACTIVATION),
        any.text(Column.OPTIMIZER),
        any.number(Column.LEARNING_RATE),
        CONFIDENCE,
        Training.of(paired(trained)),
        Foretelling.of(paired(tested), margin));
  }

  private static PairedRuns paired(List<LedgerRow> rows) {
    return PairedRuns.of(rows, row -> row.text(Column.INITIALIZATION));
  }

  /** The rows of the first question that all took part in. */
  public static List<LedgerRow> trained(List<LedgerRow> rows) {
    return paired(rows.stream().filter(Comparison::isOnAllRows).toList()).rows();
  }

  /** Those of the second one. */
  public static List<LedgerRow> tested(List<LedgerRow> rows) {
    return paired(rows.stream().filter(Comparison::isTested).toList()).rows();
  }

  private static boolean isOnAllRows(LedgerRow row) {
    return row.number(Column.TEST_ROWS) == 0
        && row.number(Column.VALIDATION_ROWS) == 0
        && row.text(Column.EARLY_STOPPING).equals("false");
  }

  private static boolean isTested(LedgerRow row) {
    return row.number(Column.TEST_ROWS) > 0;
  }

  public String toJson() {
    return FiniteJson.write(this);
  }
}
