package org.symbreak.experiment;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.model.Evaluation;
import org.symbreak.model.RowCounts;
import org.symbreak.model.RowNetwork;
import org.symbreak.optimizer.StopReason;
import org.symbreak.run.LossAside;
import org.symbreak.run.RunResult;
import org.symbreak.run.TrainedRun;
import org.symbreak.run.Trainer;
import org.symbreak.setting.RunSpec;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.Measure;

/** Does one run in memory and puts it into a row. */
public final class RunMeasurement {
  private RunMeasurement() {}

  /**
   * @param datasets where the run's data come from
   * @param worker who does it, for the ledger
   */
  public static LedgerRow measure(RunTask task, DatasetCache datasets, String worker) {
    RunSpec spec = task.spec();
    try (DatasetCache.Lease lease = datasets.lease(spec.data(), spec.seed())) {
      Dataset data = lease.data();
      if (!data.sha256().equals(task.dataHash())) {
        throw new IllegalStateException(
            "the data changed while the runs were under way: " + spec.data().file());
      }
      if (data.validation().rows() > 0) {
        TargetLoss target = new TargetLoss(task.targetLoss(), null);
        return row(task, data, Trainer.run(spec, data, List.of(target)), target, "", worker);
      }
      try (LossAside train = new LossAside(spec, data)) {
        TargetLoss target = new TargetLoss(task.targetLoss(), train);
        LossCurve curve = new LossCurve(train);
        TrainedRun run = Trainer.run(spec, data, List.of(target, curve));
        return row(task, data, run, target, curve.toString(), worker);
      }
    }
  }

  private static LedgerRow row(
      RunTask task, Dataset data, TrainedRun run, TargetLoss target, String curve, String worker) {
    Map<Column, String> cells = cells(task, run, target, worker);
    cells.put(Column.CURVE, curve);
    rows(cells, data, run);
    return LedgerRow.of(cells);
  }

  /** How many rows each part has, and how the losses of the test rows vary. */
  private static void rows(Map<Column, String> cells, Dataset data, TrainedRun run) {
    cells.put(Column.TRAIN_ROWS, Integer.toString(data.train().rows()));
    cells.put(Column.VALIDATION_ROWS, Integer.toString(data.validation().rows()));
    EncodedRows test = data.test();
    number(cells, Column.TRAIN_EFFECTIVE, effective(data.train()) + effective(data.validation()));
    number(cells, Column.TEST_EFFECTIVE, effective(test));
    cells.put(Column.TEST_ROWS, Integer.toString(test.rows()));
    if (test.rows() > 1 && run.result().test() != null) {
      RowNetwork network =
          new RowNetwork(run.spec().network(), test.oneHot(), run.bestParameters());
      double mean = run.result().test().logLoss();
      double[] numbers = new double[test.oneHot().numbers()];
      int[] ones = new int[test.oneHot().groups()];
      double squares = 0;
      for (int row = 0; row < test.rows(); row++) {
        test.inShort(row, numbers, ones);
        double probability = network.probability(numbers, ones);
        double off = Evaluation.logLoss(probability, test.label(row)) - mean;
        squares += test.weight(row) * (off * off);
      }
      double worth = RowCounts.weightsOf(test).effective(test.rows());
      double variance = squares / test.totalWeight() * worth / (worth - 1);
      number(cells, Column.TEST_LOSS_VARIANCE, variance);
    }
  }

  private static double effective(EncodedRows rows) {
    return rows.rows() == 0 ? 0 : RowCounts.of(rows).effective(rows.rows());
  }

  private static Map<Column, String> cells(
      RunTask task, TrainedRun run, TargetLoss target, String worker) {
    Map<Column, String> cells = settings(task, run.spec());
    RunResult result = run.result();
    cells.put(Column.STOPPED, result.stopped().toString());
    cells.put(
        Column.FAILED,
        result.stopped() == StopReason.STUCK || result.stopped() == StopReason.DIVERGED
            ? "1"
            : "0");
    cells.put(Column.EPOCHS, Long.toString(result.epochs()));
    cells.put(Column.ITERATIONS, Long.toString(result.iterations()));
    target
        .reachedAt()
        .ifPresent(iteration -> cells.put(Column.TARGET_ITERATION, Long.toString(iteration)));
    number(cells, Column.LOSS, result.loss());
    evaluation(
        cells, result.train(), Column.TRAIN_LOG_LOSS, Column.TRAIN_ACCURACY, Column.TRAIN_AUC);
    evaluation(
        cells,
        result.validation(),
        Column.VALIDATION_LOG_LOSS,
        Column.VALIDATION_ACCURACY,
        Column.VALIDATION_AUC);
    evaluation(cells, result.test(), Column.TEST_LOG_LOSS, Column.TEST_ACCURACY, Column.TEST_AUC);
    cells.put(
        Column.FINDINGS,
        result.findings().stream()
            .map(finding -> finding.kind().toString())
            .collect(Collectors.joining(" ")));
    if (result.symmetry() != null) {
      symmetry(cells, result.symmetry().worst());
    }
    number(cells, Column.SECONDS, result.seconds());
    cells.put(Column.WORKER, worker);
    cells.put(Column.FINISHED, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    return cells;
  }

  /**
   * @param spec the task's run, with everything decided that it left open
   */
  private static Map<Column, String> settings(RunTask task, RunSpec spec) {
    List<Integer> hidden = spec.network().hidden();
    String initialization = spec.network().weights().toString();
    Map<Column, String> cells = new LinkedHashMap<>();
    for (Column column : Column.values()) {
      column.of(spec).ifPresent(text -> cells.put(column, text));
    }
    cells.put(Column.RUN, task.key());
    cells.put(Column.INIT, ScaledInit.name(initialization));
    cells.put(Column.SCALE, ScaledInit.scale(initialization));
    if (hidden.isEmpty()) {
      cells.put(Column.HIDDEN, "");
    }
    cells.put(Column.DEPTH, Integer.toString(hidden.size()));
    cells.put(
        Column.WIDTH,
        Integer.toString(hidden.stream().mapToInt(Integer::intValue).max().orElse(0)));
    number(cells, Column.TARGET_LOSS, task.targetLoss());
    return cells;
  }

  private static void evaluation(
      Map<Column, String> cells,
      Evaluation evaluation,
      Column logLoss,
      Column accuracy,
      Column auc) {
    if (evaluation != null) {
      number(cells, logLoss, evaluation.logLoss());
      number(cells, accuracy, evaluation.accuracy());
      number(cells, auc, evaluation.auc());
    }
  }

  private static void symmetry(Map<Column, String> cells, LayerSymmetry layer) {
    cells.put(Column.HIDDEN_UNITS, Integer.toString(layer.hiddenUnits()));
    for (Measure measure : Measure.summary()) {
      number(cells, Column.of(measure), measure.of(layer));
    }
  }

  private static void number(Map<Column, String> cells, Column column, Number value) {
    if (value != null && Double.isFinite(value.doubleValue())) {
      cells.put(column, value.toString());
    }
  }
}
