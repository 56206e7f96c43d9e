package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.symbreak.experiment.Comparison.Entry;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;

/**
 * What a search recommends, and how sure it is.
 *
 * @param rounds of the search, in order
 * @param runs that were done in all
 * @param comparison the last round: the finalists and the plain settings on seeds that the search
 *     did not see
 * @param recommended the simplest setting of the last round that no other one is better than beyond
 *     chance
 * @param againstRecommended the tests of the others of the last round against it, by name
 * @param command that trains it
 * @param sentences what was tried, how sure it is, and what is no better than something simpler
 */
public record Advice(
    List<Round> rounds,
    int runs,
    Comparison comparison,
    String recommended,
    Map<String, PairedTest> againstRecommended,
    String command,
    List<String> sentences) {
  /** So many settings were tried with so many seeds each, and so many were kept. */
  public record Round(int settings, int seeds, int kept) {}

  public Advice {
    rounds = List.copyOf(rounds);
    againstRecommended = Collections.unmodifiableMap(new LinkedHashMap<>(againstRecommended));
    sentences = List.copyOf(sentences);
  }

  public String toJson() {
    return FiniteJson.write(this);
  }

  /**
   * @param settings of the last round
   * @param rows of its runs: a seed after the other, of each all settings in order
   */
  static Advice of(List<RunSpec> settings, List<Round> rounds, List<LedgerRow> rows) {
    PairedRuns runsBySeed = PairedRuns.of(rows, Advice::name);
    Comparison comparison = Comparison.of(runsBySeed);
    PairedTests tests = new PairedTests(runsBySeed);
    List<Finalist> finalists =
        IntStream.range(0, settings.size())
            .mapToObj(i -> Finalist.of(settings.get(i), name(rows.get(i)), comparison, tests))
            .sorted(Finalist.BY_SIMPLICITY)
            .toList();
    Finalist recommended =
        finalists.stream()
            .filter(finalist -> finalist.better.isEmpty())
            .findFirst()
            .orElseGet(() -> finalists.stream().filter(Finalist::isBest).findFirst().orElseThrow());
    Map<String, PairedTest> againstRecommended = new LinkedHashMap<>();
    for (Finalist finalist : finalists) {
      if (finalist != recommended) {
        againstRecommended.put(finalist.name(), tests.test(finalist.name(), recommended.name()));
      }
    }
    int runs = rows.size();
    int before = 0;
    for (Round round : rounds) {
      runs += round.settings() * (round.seeds() - before);
      before = round.seeds();
    }
    return new Advice(
        rounds,
        runs,
        comparison,
        recommended.name(),
        againstRecommended,
        recommended.setting.withSeed(Defaults.SEED).toCommand(),
        sentences(rounds, comparison, finalists, recommended, againstRecommended));
  }

  private static List<String> sentences(
      List<Round> rounds,
      Comparison comparison,
      List<Finalist> finalists,
      Finalist recommended,
      Map<String, PairedTest> againstRecommended) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Tried "
            + rounds.get(0).settings()
            + " settings: "
            + rounds.stream()
                .map(
                    round ->
                        round.settings()
                            + " with "
                            + round.seeds()
                            + (round.seeds() == 1 ? " seed" : " seeds"))
                .collect(Collectors.joining(", "))
            + "; then the last "
            + rounds.get(rounds.size() - 1).kept()
            + " and the plain ones with "
            + comparison.seeds()
            + " new seeds.");
    Entry chosen = recommended.entry;
    sentences.add(
        "Recommended: "
            + chosen.name()
            + "; median validation loss "
            + Conclusions.interval(chosen.validationLoss())
            + (chosen.testAuc() == null
                ? ""
                : ", test AUC " + Conclusions.interval(chosen.testAuc()))
            + ".");
    Entry best = comparison.initializations().get(0);
    if (chosen != best) {
      sentences.add(
          "The lowest median is that of "
              + best.name()
              + ", "
              + Conclusions.number(best.validationLoss().median())
              + "; "
              + whyNot(
                  finalists.stream().filter(Finalist::isBest).findFirst().orElseThrow(),
                  recommended)
              + ".");
    }
    add(
        sentences,
        "Not shown to be better than what is recommended, and no simpler: ",
        finalists.stream()
            .filter(finalist -> finalist != recommended && finalist.better.isEmpty())
            .map(f -> Conclusions.tested(f.name(), againstRecommended.get(f.name()))));
    Map<String, List<Finalist>> worse =
        finalists.stream()
            .filter(finalist -> finalist != recommended && !finalist.better.isEmpty())
            .collect(
                Collectors.groupingBy(
                    finalist -> finalist.better.get(0).name,
                    LinkedHashMap::new,
                    Collectors.toList()));
    worse.forEach(
        (better, those) ->
            add(
                sentences,
                "Worse than " + better + " beyond chance: ",
                those.stream().map(f -> Conclusions.tested(f.name(), f.better.get(0).test))));
    sentences.add(Conclusions.adjustment(comparison));
    sentences.add(
        "The seeds are new, the rows are not: on new data expect it to do a little worse.");
    return sentences;
  }

  /** Why the one with the lowest median is not recommended. */
  private static String whyNot(Finalist best, Finalist recommended) {
    if (Finalist.BY_SIMPLICITY.compare(recommended, best) < 0) {
      return "the recommended one is simpler";
    }
    return best.better.isEmpty()
        ? "it is no simpler than the recommended one, and not shown to be better"
        : "seed by seed " + best.better.get(0).name + " is better than that beyond chance";
  }

  private static void add(List<String> sentences, String beginning, Stream<String> tested) {
    String all = tested.collect(Collectors.joining("; "));
    if (!all.isEmpty()) {
      sentences.add(beginning + all + ".");
    }
  }

  private static String name(LedgerRow row) {
    String rate = ", learning rate " + row.text(Column.LEARNING_RATE);
    return row.text(Column.HIDDEN).isEmpty()
        ? "logistic regression" + rate
        : row.text(Column.INITIALIZATION) + ", hidden " + row.text(Column.HIDDEN) + rate;
  }

  /** One that is beyond chance better than a finalist, and the finalist's test against it. */
  private record Better(String name, PairedTest test) {}

  /**
   * A setting of the last round.
   *
   * @param better those that are better beyond chance, lowest median first
   */
  private record Finalist(RunSpec setting, Entry entry, List<Better> better) {
    /** Fewer units first, and an initialization without a scale before one that has to be tuned. */
    static final Comparator<Finalist> BY_SIMPLICITY =
        Comparator.comparingInt(Finalist::units).thenComparing(Finalist::hasScale);

    static Finalist of(RunSpec setting, String name, Comparison comparison, PairedTests tests) {
      return new Finalist(
          setting,
          comparison.entry(name),
          comparison.initializations().stream()
              .filter(other -> !other.name().equals(name))
              .map(other -> new Better(other.name(), tests.test(name, other.name())))
              .filter(other -> other.test.isWorse())
              .toList());
    }

    String name() {
      return entry.name();
    }

    boolean isBest() {
      return entry.againstBest() == null;
    }

    int units() {
      return setting.network().hidden().stream().mapToInt(Integer::intValue).sum();
    }

    boolean hasScale() {
      return setting.network().weights().toString().contains(":");
    }
  }
}
