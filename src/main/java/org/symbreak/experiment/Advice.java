package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.symbreak.experiment.Comparison.Entry;
import org.symbreak.training.Defaults;
import org.symbreak.training.RunSpec;

/**
 * What a search recommends, and how sure it is.
 *
 * @param rounds of the search, in order
 * @param runs that were done in all
 * @param comparison the last round: the finalists and the plain settings on seeds that the search
 *     did not see
 * @param recommended the simplest setting of the last round that is not beyond chance worse than
 *     the best
 * @param command that trains it
 * @param sentences what was tried, how sure it is, and what is no better than something simpler
 */
public record Advice(
    List<Round> rounds,
    int runs,
    Comparison comparison,
    String recommended,
    String command,
    List<String> sentences) {
  /** So many settings were tried with so many seeds each, and so many were kept. */
  public record Round(int settings, int seeds, int kept) {}

  public Advice {
    rounds = List.copyOf(rounds);
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
    Comparison comparison = Comparison.of(PairedRuns.of(rows, Advice::name));
    List<Finalist> finalists =
        IntStream.range(0, settings.size())
            .mapToObj(i -> new Finalist(settings.get(i), comparison.entry(name(rows.get(i)))))
            .sorted(Comparator.comparingInt(Finalist::units).thenComparing(Finalist::hasScale))
            .toList();
    Finalist recommended =
        finalists.stream()
            .filter(finalist -> !finalist.entry.isWorseThanBest())
            .findFirst()
            .orElseThrow();
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
        recommended.entry.name(),
        recommended.setting.withSeed(Defaults.SEED).toCommand(),
        sentences(rounds, comparison, finalists, recommended));
  }

  private static List<String> sentences(
      List<Round> rounds, Comparison comparison, List<Finalist> finalists, Finalist recommended) {
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
              + "; the recommended one is simpler, and its difference of loss, "
              + Conclusions.interval(chosen.againstBest().difference())
              + ", is not beyond chance (p = "
              + Conclusions.number(chosen.againstBest().adjustedP())
              + ").");
    }
    add(
        sentences,
        "Not shown to be better than what is recommended, and no simpler: ",
        finalists.stream().filter(f -> f != recommended && !f.entry.isWorseThanBest()));
    add(
        sentences,
        "Worse than the best beyond chance: ",
        finalists.stream().filter(f -> f.entry.isWorseThanBest()));
    sentences.add(
        "The seeds are new, the rows are not: on new data expect it to do a little worse.");
    return sentences;
  }

  private static void add(
      List<String> sentences, String beginning, java.util.stream.Stream<Finalist> finalists) {
    String names =
        finalists
            .map(finalist -> Conclusions.againstBest(finalist.entry))
            .collect(Collectors.joining("; "));
    if (!names.isEmpty()) {
      sentences.add(beginning + names + ".");
    }
  }

  private static String name(LedgerRow row) {
    String rate = ", learning rate " + row.text(Column.LEARNING_RATE);
    return row.text(Column.HIDDEN).isEmpty()
        ? "logistic regression" + rate
        : row.text(Column.INITIALIZATION) + ", hidden " + row.text(Column.HIDDEN) + rate;
  }

  private record Finalist(RunSpec setting, Entry entry) {
    int units() {
      return setting.network().hidden().stream().mapToInt(Integer::intValue).sum();
    }

    boolean hasScale() {
      return setting.network().weights().toString().contains(":");
    }
  }
}
