package org.symbreak.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.symbreak.problem.InputException;

/**
 * How far a sweep is, read from its directory while it runs or afterwards.
 *
 * @param directory of the sweep
 * @param done runs
 * @param total runs
 * @param failed runs that were stuck or diverged
 * @param running whether a process is writing to the ledger
 * @param runsPerSecond at the last few hundred runs; NaN where there are too few
 * @param secondsLeft at that speed; NaN where it is not known
 */
public record SweepStatus(
    String directory,
    int done,
    int total,
    int failed,
    boolean running,
    double runsPerSecond,
    double secondsLeft) {
  /** Where a sweep says how many runs it has. */
  public static final String FILE = "plan.json";

  private static final int LAST_RUNS = 500;

  /**
   * What {@link #FILE} holds.
   *
   * @param format 1
   * @param runs of the sweep
   */
  public record Plan(int format, int runs) {
    /** A sweep of so many runs. */
    public Plan(int runs) {
      this(1, runs);
    }

    public String toJson() {
      return FiniteJson.write(this);
    }
  }

  /**
   * @throws InputException where there is no sweep in the directory
   */
  public static SweepStatus of(Path directory) throws IOException {
    Path plan = directory.resolve(FILE);
    if (!Files.isRegularFile(plan)) {
      throw InputException.of(
          directory.toString(),
          "the directory of a sweep, with " + FILE + " and ledger.csv",
          "no " + FILE);
    }
    JsonNode runs = new ObjectMapper().readTree(Files.readAllBytes(plan)).path("runs");
    if (!runs.canConvertToInt()) {
      throw InputException.of(plan.toString(), "the number of runs", runs.toString());
    }
    Path path = new Experiment(directory, false).ledger();
    List<LedgerRow> rows = Ledger.read(path);
    int failed = (int) rows.stream().filter(LedgerRow::failed).count();
    double speed = runsPerSecond(rows.subList(Math.max(0, rows.size() - LAST_RUNS), rows.size()));
    int left = runs.intValue() - rows.size();
    return new SweepStatus(
        directory.toString(),
        rows.size(),
        runs.intValue(),
        failed,
        Ledger.isBeingWritten(path),
        speed,
        left == 0 ? 0 : left / speed);
  }

  public String toJson() {
    return FiniteJson.write(this);
  }

  private static double runsPerSecond(List<LedgerRow> rows) {
    if (rows.size() < 2) {
      return Double.NaN;
    }
    Instant first = Instant.parse(rows.get(0).text(Column.FINISHED));
    Instant last = Instant.parse(rows.get(rows.size() - 1).text(Column.FINISHED));
    return (rows.size() - 1) / (Duration.between(first, last).toMillis() / 1000.0);
  }
}
