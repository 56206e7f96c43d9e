package org.symbreak.experiment;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.symbreak.init.Initializations;
import org.symbreak.init.LayerInits;
import org.symbreak.problem.InputException;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;
import org.symbreak.statistics.MedianInterval;

/**
 * Looks for the initialization, scale, width and learning rate for a data set by successive halving
 * (Jamieson and Talwalkar, AISTATS 2016), the resource being seeds: many random settings are tried
 * with one seed, the better half of them with two, of those the better half with four, and so on.
 * The last few then meet the plain settings on seeds that none of them has seen, and only that
 * decides.
 *
 * @param base the run to be varied: data, optimizer, budget, and whatever of the network is not
 *     varied
 * @param fixedNetwork whether the hidden layers of {@code base} are to stay as they are; where
 *     there are none, only the learning rate is varied
 * @param runs that may be spent, from {@value #FEWEST_RUNS}
 * @param seed of the choice of settings
 */
public record Advisor(RunSpec base, boolean fixedNetwork, int runs, long seed) {
  /** Below this there is too little to choose from. */
  public static final int FEWEST_RUNS = 80;

  /**
   * Settings of the search that reach the end; with the plain ones they are at most five, ten
   * pairs.
   */
  private static final int FINALISTS = 3;

  /**
   * Seeds of the end: enough for ten tests to show a difference, the smallest p-value being 10 · 2
   * / 2¹².
   */
  private static final int FINAL_SEEDS = 12;

  /** Those of the search begin at 1. */
  private static final long FIRST_FINAL_SEED = 1001;

  private static final List<String> SCALES =
      List.of("0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1");
  private static final List<Integer> WIDTHS = List.of(4, 8, 16, 32, 64);
  private static final int MOST_LAYERS = 2;

  /** Learning rates, as multiples of the usual one. */
  private static final List<String> RATES = List.of("0.03", "0.1", "0.3", "1", "3", "10", "30");

  public Advisor {
    if (runs < FEWEST_RUNS) {
      throw InputException.of("--runs", "at least " + FEWEST_RUNS, Integer.toString(runs));
    }
    if (fixedNetwork && base.network().hidden().isEmpty() && isLineSearch(base)) {
      throw InputException.of(
          "--hidden",
          "a hidden layer, or an optimizer with a learning rate, for there to be a choice",
          "'none' with --optimizer " + base.optimizer().kind());
    }
  }

  /** Runs that are done in all, at the most. */
  public int plannedRuns() {
    return searchRuns(firstRound()) + finalRuns();
  }

  /** The rounds of the search, and the last one on new seeds, which keeps a single setting. */
  public List<Advice.Round> plannedRounds() {
    List<Advice.Round> rounds = new ArrayList<>(searchRounds(firstRound()));
    rounds.add(new Advice.Round(FINALISTS + plain().size(), FINAL_SEEDS, 1));
    return rounds;
  }

  /** The first round as a plan, by which data and time can be judged. */
  public RunPlan firstPlan() {
    return plan(Stream.concat(plain().stream(), drawn().stream()).toList(), 1, 1);
  }

  /**
   * Searches.
   *
   * @param experiment where the runs are kept
   * @param round told before each round, in a few words
   * @param progress told as runs end, within a round
   */
  public Advice advise(
      Experiment experiment,
      Workers workers,
      Consumer<String> round,
      Consumer<Experiment.Progress> progress)
      throws IOException {
    List<Advice.Round> rounds = new ArrayList<>();
    Map<RunSpec, List<Double>> losses = new HashMap<>();
    List<RunSpec> left = drawn();
    for (int before = 0, seeds = 1; left.size() > FINALISTS; before = seeds, seeds *= 2) {
      round.accept(
          String.format(
              Locale.ROOT,
              "round %d: %d settings, %d %s each",
              rounds.size() + 1,
              left.size(),
              seeds,
              seeds == 1 ? "seed" : "seeds"));
      List<LedgerRow> rows = experiment.run(plan(left, before + 1, seeds), workers, progress);
      for (int i = 0; i < rows.size(); i++) {
        losses
            .computeIfAbsent(left.get(i % left.size()), first -> new ArrayList<>())
            .add(rows.get(i).numberOrInfinite(Column.VALIDATION_LOG_LOSS));
      }
      List<RunSpec> kept =
          left.stream()
              .sorted(Comparator.comparingDouble(setting -> median(losses.get(setting))))
              .limit(halved(left.size()))
              .toList();
      rounds.add(new Advice.Round(left.size(), seeds, kept.size()));
      left = kept;
    }
    List<RunSpec> last = Stream.concat(plain().stream(), left.stream()).distinct().toList();
    round.accept(
        String.format(
            Locale.ROOT, "last round: %d settings, %d new seeds each", last.size(), FINAL_SEEDS));
    RunPlan plan = plan(last, FIRST_FINAL_SEED, FIRST_FINAL_SEED + FINAL_SEEDS - 1);
    return Advice.of(last, rounds, experiment.run(plan, workers, progress));
  }

  /** A seed after the other, of each all settings in order. */
  private static RunPlan plan(List<RunSpec> settings, long firstSeed, long lastSeed) {
    return RunPlan.of(
        LongStream.rangeClosed(firstSeed, lastSeed)
            .boxed()
            .flatMap(s -> settings.stream().map(setting -> setting.withSeed(s)))
            .toList(),
        Double.NaN);
  }

  private static double median(List<Double> values) {
    return MedianInterval.of(
            values.stream().mapToDouble(Double::doubleValue).toArray(), Comparison.CONFIDENCE)
        .median();
  }

  private static int halved(int settings) {
    return Math.max(FINALISTS, settings / 2);
  }

  private int finalRuns() {
    return (FINALISTS + plain().size()) * FINAL_SEEDS;
  }

  /** How many settings the budget allows to begin with. */
  private int firstRound() {
    int most = grid().size();
    int settings = FINALISTS + 1;
    while (settings < most && searchRuns(settings + 1) + finalRuns() <= runs) {
      settings++;
    }
    return settings;
  }

  /** Runs before the last round, with so many settings in the first. */
  private static int searchRuns(int settings) {
    int total = 0;
    int before = 0;
    for (Advice.Round round : searchRounds(settings)) {
      total += round.settings() * (round.seeds() - before);
      before = round.seeds();
    }
    return total;
  }

  private static List<Advice.Round> searchRounds(int settings) {
    List<Advice.Round> rounds = new ArrayList<>();
    for (int left = settings, seeds = 1; left > FINALISTS; left = halved(left), seeds *= 2) {
      rounds.add(new Advice.Round(left, seeds, halved(left)));
    }
    return rounds;
  }

  /**
   * Logistic regression and the usual network, both with the usual rate. A setting is a run with
   * seed 0.
   */
  private List<RunSpec> plain() {
    return Stream.of(List.<Integer>of(), base.network().hidden())
        .distinct()
        .map(hidden -> run(hidden, base.network().weights(), "1"))
        .toList();
  }

  private List<RunSpec> drawn() {
    List<RunSpec> all = new ArrayList<>(grid());
    Collections.shuffle(all, new Random(seed));
    return List.copyOf(all.subList(0, firstRound()));
  }

  private List<RunSpec> grid() {
    List<RunSpec> grid = new ArrayList<>();
    for (LayerInits init : initializations()) {
      for (List<Integer> hidden : hiddenLayers()) {
        for (String rate : isLineSearch(base) ? List.of("1") : RATES) {
          grid.add(run(hidden, init, rate));
        }
      }
    }
    return grid;
  }

  private static boolean isLineSearch(RunSpec run) {
    return run.optimizer().kind().isLineSearch();
  }

  private List<LayerInits> initializations() {
    if (fixedNetwork && base.network().hidden().isEmpty()) {
      // the loss is convex then: one place to begin is as good as another
      return List.of(base.network().weights());
    }
    Stream<String> scaled =
        Stream.of("gaussian", "uniform")
            .flatMap(name -> SCALES.stream().map(scale -> name + ":" + scale));
    return Stream.concat(Stream.of("glorot", "he", "lecun", "orthogonal"), scaled)
        .map(Initializations::parseLayers)
        .toList();
  }

  private List<List<Integer>> hiddenLayers() {
    if (fixedNetwork) {
      return List.of(base.network().hidden());
    }
    List<List<Integer>> layers = new ArrayList<>();
    for (int depth = 1; depth <= MOST_LAYERS; depth++) {
      for (int width : WIDTHS) {
        layers.add(Collections.nCopies(depth, width));
      }
    }
    return layers;
  }

  /**
   * @param rate as a multiple of the usual one
   */
  private RunSpec run(List<Integer> hidden, LayerInits init, String rate) {
    double learningRate =
        BigDecimal.valueOf(base.optimizer().learningRate())
            .multiply(new BigDecimal(rate))
            .doubleValue();
    RunSpec active =
        base.network().activations().isEmpty()
            ? base.with(Settings.ACTIVATION, Defaults.network().activations())
            : base;
    return active
        .with(Settings.HIDDEN, hidden)
        .with(Settings.INIT, init)
        .with(Settings.LEARNING_RATE, learningRate)
        .with(Settings.THREADS, 1L)
        .withSeed(0);
  }
}
