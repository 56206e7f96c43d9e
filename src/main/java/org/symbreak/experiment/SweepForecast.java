package org.symbreak.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.symbreak.data.Dataset;
import org.symbreak.forecast.Waiting;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.RunSpec;

/**
 * What is foretold of a sweep's settings before any of them is trained: of each the run with its
 * first seed. Kept beside the ledger, from which the page draws where it changes.
 *
 * @param format 1
 * @param runs one a setting; line searches, of which nothing is foretold, left out
 */
public record SweepForecast(int format, List<Foretold> runs) {
  /** Its name in the sweep's directory. */
  public static final String FILE = "forecast.json";

  /** Settings at the most: a forecast is a small training, and a page shows no more. */
  public static final int MOST = 400;

  /** Products of rows and parameters a setting, at the most. */
  private static final double WORK = 2e7;

  /**
   * @param run its key in the ledger
   * @param steps of the run
   * @param plateauEnd step at which the training loss is 5 % below a constant prediction's; null
   *     for none of its steps
   */
  public record Foretold(String run, long steps, Long plateauEnd) {}

  public SweepForecast {
    runs = List.copyOf(runs);
  }

  /**
   * The settings of which something can be foretold, each as its first run.
   *
   * @param plan of all runs
   */
  public static List<RunTask> settings(RunPlan plan) {
    Map<RunSpec, RunTask> first = new LinkedHashMap<>();
    for (RunTask task : plan.tasks()) {
      RunSpec spec = task.spec();
      if (!spec.optimizer().kind().isLineSearch() && !spec.network().hidden().isEmpty()) {
        first.putIfAbsent(spec.withSeed(0), task);
      }
    }
    return List.copyOf(first.values());
  }

  /**
   * @param settings {@link #settings}
   * @param progress told how many are done
   */
  public static SweepForecast of(Collection<RunTask> settings, IntConsumer progress) {
    List<Foretold> runs = new ArrayList<>();
    try (DatasetCache opened = new DatasetCache(1, Dataset::open)) {
      for (RunTask task : settings) {
        try (DatasetCache.Lease lease = opened.lease(task.spec().data(), task.spec().seed())) {
          ResolvedRun run = ResolvedRun.of(task.spec(), lease.data());
          Waiting waiting = Waiting.withoutLaw(run.problem(), run.start(), run.steps(), WORK);
          runs.add(new Foretold(task.key(), run.steps(), waiting.plateauEnd()));
        }
        progress.accept(runs.size());
      }
    }
    return new SweepForecast(1, runs);
  }

  public String toJson() {
    return FiniteJson.write(this);
  }

  /** Of the runs by their keys whether they leave the plateau; empty where nothing was foretold. */
  public static Map<String, Boolean> read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    Map<String, Boolean> leaves = new HashMap<>();
    if (Files.exists(file)) {
      for (JsonNode run : new ObjectMapper().readTree(file.toFile()).path("runs")) {
        leaves.put(run.path("run").asText(), run.path("plateauEnd").isNumber());
      }
    }
    return leaves;
  }
}
