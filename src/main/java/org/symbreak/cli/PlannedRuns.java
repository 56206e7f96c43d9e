package org.symbreak.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.symbreak.experiment.Advice;
import org.symbreak.experiment.Estimate;
import org.symbreak.experiment.Experiment;
import org.symbreak.experiment.Workers;

/**
 * What there is to do before anything is done: a line on the way, and with {@code --dry-run} the
 * result.
 *
 * @param runs that are still to be done, at the most
 * @param done runs that the ledger has already; of a search, those of its first round
 * @param rounds of a search, where the runs of one depend on those before; else empty
 * @param workers who does them
 * @param seconds that they take at the most, roughly
 * @param directory where they are kept
 */
record PlannedRuns(
    int runs,
    int done,
    List<Advice.Round> rounds,
    String workers,
    double seconds,
    String directory) {
  static PlannedRuns of(Estimate estimate, int done, Experiment experiment, Workers workers) {
    return new PlannedRuns(
        estimate.runs(),
        done,
        List.of(),
        workers.description(),
        estimate.seconds(),
        experiment.directory().toString());
  }

  /** Those of a search. */
  PlannedRuns in(List<Advice.Round> searched) {
    return new PlannedRuns(runs, done, searched, workers, seconds, directory);
  }

  String text() {
    return "%s %s%s on %s, at most about %s%s; in %s%s"
        .formatted(
            Figure.whole(runs),
            runs == 1 ? "run" : "runs",
            done == 0 ? "" : " (" + Figure.whole(done) + " are done already)",
            workers,
            Durations.text(seconds),
            rounds.isEmpty() ? "" : ", less where runs stop early",
            directory,
            rounds.isEmpty() ? "" : ": " + roundsText());
  }

  private String roundsText() {
    Advice.Round last = rounds.get(rounds.size() - 1);
    return rounds.subList(0, rounds.size() - 1).stream()
            .map(
                round ->
                    round.settings()
                        + " settings with "
                        + round.seeds()
                        + (round.seeds() == 1 ? " seed" : " seeds"))
            .collect(Collectors.joining(", "))
        + "; then "
        + last.settings()
        + " with "
        + last.seeds()
        + " new seeds";
  }
}
