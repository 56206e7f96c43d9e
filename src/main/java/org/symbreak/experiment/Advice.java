package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.symbreak.data.Fold;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;
import org.symbreak.statistics.PredictionInterval;
import org.symbreak.statistics.ResampledT;

/**
 * What a search recommends, and what following it is worth.
 *
 * @param settings how many were tried in each search
 * @param leftOut settings that no run was spent on, since they stay where they begin
 * @param runs that were done in all
 * @param candidates those that the search on all rows judged on all its folds, the lowest first
 * @param recommended the one that was chosen; the usual network where what the searches chose did
 *     worse than it beyond chance
 * @param usual whether that is the usual network
 * @param members how many networks with that setting are made the one that is handed out
 * @param loss mean log loss, on rows that no choice saw, of what the search chose without them, or
 *     of the usual network where that did better beyond chance, with the interval of the expected
 *     loss
 * @param newRows where the loss of a file of so many new rows falls; null where rows come in groups
 *     or in an order
 * @param rowLossVariance of the losses of single rows, from which intervals for other files follow
 * @param usualLoss mean log loss of the usual network on the same rows
 * @param gain usual loss minus that of what the search chose, fold by fold, with its interval
 * @param folds what was chosen without each fold, and how it did there
 * @param chosen what the searches without a fold chose, and how often
 * @param margin a difference of log loss that is as good as none
 * @param command that trains what is recommended, on all rows
 * @param sentences what was tried, how sure it is, and what it is worth
 */
public record Advice(
    int settings,
    List<LeftOut> leftOut,
    int runs,
    List<Candidate> candidates,
    String recommended,
    boolean usual,
    int members,
    ResampledT loss,
    PredictionInterval newRows,
    double rowLossVariance,
    ResampledT usualLoss,
    ResampledT gain,
    List<Judged> folds,
    Map<String, Long> chosen,
    double margin,
    String command,
    List<String> sentences) {
  /**
   * A setting that was judged on every fold of the search on all rows.
   *
   * @param name in what it differs from the usual network
   * @param loss mean log loss on those folds, by which it is chosen: somewhat too low for the
   *     lowest
   * @param losses fold by fold
   */
  public record Candidate(String name, double loss, List<Double> losses) {
    public Candidate {
      losses = List.copyOf(losses);
    }
  }

  /**
   * What was chosen without a fold, judged on it.
   *
   * @param name in what it differs from the usual network
   * @param loss log loss
   * @param usualLoss that of the usual network
   */
  public record Judged(String name, double loss, double usualLoss) {}

  /**
   * A setting that was left out.
   *
   * @param name in what it differs from the usual network
   * @param why by its first gradient
   */
  public record LeftOut(String name, String why) {}

  public Advice {
    leftOut = List.copyOf(leftOut);
    candidates = List.copyOf(candidates);
    folds = List.copyOf(folds);
    chosen = new LinkedHashMap<>(chosen);
    sentences = List.copyOf(sentences);
  }

  public String toJson() {
    return FiniteJson.write(this);
  }

  /**
   * @param choices of the search on all rows, and of those without each fold
   * @param judged fold by fold the run of what was chosen without it, and of the usual network
   */
  static Advice of(Advisor advisor, Map<List<Fold>, Selection> choices, List<LedgerRow> judged) {
    Candidates names = advisor.candidates();
    Selection all = choices.get(List.<Fold>of());
    List<LedgerRow> searched = everyOther(judged, 0);
    List<LedgerRow> unsearched = everyOther(judged, 1);
    Scheme scheme = Scheme.of(searched);
    double[] losses = losses(searched);
    double[] usual = losses(unsearched);
    double[] gains = new double[losses.length];
    Arrays.setAll(gains, i -> losses[i] == usual[i] ? 0 : usual[i] - losses[i]);
    ResampledT gain = scheme.mean(gains, Comparison.CONFIDENCE);
    boolean isUsual = isWorse(gain) || advisor.chosen(all).equals(advisor.usual());
    RunSpec recommended = isUsual ? advisor.usual() : advisor.chosen(all);
    RunSpec handedOut = isWorse(gain) ? recommended : advisor.handedOut(recommended);
    List<LedgerRow> own = isWorse(gain) ? unsearched : searched;
    ResampledT loss = scheme.mean(losses(own), Comparison.CONFIDENCE);
    double rows = own.stream().mapToDouble(row -> row.number(Column.TEST_ROWS)).sum();
    double variance =
        own.stream()
                .mapToDouble(
                    row ->
                        (row.number(Column.TEST_ROWS) - 1) * row.number(Column.TEST_LOSS_VARIANCE))
                .sum()
            / (rows - own.size());
    boolean isDrawn = scheme.isResampled() && own.get(0).text(Column.GROUP).isEmpty();
    List<String> chosen =
        choices.entrySet().stream()
            .filter(search -> !search.getKey().isEmpty())
            .map(search -> names.name(advisor.chosen(search.getValue())))
            .toList();
    Advice advice =
        new Advice(
            advisor.firstPlan().tasks().size() / (Advisor.OUTER + 1) / (Advisor.INNER / 2),
            advisor.hopeless().entrySet().stream()
                .map(entry -> new LeftOut(names.name(entry.getKey()), entry.getValue()))
                .toList(),
            advisor.plannedRuns(),
            all.ranked().stream()
                .map(
                    setting ->
                        new Candidate(
                            names.name(setting),
                            all.mean(setting),
                            Arrays.stream(all.losses().get(setting)).boxed().toList()))
                .toList(),
            names.name(recommended),
            isUsual,
            handedOut.budget().members(),
            loss,
            isDrawn && loss.low() != null && Double.isFinite(variance)
                ? PredictionInterval.of(loss, variance, (int) rows, advisor.newRows())
                : null,
            variance,
            scheme.mean(usual, Comparison.CONFIDENCE),
            gain,
            IntStream.range(0, losses.length)
                .mapToObj(fold -> new Judged(chosen.get(fold), losses[fold], usual[fold]))
                .toList(),
            chosen.stream()
                .collect(
                    Collectors.groupingBy(name -> name, LinkedHashMap::new, Collectors.counting())),
            advisor.margin(),
            command(handedOut),
            List.of());
    return new Advice(
        advice.settings,
        advice.leftOut,
        advice.runs,
        advice.candidates,
        advice.recommended,
        advice.usual,
        advice.members,
        advice.loss,
        advice.newRows,
        advice.rowLossVariance,
        advice.usualLoss,
        advice.gain,
        advice.folds,
        advice.chosen,
        advice.margin,
        advice.command,
        advice.sentences(scheme, own.stream().map(row -> row.text(Column.TEST_LOG_LOSS)).toList()));
  }

  /** Whether what the searches chose did worse than the usual network, beyond chance. */
  private static boolean isWorse(ResampledT gain) {
    return gain.high() != null && gain.high() < 0;
  }

  /** Trains on every row: what new rows will show is told here, and needs no test rows. */
  private static String command(RunSpec recommended) {
    return Settings.TEST_FRACTION.with(recommended, 0.0).withSeed(Defaults.SEED).toCommand();
  }

  private static List<LedgerRow> everyOther(List<LedgerRow> rows, int from) {
    List<LedgerRow> others = new ArrayList<>();
    for (int i = from; i < rows.size(); i += 2) {
      others.add(rows.get(i));
    }
    return others;
  }

  private static double[] losses(List<LedgerRow> rows) {
    return rows.stream().mapToDouble(row -> row.numberOrInfinite(Column.TEST_LOG_LOSS)).toArray();
  }

  private List<String> sentences(Scheme scheme, List<String> perFold) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        String.format(
            Locale.ROOT,
            "Tried %d settings on %d folds of all rows, the better half of them on %d.",
            settings,
            Advisor.INNER / 2,
            Advisor.INNER));
    if (!leftOut.isEmpty()) {
      sentences.add(leftOutInWords());
    }
    sentences.add(
        members == 1
            ? "Recommended: " + recommended + "."
            : String.format(
                Locale.ROOT,
                "Recommended: %s, %d members made one network. Its log loss on any rows is at most"
                    + " the mean of theirs; each is trained without another fold of the rows, by"
                    + " which it stops.",
                recommended,
                members));
    if (isWorse(gain)) {
      sentences.add(
          "What the searches chose, made as many members as they were judged with, did worse than"
              + " the usual network alone beyond chance, on rows that they had not seen.");
    } else if (usual && candidates.get(0).name().equals(recommended)) {
      sentences.add("None of the others has a lower mean: no reason to leave it.");
    } else if (usual) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "The usual network lies within one corrected standard error of the lowest mean, that"
                  + " of %s: no reason to leave it.",
              candidates.get(0).name()));
    } else if (!candidates.get(0).name().equals(recommended)) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "The lowest mean is that of %s; logistic regression, which is simpler, lies within"
                  + " one corrected standard error of it and within %s.",
              candidates.get(0).name(),
              Words.number(margin)));
    }
    sentences.add(
        String.format(
            Locale.ROOT,
            "The same search was run without each of %d parts of the rows, and what it chose there"
                + " was judged on that part: it chose %s.",
            Advisor.OUTER,
            chosen.entrySet().stream()
                .map(
                    entry ->
                        entry.getKey() + " (" + entry.getValue() + " of " + Advisor.OUTER + ")")
                .collect(Collectors.joining("; "))));
    if (scheme.isResampled()) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Expected log loss on new rows: %s.%s",
              Words.interval(loss),
              newRows == null
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      " A file of %d new rows should show %s to %s, 95 of 100 such files.",
                      newRows.newRows(),
                      Words.number(Math.max(0, newRows.low())),
                      Words.number(newRows.high()))));
      sentences.add(gainInWords());
    } else {
      sentences.add(
          "Log loss window by window: "
              + perFold.stream()
                  .map(text -> text.isEmpty() ? "none" : Words.number(Double.parseDouble(text)))
                  .collect(Collectors.joining(", "))
              + ". "
              + scheme.whyNoTest());
    }
    sentences.add(
        isWorse(gain)
            ? "The expected loss is the usual network's on the rows by which it was preferred, and"
                + " so may be somewhat too low; it is of new rows of the same source."
            : "The figures belong to the search and to new rows of the same source; the setting"
                + " above is what it chose from all rows.");
    return sentences;
  }

  /** One of them with its reason; advice.json has all. */
  private String leftOutInWords() {
    LeftOut first = leftOut.get(0);
    return leftOut.size() == 1
        ? String.format(
            Locale.ROOT,
            "No run was spent on one setting, since its first gradient says in every search that it"
                + " stays where it begins: %s (%s).",
            first.name(),
            first.why())
        : String.format(
            Locale.ROOT,
            "No run was spent on %d settings, since their first gradients say in every search that"
                + " they stay where they begin, such as %s (%s).",
            leftOut.size(),
            first.name(),
            first.why());
  }

  private String gainInWords() {
    if (gain.low() == null) {
      return "What is gained over the usual network cannot be told: a run has no finite loss.";
    }
    if (gain.low() == 0 && gain.high() == 0) {
      return "Gain over the usual network: none, since it was chosen every time.";
    }
    String said =
        gain.low() > 0
            ? "better beyond chance."
            : isWorse(gain)
                ? "worse beyond chance: so that is recommended."
                : "which may be chance: keeping the usual network is as good an answer.";
    return String.format(
        Locale.ROOT,
        "Gain%s over the usual network%s, whose loss is %s: %s, %s",
        isWorse(gain) ? " of what they chose" : "",
        members == 1 && !isWorse(gain) ? "" : " alone",
        Words.number(usualLoss.mean()),
        Words.interval(gain),
        said);
  }
}
