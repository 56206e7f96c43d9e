package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Settings;
import org.symbreak.symmetry.Measure;

/**
 * The columns of a ledger, in their order: which run, what was set, what came out, and when and
 * where it ran. Results are called as in the JSON of {@code train --json}. What there is not, or is
 * not finite, is an empty cell.
 */
public final class Column {
  /** What a column tells. Circumstances alone differ when a run is repeated. */
  public enum Kind {
    SETTING,
    RESULT,
    CIRCUMSTANCE
  }

  /** Filled by those that follow, in their order. */
  private static final List<Column> ALL = new ArrayList<>();

  /** What the run is known by: a hash of everything that its result depends on. */
  public static final Column RUN = setting("run");

  public static final Column DATA = setting("data", Settings.FILE);

  /** As {@code --init} takes it. */
  public static final Column INITIALIZATION = setting("initialization", Settings.INIT);

  /** The initialization without its scale. */
  public static final Column INIT = setting("init");

  public static final Column SCALE = setting("scale");
  public static final Column BIASES = setting("biases", Settings.BIAS_INIT);

  /** Units of the hidden layers, separated by slashes. */
  public static final Column HIDDEN = setting("hidden", Settings.HIDDEN);

  /** Number of hidden layers. */
  public static final Column DEPTH = setting("depth");

  /** Units of the widest hidden layer. */
  public static final Column WIDTH = setting("width");

  public static final Column ACTIVATION = setting("activation", Settings.ACTIVATION);
  public static final Column OPTIMIZER = setting("optimizer", Settings.OPTIMIZER);
  public static final Column LEARNING_RATE = setting("learningRate", Settings.LEARNING_RATE);
  public static final Column MOMENTUM = setting("momentum", Settings.MOMENTUM);
  public static final Column L2 = setting("l2", Settings.L2);

  /** Passes over the training rows at the most. */
  public static final Column BUDGET = setting("budget", Settings.EPOCHS);

  /** Rows a step, or full. */
  public static final Column BATCH = setting("batch", Settings.BATCH);

  public static final Column PRECISION = setting("precision", Settings.PRECISION);
  public static final Column SEED = setting("seed", Settings.SEED);

  /** That trained, also where it was left open. */
  public static final Column ENGINE = setting("engine", Settings.ENGINE);

  public static final Column TARGET_LOSS = setting("targetLoss");
  public static final Column STOPPED = result("stopped");

  /** 1 where the run was stuck or diverged, else 0; its mean is the share that failed. */
  public static final Column FAILED = result("failed");

  public static final Column EPOCHS = result("epochs");
  public static final Column ITERATIONS = result("iterations");

  /** Steps after which {@link TargetLoss} first saw the target or less. */
  public static final Column TARGET_ITERATION = result("targetIteration");

  public static final Column LOSS = result("loss");
  public static final Column TRAIN_LOG_LOSS = result("train.logLoss");
  public static final Column TRAIN_ACCURACY = result("train.accuracy");
  public static final Column TRAIN_AUC = result("train.auc");
  public static final Column VALIDATION_LOG_LOSS = result("validation.logLoss");
  public static final Column VALIDATION_ACCURACY = result("validation.accuracy");
  public static final Column VALIDATION_AUC = result("validation.auc");
  public static final Column TEST_LOG_LOSS = result("test.logLoss");
  public static final Column TEST_ACCURACY = result("test.accuracy");
  public static final Column TEST_AUC = result("test.auc");

  /** Of the layer with the smallest share of distinct units. */
  public static final Column HIDDEN_UNITS = result("symmetry.hiddenUnits");

  /** Of the same layer, one a measure that sums a layer up. */
  private static final Map<Measure, Column> MEASURES = measures();

  /** Of training and evaluating. */
  public static final Column SECONDS = circumstance("seconds");

  /** Thread or executor. */
  public static final Column WORKER = circumstance("worker");

  /** ISO 8601 with UTC. */
  public static final Column FINISHED = circumstance("finished");

  /** How many of them a ledger of 0.1.0 has: those until here. */
  static final int IN_FIRST_VERSION = ALL.size();

  public static final Column TEST_FILE = setting("test", Settings.TEST);
  public static final Column GROUP = setting("group", Settings.GROUP);
  public static final Column ORDER = setting("order", Settings.ORDER);

  /** The part that is tested on; of a list, the last. */
  public static final Column FOLD = setting("fold", Settings.FOLD);

  public static final Column EARLY_STOPPING = setting("earlyStopping", Settings.EARLY_STOPPING);
  public static final Column TRAIN_ROWS = result("train.rows");
  public static final Column VALIDATION_ROWS = result("validation.rows");
  public static final Column TEST_ROWS = result("test.rows");

  /** The sample variance of the test rows' losses. */
  public static final Column TEST_LOSS_VARIANCE = result("test.logLossVariance");

  public static final Column MEMBERS = setting("members", Settings.MEMBERS);

  /**
   * As how many an interval counts the rows of training and validation: rows, groups of them, or
   * what weights are worth.
   */
  public static final Column TRAIN_EFFECTIVE = result("train.effectiveRows");

  /** The same of the test rows. */
  public static final Column TEST_EFFECTIVE = result("test.effectiveRows");

  /** {@link LossCurve} of the training rows; empty in runs with validation rows. */
  public static final Column CURVE = result("train.curve");

  /** What the run's measurements show to be wrong, the gravest first, separated by blanks. */
  public static final Column FINDINGS = result("findings");

  private final int ordinal;
  private final String header;
  private final Kind kind;
  private final Setting<?> setting;

  private Column(String header, Kind kind, Setting<?> setting) {
    this.ordinal = ALL.size();
    this.header = header;
    this.kind = kind;
    this.setting = setting;
  }

  private static Column add(String header, Kind kind, Setting<?> setting) {
    Column column = new Column(header, kind, setting);
    ALL.add(column);
    return column;
  }

  private static Column setting(String header) {
    return add(header, Kind.SETTING, null);
  }

  private static Column setting(String header, Setting<?> setting) {
    return add(header, Kind.SETTING, setting);
  }

  private static Column result(String header) {
    return add(header, Kind.RESULT, null);
  }

  private static Column circumstance(String header) {
    return add(header, Kind.CIRCUMSTANCE, null);
  }

  private static Map<Measure, Column> measures() {
    Map<Measure, Column> columns = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.summary()) {
      columns.put(measure, result("symmetry." + measure.key()));
    }
    return columns;
  }

  /** All of them, in order. */
  public static List<Column> values() {
    return Collections.unmodifiableList(ALL);
  }

  /** Of a measure that sums a layer up. */
  public static Column of(Measure measure) {
    return MEASURES.get(measure);
  }

  /** Its place in a row, from 0. */
  int ordinal() {
    return ordinal;
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
    return ALL.stream().filter(column -> column.header.equals(header)).findFirst();
  }

  /** The names, in order. */
  public static List<String> headers() {
    return ALL.stream().map(Column::header).toList();
  }

  @Override
  public String toString() {
    return header;
  }
}
