package org.symbreak.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.symbreak.data.DataSpec;
import org.symbreak.init.Initializations;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;
import org.symbreak.random.Streams;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.Kind;
import org.symbreak.setting.Real;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Settings;
import org.symbreak.setting.Text;
import org.symbreak.setting.Whole;

/**
 * Which runs a sweep consists of: every combination of what varies, or some of them drawn at
 * random; each on every data set with every seed. A scale goes with those initializations that one
 * number scales and were given none; the others ignore it. Combinations that come to the same run
 * count once.
 */
public final class SweepSpec {
  private static final long MOST_RUNS = 1_000_000;
  private static final int DRAWS_A_SETTING = 100;

  private static final Axis DATA = Axis.of(Settings.FILE);
  private static final Axis INIT = new Axis("init", new Text(false), "INIT", "Initializations.");
  private static final Axis SCALE =
      new Axis(
          "scale",
          Real.of(x -> x > 0 && x <= 1e12, "a positive number up to 1e12"),
          "S",
          "Scales of those of constant, gaussian, uniform and orthogonal that have none of their"
              + " own.");
  private static final Axis HIDDEN = Axis.of(Settings.HIDDEN);
  private static final Axis DEPTH =
      new Axis(
          "depth",
          Whole.of(0, 1000, "a whole number from 0 to 1000"),
          "N",
          "Numbers of hidden layers, in place of --hidden. Default: 1.");
  private static final Axis WIDTH =
      new Axis(
          "width",
          Whole.of(1, 100_000, "a whole number from 1 to 100000"),
          "N",
          "Units of every hidden layer, in place of --hidden. Default: " + Defaults.HIDDEN + ".");
  private static final Axis SEEDS =
      new Axis(
          "seeds",
          Whole.of(Long.MIN_VALUE, Long.MAX_VALUE, "a whole number"),
          "N",
          "How many seeds, or a range or list of them. Default: 1.");

  /** What varies in a setting, in the order in which it turns; the last turns fastest. */
  private static final List<Axis> SETTING = setting();

  private static final String SAMPLE = "sample";
  private static final String SAMPLE_SEED = "sample-seed";
  private static final String TARGET_LOSS = "target-loss";

  /** What has one value, beside how the data are read and what trains. */
  private static final List<Axis> SINGLE =
      List.of(
          new Axis(
              SAMPLE,
              Whole.of(1, 999_999, "how many settings to draw, from 1 to 999999"),
              "N",
              "Draw so many of the combinations; each is run on every data set with every seed."),
          new Axis(
              SAMPLE_SEED,
              Whole.of(Long.MIN_VALUE, Long.MAX_VALUE, "a whole number"),
              "N",
              "Of the draw. Default: 1."),
          new Axis(
              TARGET_LOSS,
              Real.of(x -> x >= 0 && x < Double.POSITIVE_INFINITY, "a number from 0"),
              "LOSS",
              "Validation loss to wait for, classes weighted as in training. Default: half that of"
                  + " knowing the classes' shares only."));

  private final Map<Axis, AxisValues> axes = new LinkedHashMap<>();
  private final Map<Axis, String> places = new LinkedHashMap<>();
  private final Map<String, Object> singles = new LinkedHashMap<>();
  private final Map<Setting<?>, Object> common = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private SweepSpec() {}

  /**
   * @param entries what was asked, in any order; a key that comes again replaces the earlier one,
   *     as options do with a file's
   * @throws InputException with everything that is wrong
   */
  public static SweepSpec of(List<SweepEntry> entries) {
    SweepSpec spec = new SweepSpec();
    entries.forEach(spec::add);
    spec.check();
    if (!spec.problems.isEmpty()) {
      throw new InputException(spec.problems);
    }
    return spec;
  }

  /** What may have several values, or a sweep alone has, but for the data: for options. */
  public static List<Axis> axes() {
    return Stream.of(SETTING, List.of(SEEDS), SINGLE).flatMap(List::stream).toList();
  }

  /** What every run of a sweep has in common: how the data are read, and what trains. */
  public static List<Setting<?>> common() {
    return Stream.concat(Settings.data().stream(), Stream.of(Settings.ENGINE)).toList();
  }

  private static List<Axis> setting() {
    List<Axis> axes = new ArrayList<>(List.of(INIT, SCALE, Axis.of(Settings.BIAS_INIT)));
    axes.addAll(List.of(HIDDEN, DEPTH, WIDTH));
    Settings.all().stream()
        .filter(setting -> setting != Settings.FILE && !common().contains(setting))
        .filter(setting -> setting != Settings.SEED && setting != Settings.THREADS)
        .map(Axis::of)
        .filter(axis -> axes.stream().noneMatch(other -> other.key().equals(axis.key())))
        .forEach(axes::add);
    return List.copyOf(axes);
  }

  /** The validation loss whose first reaching is noted; NaN where each data set's own is wanted. */
  public double targetLoss() {
    return (Double) singles.getOrDefault(TARGET_LOSS, Double.NaN);
  }

  /**
   * The runs: a data set after the other, a seed after the other, so that whatever is done at any
   * moment has seen the same seeds.
   */
  public List<RunSpec> runs() {
    List<RunSpec> runs = new ArrayList<>();
    Set<RunSpec> settings = settings();
    for (String file : axes.get(DATA).choices()) {
      for (String seed : seeds()) {
        for (RunSpec setting : settings) {
          runs.add(Settings.FILE.with(setting.withSeed(Long.parseLong(seed)), file));
        }
      }
    }
    return runs;
  }

  private void add(SweepEntry entry) {
    Optional<Axis> axis = find(Stream.concat(Stream.of(DATA, SEEDS), SETTING.stream()), entry);
    Optional<Axis> single = find(SINGLE.stream(), entry);
    Optional<Setting<?>> shared =
        common().stream().filter(setting -> setting.name().equals(entry.key())).findFirst();
    if (axis.isPresent()) {
      places.put(axis.get(), entry.place());
      read(axis.get(), entry).ifPresent(values -> axes.put(axis.get(), values));
    } else if (single.isPresent()) {
      read(single.get().kind(), entry).ifPresent(value -> singles.put(entry.key(), value));
    } else if (shared.isPresent()) {
      read(shared.get().kind(), entry).ifPresent(value -> common.put(shared.get(), value));
    } else {
      List<String> keys =
          Stream.of(
                  Stream.of("data"),
                  axes().stream().map(Axis::key),
                  common().stream().map(Setting::name))
              .flatMap(names -> names)
              .toList();
      problems.add(
          new Problem(
              entry.place(),
              "a known key",
              "'" + entry.key() + "'",
              Nearest.names(entry.key(), keys, 5)));
    }
  }

  private static Optional<Axis> find(Stream<Axis> axes, SweepEntry entry) {
    return axes.filter(axis -> axis.key().equals(entry.key())).findFirst();
  }

  private Optional<AxisValues> read(Axis axis, SweepEntry entry) {
    boolean isCount = entry.values().size() == 1 && entry.values().get(0).matches("\\d{1,9}");
    return axis == SEEDS && isCount ? count(entry) : axis.read(entry, problems::add);
  }

  /** One number for the seeds says how many: 1 to that number. */
  private Optional<AxisValues> count(SweepEntry entry) {
    int count = Integer.parseInt(entry.values().get(0));
    if (count < 1 || count > Axis.MOST_POINTS) {
      problems.add(
          new Problem(
              entry.place(),
              "how many seeds, from 1 to " + Axis.MOST_POINTS + ", or a list of seeds",
              entry.values().get(0)));
      return Optional.empty();
    }
    return Optional.of(
        AxisValues.of(LongStream.rangeClosed(1, count).mapToObj(Long::toString).toList()));
  }

  /** The one value of an entry; a list where that is what the kind is. */
  private <T> Optional<T> read(Kind<T> kind, SweepEntry entry) {
    boolean isList = kind.expected().startsWith("a list");
    if (entry.values().size() != 1 && !isList) {
      problems.add(new Problem(entry.place(), "one value", entry.values().size() + " values"));
      return Optional.empty();
    }
    try {
      return Optional.of(kind.read(entry.place(), String.join(",", entry.values())));
    } catch (InputException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private void check() {
    if (!places.containsKey(DATA)) {
      problems.add(new Problem("data", "a CSV file, or several", "none"));
    } else if (axes.containsKey(DATA)) {
      for (String file : axes.get(DATA).choices()) {
        if (!Files.isRegularFile(Path.of(file))) {
          boolean isInput = DataSpec.isStandardInput(file);
          problems.add(
              new Problem(
                  places.get(DATA),
                  "a CSV file",
                  isInput
                      ? "standard input, which a sweep that is gone on with could not read again"
                      : "'" + file + "', which is not there"));
        }
      }
    }
    checkInitializations();
    if (places.containsKey(HIDDEN) && (places.containsKey(DEPTH) || places.containsKey(WIDTH))) {
      problems.add(new Problem(places.get(HIDDEN), "either hidden, or depth and width", "both"));
    }
    axes.forEach(
        (axis, values) -> {
          if (values.isRange() && !singles.containsKey(SAMPLE)) {
            problems.add(
                new Problem(
                    places.get(axis),
                    "LOW..HIGH:POINTS, or 'sample' (--sample) beside a range to draw from",
                    values.low() + ".." + values.high()));
          }
        });
    if (problems.isEmpty()) {
      checkBatches();
      checkNumber();
    }
  }

  private void checkBatches() {
    Axis batch = axis(Settings.BATCH);
    for (String optimizer : values(axis(Settings.OPTIMIZER)).choices()) {
      for (String size : values(batch).choices()) {
        if (problems.isEmpty() && !optimizer.isEmpty() && !size.isEmpty()) {
          Settings.contradictions(
                  base(),
                  Map.of(
                      Settings.OPTIMIZER, Settings.OPTIMIZER.kind().read("", optimizer),
                      Settings.BATCH, Settings.BATCH.kind().read("", size)),
                  setting -> places.get(batch))
              .forEach(problems::add);
        }
      }
    }
  }

  private void checkNumber() {
    double runs = (double) axes.get(DATA).choices().size() * seeds().size() * settingsAtMost();
    if (runs > MOST_RUNS && runs < Double.POSITIVE_INFINITY) {
      problems.add(
          new Problem(
              "the sweep",
              "at most " + MOST_RUNS + " runs",
              String.format(Locale.ROOT, "%.0f; 'sample' draws some of the settings", runs)));
    }
  }

  private void checkInitializations() {
    boolean scaled = places.containsKey(SCALE);
    boolean used = false;
    List<String> inits = axes.containsKey(INIT) ? values(INIT).choices() : List.of(Defaults.INIT);
    for (String text : inits) {
      used |= ScaledInit.isOpen(text);
      try {
        Initializations.parseLayers(
            places.getOrDefault(INIT, INIT.key()),
            scaled && ScaledInit.isOpen(text) ? text + ":1" : text);
      } catch (InputException e) {
        problems.addAll(e.problems());
      }
    }
    if (scaled && !used) {
      problems.add(
          new Problem(
              places.get(SCALE),
              "beside it an initialization to scale, without a number of its own",
              String.join(", ", inits),
              ScaledInit.NAMES));
    }
  }

  /** What was asked; one empty text where nothing was. */
  private AxisValues values(Axis axis) {
    return axes.getOrDefault(axis, AxisValues.of(List.of("")));
  }

  private List<String> seeds() {
    return axes.containsKey(SEEDS) ? values(SEEDS).choices() : List.of("1");
  }

  private static Axis axis(Setting<?> setting) {
    return SETTING.stream()
        .filter(axis -> axis.key().equals(setting.name()))
        .findFirst()
        .orElseThrow();
  }

  private double gridSize() {
    return SETTING.stream()
        .mapToDouble(
            axis ->
                values(axis).isRange() ? Double.POSITIVE_INFINITY : values(axis).choices().size())
        .reduce(1, (a, b) -> a * b);
  }

  private double settingsAtMost() {
    return singles.containsKey(SAMPLE)
        ? Math.min(gridSize(), (Long) singles.get(SAMPLE))
        : gridSize();
  }

  private Set<RunSpec> settings() {
    if (settingsAtMost() == gridSize()) {
      return grid();
    }
    int wanted = (int) settingsAtMost();
    RandomGenerator random = Streams.of((Long) singles.getOrDefault(SAMPLE_SEED, 1L));
    Set<RunSpec> drawn = new LinkedHashSet<>();
    for (long draws = 0;
        drawn.size() < wanted && draws < (long) DRAWS_A_SETTING * wanted;
        draws++) {
      Map<Axis, String> chosen = new LinkedHashMap<>();
      axes.forEach(
          (axis, values) -> {
            if (SETTING.contains(axis)) {
              chosen.put(axis, values.draw(random));
            }
          });
      drawn.add(setting(chosen));
    }
    return drawn;
  }

  private Set<RunSpec> grid() {
    Set<RunSpec> all = new LinkedHashSet<>();
    List<Axis> varying = SETTING.stream().filter(axes::containsKey).toList();
    int[] index = new int[varying.size()];
    int wheel;
    do {
      Map<Axis, String> chosen = new LinkedHashMap<>();
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

  private RunSpec base() {
    RunSpec run = Settings.EPOCHS.with(Defaults.fixedBudget(""), (long) Defaults.EPOCHS);
    return Settings.with(run, common);
  }

  private RunSpec setting(Map<Axis, String> chosen) {
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.all()) {
      find(chosen.keySet().stream(), new SweepEntry(setting.name(), "", List.of("")))
          .ifPresent(axis -> values.put(setting, setting.kind().read("", text(axis, chosen))));
    }
    if (chosen.containsKey(DEPTH) || chosen.containsKey(WIDTH)) {
      values.put(
          Settings.HIDDEN,
          Collections.nCopies(
              Integer.parseInt(chosen.getOrDefault(DEPTH, "1")),
              Integer.valueOf(chosen.getOrDefault(WIDTH, Defaults.HIDDEN))));
    }
    RunSpec run = Settings.with(base(), values);
    // what a method ignores is the same run whatever it says
    for (Setting<?> setting : values.keySet()) {
      if (setting.isIgnored(run)) {
        run = Settings.usual(setting, run);
      }
    }
    return run;
  }

  /** An initialization with the scale that it lacks, or any other value as it was chosen. */
  private static String text(Axis axis, Map<Axis, String> chosen) {
    String text = chosen.get(axis);
    return axis == INIT && ScaledInit.isOpen(text) && chosen.containsKey(SCALE)
        ? text + ":" + chosen.get(SCALE)
        : text;
  }
}
