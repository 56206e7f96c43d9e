package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.symbreak.data.Dataset;
import org.symbreak.training.BudgetSpec;
import org.symbreak.training.RunSpec;
import org.symbreak.training.Trainer;

/**
 * How long runs will take: a few of them, small, middling and large, are begun for a fraction of a
 * second each, and nothing of them is kept.
 *
 * @param runs how many are to be done
 * @param seconds they will take on so many workers, roughly; less where runs stop early
 */
public record Estimate(int runs, double seconds) {
  /** Which runs are tried, as shares of the way from the cheapest to the dearest. */
  private static final List<Double> TRIED = List.of(0.2, 0.5, 0.9);

  private static final double TRIAL_SECONDS = 0.3;

  /**
   * @param parallelism how many run at a time, from 1
   */
  public static Estimate of(RunPlan left, int parallelism) {
    List<RunTask> byCost =
        left.tasks().stream().sorted(Comparator.comparingDouble(RunTask::cost)).toList();
    if (byCost.isEmpty()) {
      return new Estimate(0, 0);
    }
    List<Double> rates = new ArrayList<>();
    for (double share : TRIED) {
      rates.add(secondsPerOperation(byCost.get((int) (share * (byCost.size() - 1)))));
    }
    rates.sort(Comparator.naturalOrder());
    double atOnce = Math.min(parallelism, byCost.size());
    return new Estimate(byCost.size(), left.cost() * rates.get(rates.size() / 2) / atOnce);
  }

  /** Trains for one epoch, two, four, and so on, which also warms the machine up. */
  private static double secondsPerOperation(RunTask task) {
    RunSpec spec = task.spec();
    BudgetSpec full = spec.budget();
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      for (int epochs = 1; ; epochs = (int) Math.min(2L * epochs, full.epochs())) {
        BudgetSpec shortened =
            new BudgetSpec(
                epochs,
                full.batchSize(),
                full.earlyStopping(),
                full.patience(),
                full.balancedClasses());
        long start = System.nanoTime();
        Trainer.run(spec.withBudget(shortened), data, List.of());
        double seconds = (System.nanoTime() - start) / 1e9;
        if (seconds > TRIAL_SECONDS || epochs == full.epochs()) {
          return seconds / (task.cost() * epochs / full.epochs());
        }
      }
    }
  }
}
