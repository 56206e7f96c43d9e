package org.symbreak.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.data.Fold;
import org.symbreak.data.Rulings;
import org.symbreak.forecast.Forecast;
import org.symbreak.problem.InputException;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Settings;

/**
 * Looks for the width, depth, activation, initialization, penalty and learning rate for a data set,
 * and tells what following it is worth. A search tries settings on its rows' own folds, the better
 * half of them on more, and chooses by {@link Selection}. It runs six times: on all rows, which
 * gives the setting that is handed out, and on those outside each of five folds, whose rows then
 * judge what was chosen without them (nested resampling: Varma and Simon, BMC Bioinformatics 7,
 * 2006; Cawley and Talbot, JMLR 11, 2010). No choice sees the rows that judge it.
 *
 * @param usual the run as it is without a search
 * @param fixed settings that somebody gave, and that stay as they are
 * @param rows of the file
 * @param runs that may be spent, from {@value #FEWEST_RUNS}
 * @param seed of the folds, of the weights, and of what chance draws
 * @param margin a difference of log loss that is as good as none
 * @param newRows how many rows the file has for which a loss is foretold
 * @param members networks that are made one where a network is handed out: its loss is on any rows
 *     at most the mean of theirs, since log loss is convex in the log odds (Jensen), and each is
 *     trained as a network alone would be
 * @param hopeless settings that no run is spent on, each with why: whichever search it is, their
 *     first gradient says that they stay where they begin
 */
public record Advisor(
    RunSpec usual,
    Set<Setting<?>> fixed,
    long rows,
    int runs,
    long seed,
    double margin,
    int newRows,
    int members,
    Map<RunSpec, String> hopeless) {
  /** Below this there is too little to choose from. */
  public static final int FEWEST_RUNS = 120;

  /** Folds whose rows judge. */
  static final int OUTER = 5;

  /** Folds on which a search judges settings: half of them at first, and then the others. */
  static final int INNER = 4;

  /** Members of what is handed out. */
  static final int MEMBERS = 5;

  /** Rows that the rarer class has to have for members: after both folds, some for each of them. */
  private static final int FEWEST_FOR_MEMBERS = 2 * MEMBERS;

  /** Settings that see all folds of a search, at the least. */
  private static final int FEWEST_KEPT = 3;

  public Advisor {
    fixed = Set.copyOf(fixed);
    hopeless = Collections.unmodifiableMap(new LinkedHashMap<>(hopeless));
    if (runs < FEWEST_RUNS) {
      throw InputException.of("--runs", "at least " + FEWEST_RUNS, Integer.toString(runs));
    }
    if (usual.data().testFile() != null) {
      throw InputException.of(
          "--test", "nothing: advise keeps rows of its own to judge by", usual.data().testFile());
    }
  }

  /**
   * @param usual the run as it is without a search; its data are read once
   */
  public static Advisor of(
      RunSpec usual, Set<Setting<?>> fixed, int runs, long seed, double margin, Integer newRows) {
    try (Dataset data = Dataset.open(Comparison.onAllRows(usual).data(), seed)) {
      int fifth = Math.max(1, (int) Math.round(data.rows() / (double) OUTER));
      return new Advisor(
              usual.withSeed(seed),
              fixed,
              data.rows(),
              runs,
              seed,
              margin,
              newRows == null ? fifth : newRows,
              members(usual, fixed, data),
              Map.of())
          .sparing();
    }
  }

  /** The same without the settings that are hopeless; others take their place. */
  private Advisor sparing() {
    Set<RunSpec> looked = new HashSet<>(hopeless.keySet());
    looked.add(usual);
    Advisor sparing = this;
    while (true) {
      List<RunSpec> left =
          sparing.settings().stream().filter(setting -> !looked.contains(setting)).toList();
      if (left.isEmpty()) {
        return sparing;
      }
      looked.addAll(left);
      Map<RunSpec, String> all = new LinkedHashMap<>(sparing.hopeless);
      all.putAll(hopeless(left));
      sparing = sparing.with(runs, all);
    }
  }

  private Advisor with(int affordable, Map<RunSpec, String> without) {
    return new Advisor(usual, fixed, rows, affordable, seed, margin, newRows, members, without);
  }

  /** Those of settings that are so in the first run of every search, by its own rows alone. */
  private Map<RunSpec, String> hopeless(List<RunSpec> settings) {
    Map<RunSpec, String> left = new LinkedHashMap<>();
    settings.forEach(setting -> left.put(setting, ""));
    for (List<Fold> search : searches()) {
      if (left.isEmpty()) {
        break;
      }
      RunSpec any = firstOf(search, usual);
      try (Dataset data = Dataset.open(any.data(), any.seed())) {
        for (RunSpec setting : List.copyOf(left.keySet())) {
          ResolvedRun run = ResolvedRun.of(firstOf(search, setting), data);
          Forecast.hopeless(run.problem(), run.start(), run.steps())
              .ifPresentOrElse(why -> left.put(setting, why), () -> left.remove(setting));
        }
      }
    }
    return left;
  }

  private static RunSpec firstOf(List<Fold> search, RunSpec setting) {
    return within(setting, Stream.concat(search.stream(), Stream.of(new Fold(1, INNER))).toList());
  }

  /** Members that are given stay; rows in groups or in an order are for a network alone. */
  private static int members(RunSpec usual, Set<Setting<?>> fixed, Dataset data) {
    Rulings rulings = usual.data().rulings();
    boolean isAlone =
        fixed.contains(Settings.MEMBERS)
            || usual.budget().members() > 1
            || rulings.group() != null
            || rulings.order() != null
            || rarerClass(data.train()) < FEWEST_FOR_MEMBERS;
    return isAlone ? 1 : MEMBERS;
  }

  private static long rarerClass(EncodedRows rows) {
    long positive = IntStream.range(0, rows.rows()).filter(row -> rows.label(row) == 1).count();
    return Math.min(positive, rows.rows() - positive);
  }

  /** The same with as many runs as may be spent in a time, by an estimate of the first ones. */
  public Advisor within(double seconds, int parallelism) {
    Estimate first = Estimate.of(firstPlan(), parallelism);
    double each = first.secondsOfRuns() / first.runs();
    double most = (seconds - first.secondsBefore()) / each;
    int affordable = (int) Math.max(FEWEST_RUNS, Math.min(100_000, most));
    return with(affordable, hopeless).sparing();
  }

  /** Runs that are done in all, at the most. */
  public int plannedRuns() {
    return runsWith(settings().size());
  }

  /** What is done, in words. */
  public String description() {
    return String.format(
        Locale.ROOT,
        "%d settings in each of %d searches, on all rows and without each of %d folds, which"
            + " judge%s",
        settings().size(),
        OUTER + 1,
        OUTER,
        hopeless.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT, "; none on %d that stay where they begin", hopeless.size()));
  }

  /** The first round as a plan, by which data and time can be judged. */
  public RunPlan firstPlan() {
    return plan(searches().stream().flatMap(search -> round(search, settings(), true)).toList());
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
    List<RunSpec> settings = settings();
    round.accept(String.format(Locale.ROOT, "%d settings on half of the folds", settings.size()));
    Map<List<Fold>, Selection> first =
        choices(
            searches().stream()
                .collect(LinkedHashMap::new, (m, s) -> m.put(s, settings), Map::putAll),
            true,
            experiment.run(firstPlan(), workers, progress),
            null);
    Map<List<Fold>, List<RunSpec>> kept = new LinkedHashMap<>();
    first.forEach((search, choice) -> kept.put(search, kept(choice)));
    round.accept(
        String.format(Locale.ROOT, "the better %d on the other half", kept(settings.size())));
    RunPlan second =
        plan(
            kept.entrySet().stream().flatMap(e -> round(e.getKey(), e.getValue(), false)).toList());
    Map<List<Fold>, Selection> choices =
        choices(kept, false, experiment.run(second, workers, progress), first);
    round.accept("what each search chose, and the usual network, on rows that no choice saw");
    List<RunSpec> judged = new ArrayList<>();
    for (List<Fold> search : searches().subList(1, OUTER + 1)) {
      judged.add(within(handedOut(chosen(choices.get(search))), search));
      judged.add(within(usual, search));
    }
    // what was chosen may be the usual network: one run then
    RunPlan third = plan(judged);
    List<LedgerRow> rowsOfRuns = experiment.run(third, workers, progress);
    Map<RunSpec, LedgerRow> results = new LinkedHashMap<>();
    List<RunSpec> distinct = judged.stream().distinct().toList();
    IntStream.range(0, distinct.size())
        .forEach(i -> results.put(distinct.get(i), rowsOfRuns.get(i)));
    return Advice.of(
        this,
        choices,
        IntStream.range(0, judged.size()).mapToObj(i -> results.get(judged.get(i))).toList());
  }

  Candidates candidates() {
    return new Candidates(usual, fixed, rows, seed);
  }

  RunSpec chosen(Selection choice) {
    return choice.of(usual, simplest(), margin);
  }

  /** A network as members that are made one; logistic regression has one minimum, and is itself. */
  RunSpec handedOut(RunSpec setting) {
    return setting.network().hidden().isEmpty() || members == 1
        ? setting
        : Settings.MEMBERS.with(setting, (long) members);
  }

  /** Logistic regression, or the usual setting where that is not to be looked at. */
  private RunSpec simplest() {
    RunSpec logistic = candidates().logistic();
    return settings().contains(logistic) ? logistic : usual;
  }

  /** The folds that a search leaves out: none first, and then each. */
  List<List<Fold>> searches() {
    return Stream.concat(
            Stream.of(List.<Fold>of()),
            IntStream.rangeClosed(1, OUTER).mapToObj(part -> List.of(new Fold(part, OUTER))))
        .toList();
  }

  private List<RunSpec> settings() {
    int most = FEWEST_KEPT;
    while (runsWith(most + 1) <= runs) {
      most++;
    }
    return candidates().first(most, hopeless.keySet());
  }

  /** With a member as a run. */
  private int runsWith(int settings) {
    return (OUTER + 1) * (INNER / 2) * (settings + kept(settings)) + (1 + members) * OUTER;
  }

  private static int kept(int settings) {
    return Math.min(settings, Math.max(FEWEST_KEPT, (settings + 1) / 2));
  }

  /** The best, and the usual one and the simplest in any case. */
  private List<RunSpec> kept(Selection choice) {
    List<RunSpec> plain = Stream.of(usual, simplest()).distinct().toList();
    return Stream.concat(
            plain.stream(), choice.ranked().stream().filter(setting -> !plain.contains(setting)))
        .limit(kept(choice.losses().size()))
        .toList();
  }

  /** The runs of a search's round: of each fold all settings. */
  private Stream<RunSpec> round(List<Fold> search, List<RunSpec> settings, boolean isFirst) {
    return parts(isFirst)
        .boxed()
        .flatMap(
            part ->
                settings.stream()
                    .map(
                        setting ->
                            within(
                                setting,
                                Stream.concat(search.stream(), Stream.of(new Fold(part, INNER)))
                                    .toList())));
  }

  private static IntStream parts(boolean isFirst) {
    int half = INNER / 2;
    return isFirst ? IntStream.rangeClosed(1, half) : IntStream.rangeClosed(half + 1, INNER);
  }

  private static RunSpec within(RunSpec setting, List<Fold> folds) {
    List<Fold> given = setting.data().rulings().folds();
    return Settings.FOLD.with(setting, Stream.concat(given.stream(), folds.stream()).toList());
  }

  /**
   * @param rows a search's after the other, of each fold after fold all settings
   * @param before losses of an earlier round; null without
   */
  private Map<List<Fold>, Selection> choices(
      Map<List<Fold>, List<RunSpec>> settings,
      boolean isFirst,
      List<LedgerRow> rows,
      Map<List<Fold>, Selection> before) {
    Map<List<Fold>, Selection> choices = new LinkedHashMap<>();
    int parts = (int) parts(isFirst).count();
    int at = 0;
    for (Map.Entry<List<Fold>, List<RunSpec>> search : settings.entrySet()) {
      Map<RunSpec, double[]> losses = new LinkedHashMap<>();
      List<RunSpec> tried = search.getValue();
      for (int i = 0; i < tried.size(); i++) {
        double[] now = new double[parts];
        for (int part = 0; part < parts; part++) {
          now[part] = rows.get(at + part * tried.size() + i).numberOrInfinite(Column.TEST_LOG_LOSS);
        }
        RunSpec setting = tried.get(i);
        losses.put(
            setting,
            before == null ? now : joined(before.get(search.getKey()).losses().get(setting), now));
      }
      at += parts * tried.size();
      choices.put(search.getKey(), new Selection(losses, INNER));
    }
    return choices;
  }

  private static double[] joined(double[] first, double[] then) {
    double[] all = java.util.Arrays.copyOf(first, first.length + then.length);
    System.arraycopy(then, 0, all, first.length, then.length);
    return all;
  }

  private static RunPlan plan(List<RunSpec> runs) {
    return RunPlan.withoutValidation(runs, Double.NaN);
  }
}
