package org.symbreak.experiment;

import java.util.Comparator;
import java.util.List;
import org.symbreak.data.Dataset;
import org.symbreak.run.Trainer;
import org.symbreak.setting.RunSpec;

/**
 * How long runs will take: a typical one is tried for a second or two, and nothing of it is kept.
 *
 * @param runs how many are to be done
 * @param secondsBefore the first one runs well, however many they are
 * @param secondsOfRuns that all of them will take besides, on so many workers
 */
public record Estimate(int runs, double secondsBefore, double secondsOfRuns) {
  /** Long enough for the machine to warm up. */
  private static final double TRIAL_SECONDS = 1.5;

  /** A trial that is this long is not made longer. */
  private static final double LONG_RUN_SECONDS = 0.5;

  /**
   * @param parallelism how many run at a time, from 1
   */
  public static Estimate of(RunPlan left, int parallelism) {
    int runs = left.tasks().size();
    if (runs == 0) {
      return new Estimate(0, 0, 0);
    }
    Trial trial = Trial.of(typical(left), runs);
    double seconds = runs * trial.secondsARun + left.cost() * trial.secondsAnOperation;
    return new Estimate(runs, trial.secondsBefore, seconds / Math.min(parallelism, runs));
  }

  /** For so many runs that cost as much as these do on average. */
  public Estimate forRuns(int number) {
    return number == 0 || runs == 0
        ? new Estimate(number, 0, 0)
        : new Estimate(number, secondsBefore, secondsOfRuns * number / runs);
  }

  /**
   * How long they will take, roughly, and at the most: runs that are stuck stop early, and the
   * machine is faster once it is warm.
   */
  public double seconds() {
    return secondsBefore + secondsOfRuns;
  }

  /**
   * The run at the middle of the work: those that cost less and those that cost more are as much
   * work together.
   */
  private static RunTask typical(RunPlan left) {
    List<RunTask> byCost =
        left.tasks().stream().sorted(Comparator.comparingDouble(RunTask::cost)).toList();
    double before = 0;
    for (RunTask task : byCost) {
      before += task.cost();
      if (before >= left.cost() / 2) {
        return task;
      }
    }
    return byCost.get(byCost.size() - 1);
  }

  /**
   * What a run costs.
   *
   * @param secondsBefore the first one runs well: to read the data, and for a cold machine
   * @param secondsARun that every run takes, however short
   * @param secondsAnOperation besides
   */
  private record Trial(double secondsBefore, double secondsARun, double secondsAnOperation) {
    /**
     * Trains for one epoch, two, four and so on, then again as long; the fastest counts.
     *
     * @param most times at full length
     */
    static Trial of(RunTask task, int most) {
      int all = task.spec().budget().epochs();
      int epochs = 1;
      double fastest = Double.POSITIVE_INFINITY;
      long start = System.nanoTime();
      try (Dataset data = Dataset.open(task.spec().data(), task.spec().seed())) {
        seconds(task.spec(), data, 1);
        double before = since(start);
        for (int times = 0; times < most && since(start) < TRIAL_SECONDS; ) {
          double seconds = seconds(task.spec(), data, epochs);
          if (epochs < all && seconds < LONG_RUN_SECONDS) {
            epochs = (int) Math.min(2L * epochs, all);
            fastest = Double.POSITIVE_INFINITY;
          } else {
            fastest = Math.min(fastest, seconds);
            times++;
          }
        }
        fastest = Math.min(fastest, seconds(task.spec(), data, epochs));
        double shortest = Math.min(fastest, seconds(task.spec(), data, 1));
        double operations = task.cost() * (epochs - 1) / all;
        return new Trial(before, shortest, operations == 0 ? 0 : (fastest - shortest) / operations);
      }
    }

    private static double seconds(RunSpec spec, Dataset data, int epochs) {
      long start = System.nanoTime();
      Trainer.run(spec.withBudget(spec.budget().withEpochs(epochs)), data, List.of());
      return since(start);
    }

    private static double since(long start) {
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
