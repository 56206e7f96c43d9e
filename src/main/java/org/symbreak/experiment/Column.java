package org.symbreak.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Settings;

/**
 * The columns of a ledger, in their order: which run, what was set, what came out, and when and
 * where it ran. Results are called as in the JSON of {@code train --json}. What there is not, or is
 * not finite, is an empty cell.
 */
public enum Column {
  /** What the run is known by: a hash of everything that its result depends on. */
  RUN("run", Kind.SETTING),
  DATA("data", Settings.FILE),
  /** As {@code --init} takes it. */
  INITIALIZATION("initialization", Settings.INIT),
  /** The initialization without its scale. */
  INIT("init", Kind.SETTING),
  SCALE("scale", Kind.SETTING),
  BIASES("biases", Settings.BIAS_INIT),
  /** Units of the hidden layers, separated by slashes. */
  HIDDEN("hidden", Settings.HIDDEN),
  /** Number of hidden layers. */
  DEPTH("depth", Kind.SETTING),
  /** Units of the widest hidden layer. */
  WIDTH("width", Kind.SETTING),
  ACTIVATION("activation", Settings.ACTIVATION),
  OPTIMIZER("optimizer", Settings.OPTIMIZER),
  LEARNING_RATE("learningRate", Settings.LEARNING_RATE),
  MOMENTUM("momentum", Settings.MOMENTUM),
  L2("l2", Settings.L2),
  /** Passes over the training rows at the most. */
  BUDGET("budget", Settings.EPOCHS),
  /** Rows a step, or full. */
  BATCH("batch", Settings.BATCH),
  PRECISION("precision", Settings.PRECISION),
  SEED("seed", Settings.SEED),
  /** That trained, also where it was left open. */
  ENGINE("engine", Settings.ENGINE),
  TARGET_LOSS("targetLoss", Kind.SETTING),
  STOPPED("stopped", Kind.RESULT),
  /** 1 where the run was stuck or diverged, else 0; its mean is the share that failed. */
  FAILED("failed", Kind.RESULT),
  EPOCHS("epochs", Kind.RESULT),
  ITERATIONS("iterations", Kind.RESULT),
  /** Steps after which {@link TargetLoss} first saw the target or less. */
  TARGET_ITERATION("targetIteration", Kind.RESULT),
  LOSS("loss", Kind.RESULT),
  TRAIN_LOG_LOSS("train.logLoss", Kind.RESULT),
  TRAIN_ACCURACY("train.accuracy", Kind.RESULT),
  TRAIN_AUC("train.auc", Kind.RESULT),
  VALIDATION_LOG_LOSS("validation.logLoss", Kind.RESULT),
  VALIDATION_ACCURACY("validation.accuracy", Kind.RESULT),
  VALIDATION_AUC("validation.auc", Kind.RESULT),
  TEST_LOG_LOSS("test.logLoss", Kind.RESULT),
  TEST_ACCURACY("test.accuracy", Kind.RESULT),
  TEST_AUC("test.auc", Kind.RESULT),
  /** This and the following: of the layer with the smallest share of distinct units. */
  HIDDEN_UNITS("symmetry.hiddenUnits", Kind.RESULT),
  DISTINCT_UNITS("symmetry.distinctUnits", Kind.RESULT),
  DISTINCT_UNITS_WITHIN_TOLERANCE("symmetry.distinctUnitsWithinTolerance", Kind.RESULT),
  MEAN_ABS_COSINE("symmetry.meanAbsCosine", Kind.RESULT),
  EFFECTIVE_RANK("symmetry.effectiveRank", Kind.RESULT),
  SATURATED("symmetry.saturated", Kind.RESULT),
  DEAD("symmetry.dead", Kind.RESULT),
  /** Of training and evaluating. */
  SECONDS("seconds", Kind.CIRCUMSTANCE),
  /** Thread or executor. */
  WORKER("worker", Kind.CIRCUMSTANCE),
  /** ISO 8601 with UTC. */
  FINISHED("finished", Kind.CIRCUMSTANCE),
  // from 0.2.0 on
  TEST_FILE("test", Settings.TEST),
  GROUP("group", Settings.GROUP),
  ORDER("order", Settings.ORDER),
  /** The part that is tested on; of a list, the last. */
  FOLD("fold", Settings.FOLD),
  EARLY_STOPPING("earlyStopping", Settings.EARLY_STOPPING),
  TRAIN_ROWS("train.rows", Kind.RESULT),
  VALIDATION_ROWS("validation.rows", Kind.RESULT),
  TEST_ROWS("test.rows", Kind.RESULT),
  /** The sample variance of the test rows' losses. */
  TEST_LOSS_VARIANCE("test.logLossVariance", Kind.RESULT);

  /** How many of them a ledger of 0.1.0 has: all up to {@link #FINISHED}. */
  static final int IN_FIRST_VERSION = FINISHED.ordinal() + 1;

  /** What a column tells. Circumstances alone differ when a run is repeated. */
  public enum Kind {
    SETTING,
    RESULT,
    CIRCUMSTANCE
  }

  private final String header;
  private final Kind kind;
  private final Setting<?> setting;

  Column(String header, Kind kind) {
    this(header, kind, null);
  }

  Column(String header, Setting<?> setting) {
    this(header, Kind.SETTING, setting);
  }

  Column(String header, Kind kind, Setting<?> setting) {
    this.header = header;
    this.kind = kind;
    this.setting = setting;
  }

  /** What it tells of a run as it was described; empty for other columns. */
  Optional<String> of(RunSpec run) {
    return Optional.ofNullable(setting).map(described -> described.text(run));
  }

  /** Its name in the file's first line. */
  public String header() {
    return header;
  }

  public Kind kind() {
    return kind;
  }

  /** The column of this name. */
  public static Optional<Column> of(String header) {
    return Arrays.stream(values()).filter(column -> column.header.equals(header)).findFirst();
  }

  /** The names, in order. */
  public static List<String> headers() {
    return Arrays.stream(values()).map(Column::header).toList();
  }
}
