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
import org.symbreak.problem.InputException;

/**
 * Many runs in a directory: does those of a plan that the ledger there lacks. Interrupted at any
 * moment and called again, it goes on where it stopped.
 *
 * @param directory where {@code ledger.csv} is or will be
 */
public record Experiment(Path directory) {
  /** How far it is; seconds left at the speed until now, NaN before anything is done. */
  public record Progress(int done, int total, int failed, double secondsLeft) {}

  /** The runs that are done. */
  public Path ledger() {
    return directory.resolve("ledger.csv");
  }

  /**
   * What of a plan is still to be done.
   *
   * @throws InputException where the ledger there holds runs that the plan does not have
   */
  public RunPlan remaining(RunPlan plan) throws IOException {
    return plan.without(known(plan, Ledger.read(ledger())).keySet());
  }

  /**
   * Does what is left of a plan.
   *
   * @param progress told after every few runs
   * @return the rows of all runs, in the order of the plan
   * @throws InputException where the ledger there holds runs that the plan does not have, or
   *     somebody else writes to it
   */
  public List<LedgerRow> run(RunPlan plan, Workers workers, Consumer<Progress> progress)
      throws IOException {
    Files.createDirectories(directory);
    try (Ledger ledger = Ledger.open(ledger())) {
      Map<String, LedgerRow> rows = known(plan, Ledger.read(ledger()));
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

  private Map<String, LedgerRow> known(RunPlan plan, List<LedgerRow> rows) {
    Set<String> planned = plan.tasks().stream().map(RunTask::key).collect(Collectors.toSet());
    Map<String, LedgerRow> known = new LinkedHashMap<>();
    int strangers = 0;
    for (LedgerRow row : rows) {
      strangers += planned.contains(row.text(Column.RUN)) ? 0 : 1;
      known.put(row.text(Column.RUN), row);
    }
    if (strangers > 0) {
      throw InputException.of(
          ledger().toString(),
          "runs of this experiment only",
          strangers + " others of " + rows.size() + ": settings or data were different",
          "another directory with --out",
          "--force to begin anew");
    }
    return known;
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
      for (int i = 0; i < left.tasks().size(); i++) {
        costs.put(left.tasks().get(i).key(), left.costs().get(i));
      }
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
