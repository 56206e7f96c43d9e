package org.symbreak.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.symbreak.guard.Destination;
import org.symbreak.problem.InputException;

/**
 * Many runs in a directory: does those of a plan that the ledger there lacks. Interrupted at any
 * moment and called again, it goes on where it stopped.
 *
 * @param directory where {@code ledger.csv} is or will be
 * @param open whether the ledger may hold runs of other plans, too
 */
public record Experiment(Path directory, boolean open) {
  /** How far it is; seconds left at the speed until now, NaN before anything is done. */
  public record Progress(int done, int total, int failed, double secondsLeft) {}

  /**
   * The first of {@code name}, {@code name-2}, {@code name-3}, ... whose ledger, if there is one,
   * holds runs of this plan only.
   *
   * @param parent where the directories are
   */
  public static Experiment under(Path parent, String name, RunPlan plan) throws IOException {
    Set<String> planned = keys(plan);
    for (int number = 1; ; number++) {
      Experiment candidate =
          new Experiment(parent.resolve(number == 1 ? name : name + "-" + number), false);
      if (Ledger.read(candidate.ledger()).stream()
          .allMatch(row -> planned.contains(row.text(Column.RUN)))) {
        return candidate;
      }
    }
  }

  /** The runs that are done. */
  public Path ledger() {
    return directory.resolve("ledger.csv");
  }

  /**
   * Forgets the runs that are done, how they compared, and what was foretold of them.
   *
   * @throws InputException where somebody else writes to the ledger
   */
  public void clear() throws IOException {
    Ledger.delete(ledger());
    Files.deleteIfExists(directory.resolve(Comparison.FILE));
    Files.deleteIfExists(directory.resolve(SweepForecast.FILE));
  }

  /**
   * What of a plan is still to be done.
   *
   * @throws InputException where the ledger there holds runs that it may not hold
   */
  public RunPlan remaining(RunPlan plan) throws IOException {
    return plan.without(known(plan).keySet());
  }

  /**
   * Does what is left of a plan.
   *
   * @param progress told after every few runs
   * @return the rows of all runs, in the order of the plan
   * @throws InputException where the ledger there holds runs that it may not hold, or somebody else
   *     writes to it
   */
  public List<LedgerRow> run(RunPlan plan, Workers workers, Consumer<Progress> progress)
      throws IOException {
    Destination.directory(directory);
    try (Ledger ledger = Ledger.open(ledger())) {
      Map<String, LedgerRow> rows = known(plan);
      RunPlan left = plan.without(rows.keySet());
      Meter meter = new Meter(left, rows.values());
      workers.run(
          left.tasks(),
          ended -> {
            ledger.append(ended);
            ended.forEach(row -> rows.put(row.text(Column.RUN), row));
            progress.accept(meter.after(ended));
          });
      return plan.tasks().stream().map(task -> rows.get(task.key())).toList();
    }
  }

  /** The rows of this plan that are there, by key. */
  private Map<String, LedgerRow> known(RunPlan plan) throws IOException {
    Set<String> planned = keys(plan);
    Map<String, LedgerRow> known = new LinkedHashMap<>();
    int others = 0;
    for (LedgerRow row : Ledger.read(ledger())) {
      if (planned.contains(row.text(Column.RUN))) {
        known.put(row.text(Column.RUN), row);
      } else {
        others++;
      }
    }
    if (others > 0 && !open) {
      throw InputException.of(
          ledger().toString(),
          "runs with these settings and data only",
          others + " others",
          "another directory with --out",
          "--force to begin anew");
    }
    return known;
  }

  private static Set<String> keys(RunPlan plan) {
    return plan.tasks().stream().map(RunTask::key).collect(Collectors.toSet());
  }

  /** Foretells the time that is left from the work that is left. */
  private static final class Meter {
    private final Map<String, Double> costs = new HashMap<>();
    private final int total;
    private final double work;
    private final long start = System.nanoTime();
    private double worked;
    private int done;
    private int failed;

    Meter(RunPlan left, Collection<LedgerRow> before) {
      work = left.cost();
      total = before.size() + left.tasks().size();
      count(before);
      left.tasks().forEach(task -> costs.put(task.key(), task.cost()));
    }

    Progress after(List<LedgerRow> ended) {
      count(ended);
      ended.forEach(row -> worked += costs.get(row.text(Column.RUN)));
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Progress(done, total, failed, seconds * (work - worked) / worked);
    }

    private void count(Collection<LedgerRow> rows) {
      done += rows.size();
      failed += (int) rows.stream().filter(LedgerRow::failed).count();
    }
  }
}
