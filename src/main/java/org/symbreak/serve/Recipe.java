package org.symbreak.serve;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.symbreak.data.DataSpec;
import org.symbreak.data.GeneratedData;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Choice;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.Kind;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.Real;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Settings;
import org.symbreak.setting.Several;
import org.symbreak.setting.Whole;
import org.symbreak.symmetry.LayerProbe;

/**
 * A run as the page's address has it: {@code
 * data=moons:200&mix=60&hidden=2&act=sigmoid&init=zeros&opt=sgd:0.5&seed=7}. What is trained is
 * called as in the table of settings ({@code activation=relu&learning-rate=0.1}), of which the page
 * is sent {@link #page}; {@code act}, {@code bias} and {@code opt} are short for some. Every value
 * is checked, with its range named.
 *
 * @param data which rows, as in {@code moons:200} or {@code upload:NAME}
 * @param noise of rows that are drawn, in [0, 2]
 * @param mix per cent of the rows that are of the first class, in [5, 95]
 * @param run with these settings, on no data yet
 */
record Recipe(String data, double noise, double mix, RunSpec run) {
  static final int MOST_ROWS = 2000;
  static final int MOST_LAYERS = 8;
  static final int MOST_UNITS = 256;
  static final int MOST_ITERATIONS = 200_000;
  private static final int PICTURE_ROWS = 48;
  private static final double MOST_WORK = 4e7;
  private static final String UPLOAD = "upload:";

  private static final Map<String, String> USUAL =
      Map.of("data", "moons:200", "noise", "0.1", "mix", "60");

  /** What stands beside a run where a page says nothing. */
  private static final String USUAL_OTHER = "init:gaussian:0.5";

  private static final Range NOISE = new Range(0, 2);
  private static final Range MIX = new Range(5, 95);

  /** Where a page begins that nobody has told anything. */
  private static final RunSpec USUAL_RUN = usualRun();

  /** What a page is for: to see how a network is trained, and from where. */
  private static final List<Setting<?>> PLAYED =
      Stream.concat(
              Settings.training().stream(),
              Stream.<Setting<?>>of(
                  Settings.TEST_FRACTION, Settings.BATCH, Settings.SEED, Settings.ENGINE))
          .toList();

  private static final Map<Setting<?>, String> SHORT =
      Map.of(Settings.ACTIVATION, "act", Settings.BIAS_INIT, "bias");

  private static final Choice<String> OPTIMIZERS =
      Choice.of("an optimizer that takes single steps", "sgd", "nesterov", "adam");

  /** Numbers of which the page allows fewer than a setting does. */
  private static final Map<Setting<?>, Range> RANGES =
      Map.of(
          Settings.LEARNING_RATE,
          new Range(1e-6, 100),
          Settings.L2,
          new Range(0, 10),
          Settings.TEST_FRACTION,
          new Range(0, 0.8),
          Settings.BATCH,
          new Range(1, MOST_ROWS),
          Settings.SEED,
          new Range(0, 1L << 31));

  /** Where the page allows less than a setting does. */
  private static final Map<Setting<?>, Kind<?>> LIMITS =
      Map.of(
          Settings.HIDDEN,
          new Several<>(whole(1, MOST_UNITS), "/", "none", "units a hidden layer"),
          Settings.OPTIMIZER,
          OPTIMIZERS,
          Settings.LEARNING_RATE,
          RANGES.get(Settings.LEARNING_RATE).number(),
          Settings.L2,
          RANGES.get(Settings.L2).number(),
          Settings.TEST_FRACTION,
          RANGES.get(Settings.TEST_FRACTION).number(),
          Settings.BATCH,
          RANGES
              .get(Settings.BATCH)
              .whole(Map.of("full", (long) BudgetSpec.FULL_BATCH), "'full' or "),
          Settings.SEED,
          RANGES.get(Settings.SEED).whole(Map.of(), ""));

  /**
   * Numbers that a page offers between two ends.
   *
   * @param low smallest
   * @param high largest
   */
  private record Range(double low, double high) {
    Real number() {
      return Real.of(
          value -> value >= low && value <= high,
          "a number from " + plain(low) + " to " + plain(high));
    }

    Whole whole(Map<String, Long> names, String words) {
      return new Whole(
          (long) low,
          (long) high,
          names,
          words + "a whole number from " + plain(low) + " to " + plain(high));
    }

    Map<String, Object> json() {
      return Map.of("low", low, "high", high);
    }
  }

  Recipe {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(run, "run");
  }

  private static RunSpec usualRun() {
    RunSpec run = Defaults.run(DataSpec.of("", null, null));
    run = read(run, Settings.HIDDEN, "2");
    run = read(run, Settings.ACTIVATION, "sigmoid");
    run = read(run, Settings.INIT, "zeros");
    run = read(run, Settings.OPTIMIZER, "sgd");
    run = read(run, Settings.LEARNING_RATE, "0.5");
    run = read(run, Settings.L2, "0");
    run = read(run, Settings.BATCH, "full");
    return read(run, Settings.SEED, "7");
  }

  private static <T> RunSpec read(RunSpec run, Setting<T> setting, String text) {
    return run.with(setting, setting.kind().read(setting.name(), text));
  }

  /**
   * @throws InputException with every value that is out of its range
   */
  static Recipe of(Map<String, String> given) {
    Map<String, String> words = new TreeMap<>(USUAL);
    words.putAll(given);
    List<Problem> problems = new ArrayList<>();
    String data = words.get("data");
    if (!data.startsWith(UPLOAD)) {
      check(problems, () -> rows(data));
    }
    Double noise = check(problems, () -> number(words, "noise", NOISE));
    Double mix = check(problems, () -> number(words, "mix", MIX));
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    if (words.containsKey("opt")) {
      String[] parts = words.get("opt").split(":", 2);
      check(problems, () -> values.put(Settings.OPTIMIZER, optimizer(parts[0], words.get("opt"))));
      check(
          problems,
          () ->
              values.put(
                  Settings.LEARNING_RATE,
                  value(Settings.LEARNING_RATE, "opt", parts.length > 1 ? parts[1] : "0.1")));
    }
    for (Setting<?> setting : PLAYED) {
      Stream.of(SHORT.getOrDefault(setting, setting.name()), setting.name())
          .distinct()
          .filter(words::containsKey)
          .forEach(
              key ->
                  check(problems, () -> values.put(setting, value(setting, key, words.get(key)))));
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return new Recipe(data, noise, mix, Settings.with(USUAL_RUN, values));
  }

  /** As Java reads numbers: what cannot be seen around it is no fault. */
  private static Double number(Map<String, String> words, String key, Range range) {
    return range.number().read(key, words.get(key).trim());
  }

  private interface Check<T> {
    T get();
  }

  /** Null where it is refused, which is noted. */
  private static <T> T check(List<Problem> problems, Check<T> reading) {
    try {
      return reading.get();
    } catch (InputException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  private static Object value(Setting<?> setting, String key, String text) {
    if (LIMITS.containsKey(setting)) {
      Object limited = LIMITS.get(setting).read(key, text);
      if (limited instanceof List<?> layers && layers.size() > MOST_LAYERS) {
        throw InputException.of(key, "up to " + MOST_LAYERS + " hidden layers", layers.size() + "");
      }
    }
    return setting.kind().read(key, text);
  }

  private static OptimizerSpec.Kind optimizer(String word, String text) {
    if (!OPTIMIZERS.words().contains(word)) {
      throw InputException.of(
          "opt",
          "an optimizer and its learning rate, such as sgd:0.5",
          "'" + text + "'",
          OPTIMIZERS.words().toArray(String[]::new));
    }
    return Settings.OPTIMIZER.kind().read("opt", word);
  }

  /**
   * What a page is made of, its form and its address: the data, the settings, what stands beside
   * the run; and what it allows at the most.
   */
  static Map<String, Object> page() {
    List<Map<String, Object>> rows = new ArrayList<>();
    rows.add(
        row("data", "Data", "Which rows: drawn, and how many; or a file that was dropped.", null));
    rows.add(row("noise", "Data", "Standard deviation of what is added to drawn rows.", NOISE));
    rows.add(row("mix", "Data", "Per cent of drawn rows that are of the first class.", MIX));
    rows.addAll(table());
    rows.add(row("cmp", "Beside", "What differs in the other run, as in init:gaussian:0.5.", null));
    return Map.of(
        "rows",
        rows,
        "sets",
        Stream.of(GeneratedData.values()).map(Recipe::picture).toList(),
        "tolerance",
        LayerProbe.TOLERANCE,
        "mostRows",
        MOST_ROWS,
        "mostIterations",
        MOST_ITERATIONS,
        "mostBytes",
        Reception.MOST_BYTES);
  }

  /** A set's name, and a few of its rows in a square of 32 by 32, each with its class. */
  private static Map<String, Object> picture(GeneratedData set) {
    GeneratedData.Points points =
        set.generate(new GeneratedData.Recipe(PICTURE_ROWS, 0.02, 1, 0.5, 0.5));
    double[] low = {Double.MAX_VALUE, Double.MAX_VALUE};
    double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE};
    for (double[] point : points.x()) {
      for (int axis = 0; axis < 2; axis++) {
        low[axis] = Math.min(low[axis], point[axis]);
        high[axis] = Math.max(high[axis], point[axis]);
      }
    }
    List<long[]> places = new ArrayList<>();
    for (int i = 0; i < points.y().length; i++) {
      double[] point = points.x()[i];
      places.add(
          new long[] {
            Math.round(32 * (point[0] - low[0]) / (high[0] - low[0])),
            Math.round(32 * (high[1] - point[1]) / (high[1] - low[1])),
            points.y()[i]
          });
    }
    return Map.of("name", set.name().toLowerCase(Locale.ROOT), "points", places);
  }

  private static Map<String, Object> row(
      String name, String group, String description, Range range) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("short", name);
    row.put("group", group);
    row.put("description", description);
    row.put("words", List.of());
    row.put("range", range == null ? null : range.json());
    row.put("usual", USUAL.getOrDefault(name, USUAL_OTHER));
    return row;
  }

  /**
   * The settings of a page: name, group, what it is and may be, words where there is a list of
   * them, ends where it is a number between two, and where it begins.
   */
  static List<Map<String, Object>> table() {
    return PLAYED.stream().map(Recipe::row).toList();
  }

  private static Map<String, Object> row(Setting<?> setting) {
    Kind<?> kind = LIMITS.getOrDefault(setting, setting.kind());
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", setting.name());
    row.put("short", SHORT.getOrDefault(setting, setting.name()));
    row.put("group", setting.group());
    row.put(
        "description",
        setting.description().replace("${COMPLETION-CANDIDATES}", String.join(", ", kind.words())));
    row.put("expected", kind.expected());
    row.put("words", kind.words());
    row.put("range", RANGES.containsKey(setting) ? RANGES.get(setting).json() : null);
    row.put("usual", setting.text(USUAL_RUN));
    return row;
  }

  /** All that it says, by key, each setting by its name. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("data", data);
    values.put("noise", plain(noise));
    values.put("mix", plain(mix));
    PLAYED.forEach(setting -> values.put(setting.name(), setting.text(run)));
    return values;
  }

  /**
   * Whether the rows are drawn by the program; else {@link #upload()} names a file that was
   * dropped.
   */
  boolean isGenerated() {
    return !data.startsWith(UPLOAD);
  }

  String upload() {
    return data.substring(UPLOAD.length());
  }

  /** What identifies the drawn rows, as the name of a file. */
  String dataName() {
    return String.format(
        Locale.ROOT,
        "%s-%d-noise%s-mix%s-seed%d.csv",
        kind(data).name().toLowerCase(Locale.ROOT),
        rows(data),
        noise,
        mix,
        run.seed());
  }

  GeneratedData.Points generate() {
    return kind(data)
        .generate(
            new GeneratedData.Recipe(
                rows(data), noise, Math.floorMod(run.seed(), 1L << 32), mix / 100, 0.5));
  }

  /**
   * The run on a file. No row is held out to stop by, as a page stops by hand.
   *
   * @param data the drawn rows or the dropped file
   * @param iterations how many steps, from 1
   */
  RunSpec spec(DataSpec data, int iterations) {
    return run.withData(
            data.withFractions(run.data().testFraction(), 0).withStandardize(!isGenerated()))
        .withBudget(new BudgetSpec(iterations, run.budget().batchSize(), false, 1, false));
  }

  /** Refuses a network whose step on so many rows would be no play. */
  void requirePlayable(int rows, int inputs) {
    double work = (double) rows * run.network().shape(inputs).parameters();
    if (work > MOST_WORK) {
      throw InputException.of(
          "hidden", "rows × parameters up to " + (long) MOST_WORK, String.valueOf((long) work));
    }
  }

  private static GeneratedData kind(String data) {
    return GeneratedData.parse(data.split(":", -1)[0]);
  }

  private static int rows(String data) {
    kind(data);
    String[] parts = data.split(":", 2);
    return parts.length < 2 ? 200 : whole(20, MOST_ROWS).read("data", parts[1]).intValue();
  }

  private static Whole whole(long low, long high) {
    return Whole.of(low, high, "a whole number from " + low + " to " + high);
  }

  private static String plain(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
