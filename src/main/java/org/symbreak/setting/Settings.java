package org.symbreak.setting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.symbreak.data.CsvFormat;
import org.symbreak.data.Fold;
import org.symbreak.data.Rulings.DateOrder;
import org.symbreak.data.Rulings.Duplicates;
import org.symbreak.init.LayerInits;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.problem.Problem;

/**
 * The one table of what a run is made of. Options, run.json, the run as a command, what a sweep may
 * vary, the ledger's columns, the live page and completion are all made from it: a new setting is a
 * row here and a component of {@link RunSpec} or of a record in it.
 */
public final class Settings {
  private static final String DATA = "Data";
  private static final String FORMAT = "CSV format";
  private static final String NETWORK = "Network";
  private static final String OPTIMIZATION = "Optimizer";
  private static final String BUDGET = "Budget";
  private static final String MACHINE = "Machine";
  private static final String AUTO = "auto";

  public static final Setting<String> FILE =
      new Setting<>("data", "data.file", new Text(false), DATA, "FILE", "CSV file.");

  public static final Setting<String> LABEL =
      new Setting<>(
          "label",
          "data.label",
          new Text(true),
          DATA,
          "COLUMN",
          "Column to predict. Without it: label, class, target, y or outcome.");

  public static final Setting<String> POSITIVE =
      new Setting<>(
          "positive",
          "data.positive",
          new Text(true),
          DATA,
          "VALUE",
          "Value of the label that counts as 1. Without it: the obvious one, else the rarer.");

  public static final Setting<String> TEST =
      new Setting<>(
          "test",
          "data.testFile",
          new Text(true),
          DATA,
          "FILE",
          "Test rows in a file of their own.");

  public static final Setting<Double> TEST_FRACTION =
      new Setting<>(
          "test-fraction",
          "data.testFraction",
          Real.share(),
          DATA,
          "SHARE",
          "Share of rows to keep for the test. Default: 0.2.");

  public static final Setting<Double> VALIDATION_FRACTION =
      new Setting<>(
          "validation-fraction",
          "data.validationFraction",
          Real.share(),
          DATA,
          "SHARE",
          "Share of the other rows for validation. Default: 0.15.");

  public static final Setting<Double> CALIBRATION_FRACTION =
      new Setting<>(
              "calibration-fraction",
              "data.rulings.calibrationFraction",
              Real.share(),
              DATA,
              "SHARE",
              "Share of the training rows to set aside, to calibrate and choose the threshold on."
                  + " Default: 0.")
          .before(0.0);

  public static final Setting<List<String>> NUMERIC =
      new Setting<>(
          "numeric", "data.numeric", columns(), DATA, "COLUMN", "Columns to read as numbers.");

  public static final Setting<List<String>> CATEGORICAL =
      new Setting<>(
          "categorical",
          "data.categorical",
          columns(),
          DATA,
          "COLUMN",
          "Columns to read as categories.");

  public static final Setting<List<String>> IGNORE =
      new Setting<>("ignore", "data.ignore", columns(), DATA, "COLUMN", "Columns to leave out.");

  public static final Setting<Boolean> STANDARDIZE =
      new Setting<>(
          "standardize",
          "data.standardize",
          new Flag(false, null),
          DATA,
          null,
          "Leave numbers as they are, instead of mean 0 and standard deviation 1.");

  public static final Setting<Boolean> SKIP_MISSING_LABELS =
      new Setting<>(
              "skip-missing-labels",
              "data.rulings.skipMissingLabels",
              new Flag(true, null),
              DATA,
              null,
              "Leave rows without a label out, instead of refusing them.")
          .before(false);

  public static final Setting<Character> THOUSANDS =
      new Setting<>(
              "thousands",
              "data.rulings.thousands",
              new Mark(",.' ", true, "a comma, a point, an apostrophe or a blank"),
              DATA,
              "MARK",
              "Between thousands, where it could be a decimal mark: , . ' or a blank.")
          .before(null);

  public static final Setting<DateOrder> DATE_ORDER =
      new Setting<>(
              "date-order",
              "data.rulings.dateOrder",
              Choice.orNothing("an order of day, month and year", DateOrder.values()),
              DATA,
              "ORDER",
              "Of dates such as 03/04/2024: dmy or mdy.")
          .before(null);

  public static final Setting<Duplicates> DUPLICATES =
      new Setting<>(
              "duplicates",
              "data.rulings.duplicates",
              Choice.of("what becomes of equal rows", Duplicates.values()),
              DATA,
              "WAY",
              "Equal rows: keep spreads them over the parts, group leaves them in one. Default:"
                  + " group where chance hardly repeats rows.")
          .before(Duplicates.KEEP);

  public static final Setting<String> GROUP =
      new Setting<>(
              "group",
              "data.rulings.group",
              new Text(true),
              DATA,
              "COLUMN",
              "Keep rows with equal cells there in one part, such as those of one patient.")
          .before(null);

  public static final Setting<String> ORDER =
      new Setting<>(
              "order",
              "data.rulings.order",
              new Text(true),
              DATA,
              "COLUMN",
              "Numbers or dates: test on the latest rows, hold out the latest of the others.")
          .before(null);

  public static final Setting<String> WEIGHT =
      new Setting<>(
              "weight",
              "data.rulings.weight",
              new Text(true),
              DATA,
              "COLUMN",
              "How much each row counts, from 0: in loss, means, standard deviations and figures.")
          .before(null);

  public static final Setting<List<Fold>> FOLD =
      new Setting<>(
              "fold",
              "data.rulings.folds",
              new Several<>(new Folds(), ",", null, "a list of PART/PARTS"),
              DATA,
              "PART/PARTS",
              "Test on one of several parts; of a list, the last, and leave the others out.")
          .needs(run -> run.data().testFile() == null, "no test file beside it", TEST)
          .before(List.of());

  public static final Setting<Character> SEPARATOR =
      new Setting<>(
          "separator",
          "data.format.separator",
          character(),
          FORMAT,
          "CHARACTER",
          "Between cells; 'tab' for the tabulator, 'spaces' for any number of blanks. Default: a"
              + " comma.");

  public static final Setting<Character> QUOTE =
      new Setting<>(
          "quote",
          "data.format.quote",
          character(),
          FORMAT,
          "CHARACTER",
          "Around cells with separators or newlines. Default: double quotes.");

  public static final Setting<Character> DECIMAL =
      new Setting<>(
              "decimal",
              "data.format.decimal",
              new Mark(".,", false, "a point or a comma"),
              FORMAT,
              "MARK",
              "In numbers: a point or a comma. Default: a point.")
          .before('.');

  public static final Setting<Character> COMMENT =
      new Setting<>(
              "comment",
              "data.format.comment",
              new Comments(),
              FORMAT,
              "CHARACTER",
              "Lines that begin with it are passed over. Default: none.")
          .before(CsvFormat.NO_COMMENT);

  public static final Setting<String> ENCODING =
      new Setting<>(
              "encoding",
              "data.format.encoding",
              new Encodings(),
              FORMAT,
              "NAME",
              "Of the file's text, such as UTF-16 or windows-1252. Default: UTF-8.")
          .before("UTF-8");

  public static final Setting<Boolean> HEADER =
      new Setting<>(
          "header",
          "data.format.header",
          new Flag(false, null),
          FORMAT,
          null,
          "With --no-header the first row is data; columns are called c1, c2, ...");

  public static final Setting<List<String>> MISSING =
      new Setting<>(
          "missing",
          "data.format.missing",
          columns(),
          FORMAT,
          "TEXT",
          "What a missing cell looks like, besides nothing at all. Default: NA,?");

  public static final Setting<List<Integer>> HIDDEN =
      new Setting<>(
          "hidden",
          "network.hidden",
          hidden(),
          NETWORK,
          "UNITS",
          "Units of each hidden layer, as in 16 or 16/8; 'none' for logistic regression, by lbfgs"
              + " to its minimum unless an optimizer is given. Default: "
              + Defaults.HIDDEN
              + ".");

  public static final Setting<List<Activation>> ACTIVATION =
      new Setting<>(
              "activation",
              "network.activations",
              new Several<>(
                  Choice.of("an activation", Activation.values()), "/", null, "a list of names"),
              NETWORK,
              "NAME",
              "Of the hidden units, a layer at a time if need be: sigmoid, tanh, relu, leakyrelu,"
                  + " elu, softplus, identity. Default: "
                  + Defaults.ACTIVATION
                  + ".")
          .needs(run -> !run.network().hidden().isEmpty(), "a hidden layer", HIDDEN);

  public static final Setting<LayerInits> INIT =
      new Setting<>(
          "init",
          "network.weights",
          new Inits(),
          NETWORK,
          "INIT",
          "Where weights begin: NAME[:PARAMETER], a layer at a time if need be, as in"
              + " gaussian:0.01/zeros. Names: ${COMPLETION-CANDIDATES}; xavier is glorot, kaiming"
              + " is he; pytorch and those behind it are what other libraries do by default."
              + " Default: "
              + Defaults.INIT
              + ".");

  public static final Setting<LayerInits> BIAS_INIT =
      new Setting<>(
          "bias-init",
          "network.biases",
          new Inits(),
          NETWORK,
          "INIT",
          "Where biases begin; as --init, which leaves them alone but where it is another"
              + " library's. Of H units with N inputs, nguyen-widrow draws uniform in plus or minus"
              + " 0.7 H^(1/N). Default: "
              + Defaults.BIAS_INIT
              + ", or that library's own (then constant:0 for zeros).");

  public static final Setting<Double> L2 =
      new Setting<>(
          "l2",
          "network.l2",
          new Real(
              Real.fromZero().allowed(),
              Map.of(AUTO, NetworkSpec.AUTO_L2),
              Real.fromZero().expected()),
          NETWORK,
          "LAMBDA",
          "Penalty 1/2 LAMBDA |W|^2 on weights. Default: "
              + Defaults.L2_TIMES_ROWS
              + " / training rows; 0 where fewer than "
              + Defaults.FEWEST_ROWS
              + " differ.");

  public static final Setting<Precision> PRECISION =
      new Setting<>(
          "precision",
          "network.precision",
          Choice.of("a data type", Precision.values()),
          NETWORK,
          "TYPE",
          "float or double. Default: float.");

  public static final Setting<String> THRESHOLD =
      new Setting<>(
          "threshold",
          "threshold",
          new Thresholds(),
          NETWORK,
          "P",
          "Probability from which a row counts as positive; 'f1' for the best F1 on rows"
              + " aside. Default: "
              + Defaults.THRESHOLD
              + ".");

  public static final Setting<Boolean> CALIBRATE =
      new Setting<>(
              "calibrate",
              "calibrate",
              new Flag(true, null),
              NETWORK,
              null,
              "Make probabilities right by a line through log odds, fitted to rows aside: those of"
                  + " --calibration-fraction, else those of validation.")
          .before(false);

  public static final Setting<OptimizerSpec.Kind> OPTIMIZER =
      new Setting<>(
          "optimizer",
          "optimizer.kind",
          Choice.of("an optimizer", OptimizerSpec.Kind.values()),
          OPTIMIZATION,
          "NAME",
          "sgd, nesterov, adam, or over the full batch lbfgs, cg. Default: "
              + Defaults.OPTIMIZER
              + ".");

  public static final Setting<Double> LEARNING_RATE =
      new Setting<>(
              "learning-rate",
              "optimizer.learningRate",
              Real.rate(),
              OPTIMIZATION,
              "RATE",
              "Step size. Default: "
                  + Defaults.LEARNING_RATE
                  + " for adam, "
                  + Defaults.SLOPE_LEARNING_RATE
                  + " for sgd and nesterov.")
          .needs(
              Settings::hasRate,
              "an optimizer with a learning rate",
              OPTIMIZER,
              "sgd",
              "nesterov",
              "adam");

  public static final Setting<Double> MOMENTUM =
      new Setting<>(
              "momentum",
              "optimizer.momentum",
              Real.share(),
              OPTIMIZATION,
              "SHARE",
              "Of nesterov. Default: " + Defaults.MOMENTUM + ".")
          .needs(
              run -> run.optimizer().kind() == OptimizerSpec.Kind.NESTEROV,
              "--optimizer nesterov beside it",
              OPTIMIZER);

  public static final Setting<OptimizerSpec.Decay> DECAY =
      new Setting<>(
              "decay",
              "optimizer.decay",
              new Decays(),
              OPTIMIZATION,
              "FORMULA",
              "Of the learning rate: exponential:GAMMA, inverse:GAMMA[:POWER], step:GAMMA:EVERY, by"
                  + " iterations. Default: none.")
          .needs(
              Settings::hasRate,
              "an optimizer with a learning rate",
              OPTIMIZER,
              "sgd",
              "nesterov",
              "adam");

  public static final Setting<Long> BATCH =
      new Setting<>(
          "batch",
          "budget.batchSize",
          new Whole(
              1,
              Integer.MAX_VALUE,
              Map.of("full", (long) BudgetSpec.FULL_BATCH, AUTO, (long) BudgetSpec.AUTO),
              "'full' or a whole number of rows from 1"),
          BUDGET,
          "ROWS",
          "Rows a step; 'full' for all. Default: all up to "
              + Defaults.FULL_BATCH_ROWS
              + " training rows, else "
              + Defaults.BATCH_SIZE
              + ".");

  public static final Setting<Long> EPOCHS =
      new Setting<>(
          "epochs",
          "budget.epochs",
          openCount(),
          BUDGET,
          "N",
          "Passes over the training rows at the most. Default: "
              + Defaults.FULL_BATCH_EPOCHS
              + " with the full batch, else "
              + Defaults.EPOCHS
              + ".");

  public static final Setting<Boolean> CLASS_WEIGHT =
      new Setting<>(
          "class-weight",
          "budget.balancedClasses",
          new Flag(true, "balanced"),
          BUDGET,
          "balanced",
          "'balanced' weighs rows so that both classes count the same.");

  public static final Setting<Boolean> EARLY_STOPPING =
      new Setting<>(
          "early-stopping",
          "budget.earlyStopping",
          new Flag(false, null),
          BUDGET,
          null,
          "Train for all epochs.");

  public static final Setting<Long> PATIENCE =
      new Setting<>(
              "patience",
              "budget.patience",
              openCount(),
              BUDGET,
              "N",
              "Epochs to wait for a better validation loss. Default: "
                  + Defaults.FULL_BATCH_PATIENCE
                  + " with the full batch, else "
                  + Defaults.PATIENCE
                  + ".")
          .needs(run -> run.budget().earlyStopping(), "early stopping", EARLY_STOPPING);

  public static final Setting<Long> MEMBERS =
      new Setting<>(
              "members",
              "budget.members",
              Whole.fromOne(),
              BUDGET,
              "K",
              "Networks made one: each holds out another K-th of the rows that are not tested on,"
                  + " in place of --validation-fraction. Default: "
                  + Defaults.MEMBERS
                  + ".")
          .before((long) Defaults.MEMBERS);

  public static final Setting<Long> SEED =
      new Setting<>(
          "seed",
          "seed",
          Whole.seed(),
          MACHINE,
          "N",
          "Of everything that is left to chance. Default: " + Defaults.SEED + ".");

  public static final Setting<String> ENGINE =
      new Setting<>(
          "engine",
          "engine",
          Choice.of("an engine", "auto", "dl4j", "fused"),
          MACHINE,
          "NAME",
          "auto, dl4j, fused. Default: " + Defaults.ENGINE + ".");

  public static final Setting<Long> THREADS =
      new Setting<>(
          "threads",
          "threads",
          Whole.fromOne(),
          MACHINE,
          "N",
          "At the most. Default: one a processor.");

  /** In the order of run.json, on which the names of stored runs depend. */
  private static final List<Setting<?>> ALL =
      List.of(
          FILE,
          SEPARATOR,
          QUOTE,
          HEADER,
          MISSING,
          DECIMAL,
          COMMENT,
          ENCODING,
          LABEL,
          POSITIVE,
          NUMERIC,
          CATEGORICAL,
          IGNORE,
          TEST,
          TEST_FRACTION,
          VALIDATION_FRACTION,
          STANDARDIZE,
          DUPLICATES,
          GROUP,
          ORDER,
          WEIGHT,
          FOLD,
          CALIBRATION_FRACTION,
          SKIP_MISSING_LABELS,
          THOUSANDS,
          DATE_ORDER,
          HIDDEN,
          ACTIVATION,
          INIT,
          BIAS_INIT,
          L2,
          PRECISION,
          OPTIMIZER,
          LEARNING_RATE,
          MOMENTUM,
          DECAY,
          EPOCHS,
          BATCH,
          EARLY_STOPPING,
          PATIENCE,
          CLASS_WEIGHT,
          MEMBERS,
          THRESHOLD,
          CALIBRATE,
          SEED,
          ENGINE,
          THREADS);

  /** Who says one of these says how to step. */
  private static final List<Setting<?>> STEPPING =
      List.of(OPTIMIZER, LEARNING_RATE, MOMENTUM, DECAY, BATCH, PATIENCE);

  private static final List<String> GROUPS =
      List.of(DATA, FORMAT, NETWORK, OPTIMIZATION, BUDGET, MACHINE);

  private Settings() {}

  /** Every row, a setting after those that it depends on. */
  public static List<Setting<?>> all() {
    return ALL;
  }

  /** The lines above settings in help, in their order. */
  public static List<String> groups() {
    return GROUPS;
  }

  private static List<Setting<?>> ofGroups(String... groups) {
    return ALL.stream()
        .filter(row -> row != FILE && Arrays.asList(groups).contains(row.group()))
        .toList();
  }

  /** What is trained, and how its parameters move. */
  public static List<Setting<?>> training() {
    return ofGroups(NETWORK, OPTIMIZATION);
  }

  /** Which rows a run learns from, and how they are written. */
  public static List<Setting<?>> data() {
    return ofGroups(DATA, FORMAT);
  }

  /** How a CSV file is written. */
  public static List<Setting<?>> format() {
    return ofGroups(FORMAT);
  }

  /**
   * The run with other values, all of them at once. A learning rate that is not among them is the
   * usual one of an optimizer that is.
   */
  public static RunSpec with(RunSpec run, Map<? extends Setting<?>, ?> values) {
    Map<Component, Object> components = new LinkedHashMap<>();
    if (values.containsKey(OPTIMIZER)) {
      OptimizerSpec.Kind kind = (OptimizerSpec.Kind) values.get(OPTIMIZER);
      components.put(LEARNING_RATE.component(), Defaults.learningRate(kind));
    }
    values.forEach((setting, value) -> components.put(setting.component(), value));
    return Component.with(run, components);
  }

  /**
   * The run that somebody describes. Without hidden layers the loss is convex: where nothing is
   * said of how to step towards its minimum, it is taken by L-BFGS, in double, and no row is held
   * out for stopping.
   *
   * @param usual what holds where nothing is given
   * @param given all that is given
   */
  public static RunSpec described(RunSpec usual, Map<? extends Setting<?>, ?> given) {
    Map<Setting<?>, Object> all = new LinkedHashMap<>(given);
    boolean isConvex = List.of().equals(given.get(HIDDEN));
    if (isConvex && STEPPING.stream().noneMatch(given::containsKey)) {
      all.putIfAbsent(PRECISION, Precision.DOUBLE);
      all.putIfAbsent(OPTIMIZER, OptimizerSpec.Kind.LBFGS);
      all.putIfAbsent(EARLY_STOPPING, false);
      all.putIfAbsent(VALIDATION_FRACTION, 0.0);
    }
    return with(usual, all);
  }

  /** The run with a setting as it is where nobody says anything. */
  public static <T> RunSpec usual(Setting<T> setting, RunSpec run) {
    if (setting == LEARNING_RATE) {
      return LEARNING_RATE.with(run, Defaults.learningRate(run.optimizer().kind()));
    }
    return setting.with(run, setting.of(Defaults.run(run.data())));
  }

  /** The run on data that are written in another way. */
  public static RunSpec formatted(RunSpec run, CsvFormat format) {
    return Component.with(run, Map.of(new Component(RunSpec.class, "data.format"), format));
  }

  /**
   * What does not go together: two settings of one value, and settings that others leave without
   * effect.
   *
   * @param run what holds where nothing is given
   * @param given the settings that somebody asked for
   * @param place what to call a setting
   */
  public static List<Problem> contradictions(
      RunSpec run, Map<Setting<?>, ?> given, Function<Setting<?>, String> place) {
    List<Problem> problems = new ArrayList<>(clashes(run, given, place));
    Map<Setting<?>, Object> others = new LinkedHashMap<>(given);
    others.keySet().removeAll(List.of(SEPARATOR, QUOTE, COMMENT, HIDDEN, ACTIVATION));
    Map<Setting<?>, Object> all = new LinkedHashMap<>(others);
    if (given.containsKey(HIDDEN)) {
      all.put(HIDDEN, given.get(HIDDEN));
    }
    RunSpec whole = described(run, all);
    for (Setting<?> setting : others.keySet()) {
      boolean harmless = setting == DECAY && isUndecayed(whole);
      if (!harmless && setting.isIgnored(whole)) {
        problems.add(setting.ignored(place.apply(setting), whole));
      }
    }
    return problems;
  }

  /** Two settings that cannot both hold. */
  static List<Problem> clashes(
      RunSpec run, Map<Setting<?>, ?> given, Function<Setting<?>, String> place) {
    List<Problem> problems = new ArrayList<>();
    if (value(SEPARATOR, run, given).equals(value(QUOTE, run, given))) {
      problems.add(
          new Problem(
              place.apply(SEPARATOR) + " and " + place.apply(QUOTE),
              "two different characters",
              "'" + value(QUOTE, run, given) + "' for both"));
    }
    Character comment = value(COMMENT, run, given);
    if (comment.equals(value(SEPARATOR, run, given)) || comment.equals(value(QUOTE, run, given))) {
      problems.add(
          new Problem(
              place.apply(COMMENT),
              "another character than the separator and the quote",
              "'" + comment + "'"));
    }
    Character thousands = value(THOUSANDS, run, given);
    if (value(DECIMAL, run, given).equals(thousands)) {
      problems.add(
          new Problem(
              place.apply(THOUSANDS),
              "another mark than the decimal one",
              "'" + thousands + "' for both"));
    }
    if (value(OPTIMIZER, run, given).isLineSearch() && isMiniBatch(value(BATCH, run, given))) {
      problems.add(
          new Problem(
              place.apply(BATCH),
              "'full' with an optimizer that searches along lines",
              BATCH.kind().text(value(BATCH, run, given))));
    }
    if (value(ACTIVATION, run, given).isEmpty() && !value(HIDDEN, run, given).isEmpty()) {
      problems.add(new Problem(place.apply(ACTIVATION), "at least one", "none"));
    }
    return problems;
  }

  @SuppressWarnings("unchecked")
  private static <T> T value(Setting<T> setting, RunSpec run, Map<Setting<?>, ?> given) {
    return given.containsKey(setting) ? (T) given.get(setting) : setting.of(run);
  }

  private static boolean hasRate(RunSpec run) {
    return !run.optimizer().kind().isLineSearch();
  }

  private static boolean isUndecayed(RunSpec run) {
    return run.optimizer().decay().equals(OptimizerSpec.Decay.NONE);
  }

  private static boolean isMiniBatch(long size) {
    return size != BudgetSpec.FULL_BATCH && size != BudgetSpec.AUTO;
  }

  private static Mark character() {
    return new Mark("", false, "one ASCII character, or 'tab'");
  }

  private static Several<String> columns() {
    return new Several<>(new Text(false), ",", null, "a list of texts");
  }

  private static Several<Integer> hidden() {
    String expected =
        "units a hidden layer, each from 1, separated by '/', such as 16 or 16/8, or 'none'";
    return new Several<>(new Units(expected), "/", "none", expected);
  }

  private static Whole openCount() {
    return new Whole(
        1, Integer.MAX_VALUE, Map.of(AUTO, (long) BudgetSpec.AUTO), Whole.fromOne().expected());
  }
}
