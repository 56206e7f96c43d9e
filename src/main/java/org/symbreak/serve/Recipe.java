package org.symbreak.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.symbreak.data.DataSpec;
import org.symbreak.data.GeneratedData;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;

/**
 * A run as the page's address has it: {@code
 * data=moons:200&mix=60&hidden=2&act=sigmoid&init=zeros&opt=sgd:0.5&seed=7}. Every value is
 * checked, with its range named.
 *
 * @param values by key; what is not said has its default
 */
record Recipe(Map<String, String> values) {
  static final int MOST_ROWS = 2000;
  static final int MOST_LAYERS = 8;
  static final int MOST_UNITS = 256;
  static final int MOST_ITERATIONS = 200_000;
  private static final double MOST_WORK = 4e7;

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("data", "moons:200"),
          Map.entry("noise", "0.1"),
          Map.entry("mix", "60"),
          Map.entry("hidden", "2"),
          Map.entry("act", "sigmoid"),
          Map.entry("init", "zeros"),
          Map.entry("bias", "zeros"),
          Map.entry("opt", "sgd:0.5"),
          Map.entry("l2", "0"),
          Map.entry("seed", "7"),
          Map.entry("engine", "auto"));

  Recipe {
    values = Map.copyOf(values);
  }

  /**
   * @throws InputException with every value that is out of its range
   */
  static Recipe of(Map<String, String> given) {
    Map<String, String> values = new TreeMap<>(DEFAULTS);
    DEFAULTS.keySet().forEach(key -> values.put(key, given.getOrDefault(key, DEFAULTS.get(key))));
    Recipe recipe = new Recipe(values);
    List<Problem> problems = new ArrayList<>();
    List<Supplier<?>> checks =
        List.of(
            recipe::rows,
            recipe::noise,
            recipe::share,
            recipe::hidden,
            recipe::network,
            recipe::optimizer,
            recipe::seed,
            recipe::engine);
    checks.forEach(
        check -> {
          try {
            check.get();
          } catch (InputException e) {
            e.problems().stream()
                .filter(problem -> !problems.contains(problem))
                .forEach(problems::add);
          }
        });
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return recipe;
  }

  /**
   * Whether the rows are drawn by the program; else {@link #upload()} names a file that was
   * dropped.
   */
  boolean isGenerated() {
    return !values.get("data").startsWith("upload:");
  }

  String upload() {
    return values.get("data").substring("upload:".length());
  }

  /** What identifies the drawn rows, as the name of a file. */
  String dataName() {
    return String.format(
        Locale.ROOT,
        "%s-%d-noise%s-mix%s-seed%d.csv",
        kind().name().toLowerCase(Locale.ROOT),
        rows(),
        noise(),
        100 * share(),
        seed());
  }

  GeneratedData.Points generate() {
    return kind()
        .generate(
            new GeneratedData.Recipe(
                rows(), noise(), Math.floorMod(seed(), 1L << 32), share(), 0.5));
  }

  /**
   * The run on a file.
   *
   * @param file the drawn rows or the dropped file
   * @param label its label, or null to look for one
   * @param iterations how many steps, from 1
   */
  RunSpec spec(String file, String label, String positive, int iterations) {
    boolean drawn = isGenerated();
    DataSpec data =
        DataSpec.of(file, label, positive).withFractions(0.2, 0.2).withStandardize(!drawn);
    return new RunSpec(
        data,
        network(),
        optimizer(),
        new BudgetSpec(iterations, BudgetSpec.FULL_BATCH, false, 1, false),
        "0.5",
        seed(),
        engine(),
        1);
  }

  /** Refuses a network whose step on so many rows would be no play. */
  void requirePlayable(int rows, int inputs) {
    double work = (double) rows * network().shape(inputs).parameters();
    if (work > MOST_WORK) {
      throw InputException.of(
          "hidden", "rows × parameters up to " + (long) MOST_WORK, String.valueOf((long) work));
    }
  }

  private GeneratedData kind() {
    return GeneratedData.parse(values.get("data").split(":", -1)[0]);
  }

  private int rows() {
    if (!isGenerated()) {
      return 0;
    }
    kind();
    String[] parts = values.get("data").split(":", 2);
    return parts.length < 2 ? 200 : (int) whole("data", parts[1], 20, MOST_ROWS);
  }

  private double noise() {
    return within("noise", values.get("noise"), 0, 2);
  }

  private double share() {
    return within("mix", values.get("mix"), 5, 95) / 100;
  }

  private List<Integer> hidden() {
    String text = values.get("hidden");
    if (text.equals("none")) {
      return List.of();
    }
    String[] layers = text.split("/", -1);
    if (layers.length > MOST_LAYERS) {
      throw InputException.of(
          "hidden", "up to " + MOST_LAYERS + " hidden layers", layers.length + "");
    }
    List<Integer> hidden = new ArrayList<>();
    for (String layer : layers) {
      hidden.add((int) whole("hidden", layer, 1, MOST_UNITS));
    }
    return hidden;
  }

  private NetworkSpec network() {
    return new NetworkSpec(
        hidden(),
        Settings.ACTIVATION.kind().read("act", values.get("act")),
        Settings.INIT.kind().read("init", values.get("init")),
        Settings.BIAS_INIT.kind().read("bias", values.get("bias")),
        within("l2", values.get("l2"), 0, 10),
        Precision.FLOAT);
  }

  private OptimizerSpec optimizer() {
    String[] parts = values.get("opt").split(":", 2);
    OptimizerSpec.Kind kind =
        List.of(OptimizerSpec.Kind.SGD, OptimizerSpec.Kind.NESTEROV, OptimizerSpec.Kind.ADAM)
            .stream()
            .filter(k -> k.toString().equals(parts[0]))
            .findFirst()
            .orElseThrow(
                () ->
                    InputException.of(
                        "opt",
                        "an optimizer and its learning rate, such as sgd:0.5",
                        "'" + values.get("opt") + "'",
                        "sgd",
                        "nesterov",
                        "adam"));
    double rate = within("opt", parts.length > 1 ? parts[1] : "0.1", 1e-6, 100);
    return new OptimizerSpec(
        kind, rate, kind == OptimizerSpec.Kind.NESTEROV ? 0.9 : 0, OptimizerSpec.Decay.NONE);
  }

  private long seed() {
    return whole("seed", values.get("seed"), 0, 1L << 31);
  }

  private String engine() {
    return Settings.ENGINE.kind().read("engine", values.get("engine"));
  }

  private static long whole(String key, String text, long low, long high) {
    try {
      long value = Long.parseLong(text);
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw InputException.of(key, "a whole number from " + low + " to " + high, "'" + text + "'");
  }

  private static double within(String key, String text, double low, double high) {
    try {
      double value = Double.parseDouble(text);
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw InputException.of(
        key, "a number from %s to %s".formatted(plain(low), plain(high)), "'" + text + "'");
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
