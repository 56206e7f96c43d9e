package org.symbreak.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.symbreak.data.DataSpec;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;
import org.symbreak.random.Streams;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;

/**
 * Which runs a sweep consists of: every combination of what varies, or some of them drawn at
 * random; each on every data set with every seed. A scale goes with those initializations that one
 * number scales and were given none; the others ignore it. Combinations that come to the same run
 * count once.
 */
public final class SweepSpec {
  /** Keys with one value, beside the axes. */
  private enum Single {
    LABEL,
    POSITIVE,
    ENGINE,
    SAMPLE,
    SAMPLE_SEED,
    TARGET_LOSS;

    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final long MOST_RUNS = 1_000_000;
  private static final int DRAWS_A_SETTING = 100;
  private static final Map<Axis, String> USUAL =
      Map.ofEntries(
          Map.entry(Axis.INIT, Defaults.INIT),
          Map.entry(Axis.BIAS_INIT, Defaults.BIAS_INIT),
          Map.entry(Axis.DEPTH, "1"),
          Map.entry(Axis.WIDTH, Defaults.HIDDEN),
          Map.entry(Axis.ACTIVATION, Defaults.ACTIVATION),
          Map.entry(Axis.OPTIMIZER, Defaults.OPTIMIZER.toString()),
          Map.entry(Axis.MOMENTUM, Double.toString(Defaults.MOMENTUM)),
          Map.entry(Axis.L2, "auto"),
          Map.entry(Axis.EPOCHS, "200"),
          Map.entry(Axis.BATCH, "auto"),
          Map.entry(Axis.PRECISION, Defaults.PRECISION.name().toLowerCase(Locale.ROOT)),
          Map.entry(Axis.SEEDS, "1"));

  private final DataSpec template;
  private final Map<Axis, AxisValues> axes = new EnumMap<>(Axis.class);
  private final Map<Axis, String> places = new EnumMap<>(Axis.class);
  private final Map<Single, String> singles = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private SweepSpec(DataSpec template) {
    this.template = template;
  }

  /**
   * @param entries what was asked, in any order; a key that comes again replaces the earlier one,
   *     as options do with a file's
   * @param template how every data set is to be read, but for its file
   * @throws InputException with everything that is wrong
   */
  public static SweepSpec of(List<SweepEntry> entries, DataSpec template) {
    SweepSpec spec = new SweepSpec(template);
    entries.forEach(spec::add);
    spec.check();
    if (!spec.problems.isEmpty()) {
      throw new InputException(spec.problems);
    }
    return spec;
  }

  /** Keys that a spec may have. */
  public static List<String> keys() {
    return Stream.concat(
            Stream.of(Axis.values()).map(Axis::key), Stream.of(Single.values()).map(Single::key))
        .toList();
  }

  /** The validation loss whose first reaching is noted; NaN where each data set's own is wanted. */
  public double targetLoss() {
    return singles.containsKey(Single.TARGET_LOSS)
        ? Double.parseDouble(singles.get(Single.TARGET_LOSS))
        : Double.NaN;
  }

  /**
   * The runs: a data set after the other, a seed after the other, so that whatever is done at any
   * moment has seen the same seeds.
   */
  public List<RunSpec> runs() {
    List<RunSpec> runs = new ArrayList<>();
    Set<Setting> settings = settings();
    for (String file : axes.get(Axis.DATA).choices()) {
      DataSpec data = data(file);
      for (String seed : values(Axis.SEEDS).choices()) {
        for (Setting setting : settings) {
          runs.add(
              new RunSpec(
                  data,
                  setting.network,
                  setting.optimizer,
                  setting.budget,
                  Defaults.THRESHOLD,
                  Long.parseLong(seed),
                  singles.getOrDefault(Single.ENGINE, Defaults.ENGINE),
                  1));
        }
      }
    }
    return runs;
  }

  private void add(SweepEntry entry) {
    Axis.of(entry.key())
        .ifPresentOrElse(
            axis -> {
              axis.read(entry, problems).ifPresent(values -> axes.put(axis, values));
              places.put(axis, entry.place());
            },
            () ->
                Stream.of(Single.values())
                    .filter(single -> single.key().equals(entry.key()))
                    .findFirst()
                    .ifPresentOrElse(
                        single -> add(single, entry),
                        () ->
                            problems.add(
                                new Problem(
                                    entry.place(),
                                    "a known key",
                                    "'" + entry.key() + "'",
                                    Nearest.names(entry.key(), keys(), 5)))));
  }

  private void add(Single single, SweepEntry entry) {
    String value = entry.values().isEmpty() ? "" : entry.values().get(0);
    String expected =
        switch (single) {
          case LABEL, POSITIVE -> value.isEmpty() ? "a name" : "";
          case ENGINE ->
              List.of("auto", "fused", "dl4j").contains(value) ? "" : "auto, fused or dl4j";
          case SAMPLE ->
              value.matches("[1-9]\\d{0,5}") ? "" : "how many settings to draw, from 1 to 999999";
          case SAMPLE_SEED -> value.matches("-?\\d{1,18}") ? "" : "a whole number";
          case TARGET_LOSS ->
              value.matches("(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?") ? "" : "a number from 0";
        };
    if (entry.values().size() != 1) {
      problems.add(new Problem(entry.place(), "one value", entry.values().size() + " values"));
    } else if (!expected.isEmpty()) {
      problems.add(new Problem(entry.place(), expected, "'" + value + "'"));
    } else {
      singles.put(single, value);
    }
  }

  private void check() {
    if (!places.containsKey(Axis.DATA)) {
      problems.add(new Problem("data", "a CSV file, or several", "none"));
    } else if (axes.containsKey(Axis.DATA)) {
      for (String file : axes.get(Axis.DATA).choices()) {
        if (!Files.isRegularFile(Path.of(file))) {
          problems.add(
              new Problem(
                  places.get(Axis.DATA), "a CSV file", "'" + file + "', which is not there"));
        }
      }
    }
    checkInitializations();
    if (places.containsKey(Axis.HIDDEN)
        && (places.containsKey(Axis.DEPTH) || places.containsKey(Axis.WIDTH))) {
      problems.add(
          new Problem(places.get(Axis.HIDDEN), "either hidden, or depth and width", "both"));
    }
    axes.forEach(
        (axis, values) -> {
          if (values.isRange() && !singles.containsKey(Single.SAMPLE)) {
            problems.add(
                new Problem(
                    places.get(axis),
                    "LOW..HIGH:POINTS, or 'sample' (--sample) beside a range to draw from",
                    values.low() + ".." + values.high()));
          }
        });
    boolean lineSearch =
        values(Axis.OPTIMIZER).choices().stream().anyMatch(name -> kind(name).isLineSearch());
    if (lineSearch
        && values(Axis.BATCH).choices().stream().anyMatch(batch -> batch.matches("\\d+"))) {
      problems.add(
          new Problem(
              places.get(Axis.BATCH),
              "full or auto, since lbfgs and cg take all rows at each step",
              String.join(", ", values(Axis.BATCH).choices())));
    }
    double runs =
        axes.containsKey(Axis.DATA)
            ? (double) axes.get(Axis.DATA).choices().size()
                * values(Axis.SEEDS).choices().size()
                * settingsAtMost()
            : 0;
    if (runs > MOST_RUNS && runs < Double.POSITIVE_INFINITY) {
      problems.add(
          new Problem(
              "the sweep",
              "at most " + MOST_RUNS + " runs",
              String.format(Locale.ROOT, "%.0f; 'sample' draws some of the settings", runs)));
    }
  }

  private void checkInitializations() {
    boolean scaled = places.containsKey(Axis.SCALE);
    boolean used = false;
    for (String text : values(Axis.INIT).choices()) {
      used |= ScaledInit.isOpen(text);
      checkInitialization(Axis.INIT, scaled && ScaledInit.isOpen(text) ? text + ":1" : text);
    }
    values(Axis.BIAS_INIT).choices().forEach(text -> checkInitialization(Axis.BIAS_INIT, text));
    if (scaled && !used) {
      problems.add(
          new Problem(
              places.get(Axis.SCALE),
              "beside it an initialization to scale, without a number of its own",
              String.join(", ", values(Axis.INIT).choices()),
              ScaledInit.NAMES));
    }
  }

  private void checkInitialization(Axis axis, String text) {
    try {
      Initializations.parseLayers(places.getOrDefault(axis, axis.key()), text);
    } catch (InputException e) {
      problems.addAll(e.problems());
    }
  }

  private AxisValues values(Axis axis) {
    return axes.getOrDefault(axis, AxisValues.of(List.of(USUAL.getOrDefault(axis, ""))));
  }

  /** Axes whose values make up a setting. */
  private static List<Axis> settingAxes() {
    return Stream.of(Axis.values())
        .filter(axis -> axis != Axis.DATA && axis != Axis.SEEDS)
        .toList();
  }

  private double gridSize() {
    return settingAxes().stream()
        .mapToDouble(
            axis ->
                values(axis).isRange() ? Double.POSITIVE_INFINITY : values(axis).choices().size())
        .reduce(1, (a, b) -> a * b);
  }

  private double settingsAtMost() {
    return singles.containsKey(Single.SAMPLE)
        ? Math.min(gridSize(), Double.parseDouble(singles.get(Single.SAMPLE)))
        : gridSize();
  }

  private Set<Setting> settings() {
    if (settingsAtMost() == gridSize()) {
      return grid();
    }
    int wanted = (int) settingsAtMost();
    RandomGenerator random =
        Streams.of(Long.parseLong(singles.getOrDefault(Single.SAMPLE_SEED, "1")));
    Set<Setting> drawn = new LinkedHashSet<>();
    for (long draws = 0;
        drawn.size() < wanted && draws < (long) DRAWS_A_SETTING * wanted;
        draws++) {
      Map<Axis, String> chosen = new EnumMap<>(Axis.class);
      settingAxes().forEach(axis -> chosen.put(axis, values(axis).draw(random)));
      drawn.add(setting(chosen));
    }
    return drawn;
  }

  private Set<Setting> grid() {
    Set<Setting> all = new LinkedHashSet<>();
    List<Axis> varying = settingAxes();
    int[] index = new int[varying.size()];
    int wheel;
    do {
      Map<Axis, String> chosen = new EnumMap<>(Axis.class);
      for (int i = 0; i < index.length; i++) {
        chosen.put(varying.get(i), values(varying.get(i)).choices().get(index[i]));
      }
      all.add(setting(chosen));
      // an odometer: the last axis turns fastest
      wheel = index.length - 1;
      while (wheel >= 0 && ++index[wheel] == values(varying.get(wheel)).choices().size()) {
        index[wheel--] = 0;
      }
    } while (wheel >= 0);
    return all;
  }

  private static Setting setting(Map<Axis, String> chosen) {
    String init = chosen.get(Axis.INIT);
    String scale = chosen.get(Axis.SCALE);
    OptimizerSpec.Kind kind = kind(chosen.get(Axis.OPTIMIZER));
    String rate = chosen.get(Axis.LEARNING_RATE);
    NetworkSpec network =
        new NetworkSpec(
            hidden(chosen),
            List.of(Activation.parse(chosen.get(Axis.ACTIVATION))),
            Initializations.parseLayers(
                ScaledInit.isOpen(init) && !scale.isEmpty() ? init + ":" + scale : init),
            Initializations.parseLayers(chosen.get(Axis.BIAS_INIT)),
            l2(chosen.get(Axis.L2)),
            Precision.valueOf(chosen.get(Axis.PRECISION).toUpperCase(Locale.ROOT)));
    // what a method ignores is the same run whatever it says
    OptimizerSpec optimizer =
        new OptimizerSpec(
            kind,
            kind.isLineSearch() || rate.isEmpty()
                ? Defaults.learningRate(kind)
                : Double.parseDouble(rate),
            kind == OptimizerSpec.Kind.NESTEROV
                ? Double.parseDouble(chosen.get(Axis.MOMENTUM))
                : Defaults.MOMENTUM,
            OptimizerSpec.Decay.NONE);
    int epochs = Integer.parseInt(chosen.get(Axis.EPOCHS));
    return new Setting(
        network,
        optimizer,
        new BudgetSpec(epochs, batch(chosen.get(Axis.BATCH)), false, BudgetSpec.AUTO, false));
  }

  private static OptimizerSpec.Kind kind(String name) {
    return OptimizerSpec.Kind.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static double l2(String text) {
    return text.equals("auto") ? Defaults.L2 : Double.parseDouble(text);
  }

  private static int batch(String text) {
    return switch (text) {
      case "auto" -> BudgetSpec.AUTO;
      case "full" -> BudgetSpec.FULL_BATCH;
      default -> Integer.parseInt(text);
    };
  }

  private static List<Integer> hidden(Map<Axis, String> chosen) {
    String hidden = chosen.get(Axis.HIDDEN);
    if (hidden.isEmpty()) {
      return Collections.nCopies(
          Integer.parseInt(chosen.get(Axis.DEPTH)), Integer.parseInt(chosen.get(Axis.WIDTH)));
    }
    return hidden.equals("none")
        ? List.of()
        : Stream.of(hidden.split("/")).map(Integer::valueOf).toList();
  }

  private DataSpec data(String file) {
    return template
        .in(file, template.testFile())
        .foretelling(
            singles.getOrDefault(Single.LABEL, template.label()),
            singles.getOrDefault(Single.POSITIVE, template.positive()));
  }

  /** What a run is but for data and seed. */
  private record Setting(NetworkSpec network, OptimizerSpec optimizer, BudgetSpec budget) {}
}
