package org.symbreak.cli;

import org.symbreak.experiment.Estimate;
import org.symbreak.experiment.Experiment;
import org.symbreak.experiment.Workers;

/**
 * What there is to do before anything is done: a line on the way, and with {@code --dry-run} the
 * result.
 *
 * @param runs that are still to be done, at the most
 * @param done runs that the ledger has already; of a search, those of its first round
 * @param search what a search does, where the runs of one round depend on those before; else null
 * @param workers who does them
 * @param seconds that they take at the most, roughly
 * @param directory where they are kept
 */
record PlannedRuns(
    int runs, int done, String search, String workers, double seconds, String directory) {
  static PlannedRuns of(Estimate estimate, int done, Experiment experiment, Workers workers) {
    return new PlannedRuns(
        estimate.runs(),
        done,
        null,
        workers.description(),
        estimate.seconds(),
        experiment.directory().toString());
  }

  /** Those of a search. */
  PlannedRuns of(String searched) {
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
            search == null ? "" : ", less where runs stop early",
            directory,
            search == null ? "" : ": " + search);
  }
}
