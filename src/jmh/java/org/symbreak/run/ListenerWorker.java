package org.symbreak.run;

import org.symbreak.engine.TrainingProblem;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.watch.LookSchedule;
import org.symbreak.watch.RunSimilarity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.symbreak.benchmark.BenchmarkRows;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.network.NetworkSpec;

/**
 * What {@code train} pays for measuring its hidden units as often as it does by default: the same run with its usual looks and with a first and a last one alone, in turn. Arguments: rounds,
 * rows, features and widths. A line a width: units, steps between two looks, microseconds a step without, and the share that looking adds, medians over rounds.
 * Time is this thread's on a processor.
 */
final class ListenerWorker {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int LOOKS = 2;
  private static final double SHORTEST_SECONDS = 0.5;
  private static final int FIRST_STEPS = 50;
  private static final double WARM_UP_SECONDS = 3;
  private static final LookSchedule NEVER = new LookSchedule(Long.MAX_VALUE);

  private final Dataset data;
  private final Path metrics;

  private ListenerWorker(Dataset data, Path metrics) {
    this.data = data;
    this.metrics = metrics;
  }

  public static void main(String[] arguments) throws IOException {
    int[] numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    Path metrics = Files.createTempFile("metrics", ".csv");
    try (Dataset data = data(numbers[1], numbers[2])) {
      ListenerWorker worker = new ListenerWorker(data, metrics);
      for (int i = 3; i < numbers.length; i++) {
        System.out.println("= " + worker.share(numbers[i], numbers[0]));
        System.out.flush();
      }
    } finally {
      Files.deleteIfExists(metrics);
    }
  }

  private static Dataset data(int rows, int features) {
    BenchmarkRows drawn = BenchmarkRows.draw(rows, features);
    double[][] x = new double[rows][features];
    int[] y = new int[rows];
    for (int row = 0; row < rows; row++) {
      drawn.features(row, x[row], 0);
      y[row] = drawn.label(row);
    }
    return Dataset.ofArrays(x, y, new double[0][features], new int[0], x, y);
  }

  private String share(int units, int rounds) throws IOException {
    RunSpec few = run(units, FIRST_STEPS);
    double warm = 0;
    while (warm < WARM_UP_SECONDS) {
      warm += seconds(few, LookSchedule.EVERY_ITERATION);
    }
    seconds(few, NEVER);
    double aStep = seconds(few, NEVER) / FIRST_STEPS;
    long every = every(few);
    int steps = (int) Math.max(LOOKS * every, Math.min(100_000, SHORTEST_SECONDS / aStep));
    RunSpec spec = run(units, steps);
    seconds(spec, NEVER);
    seconds(spec, null);
    double[] shares = new double[rounds];
    double[] alone = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      alone[round] = seconds(spec, NEVER);
      shares[round] = seconds(spec, null) / alone[round] - 1;
    }
    Arrays.sort(shares);
    Arrays.sort(alone);
    return units + " " + every + " " + alone[rounds / 2] / steps * 1e6 + " " + shares[rounds / 2];
  }

  private static RunSpec run(int units, int steps) {
    RunSpec spec = Defaults.run(DataSpec.of("none", "label", null));
    NetworkSpec usual = spec.network();
    NetworkSpec network = new NetworkSpec(List.of(units), usual.activations(), usual.weights(), usual.biases(), 0, usual.precision());
    return spec.withNetwork(network).withBudget(new BudgetSpec(steps, BudgetSpec.FULL_BATCH, false, 1, false));
  }

  private long every(RunSpec spec) {
    RunSimilarity listener = new RunSimilarity(ResolvedRun.of(spec, data).problem(), null);
    long every = 1;
    while (!listener.looksAt(every)) {
      every++;
    }
    return every;
  }

  /**
   * @param schedule when to look; null for the default
   */
  private double seconds(RunSpec spec, LookSchedule schedule) throws IOException {
    TrainingProblem problem = ResolvedRun.of(spec, data).problem();
    try (RecordedMetrics recorded = RecordedMetrics.open(metrics, problem, schedule, 0)) {
      long begin = THREADS.getCurrentThreadCpuTime();
      Trainer.run(spec, data, List.of(recorded));
      return (THREADS.getCurrentThreadCpuTime() - begin) / 1e9;
    }
  }
}
