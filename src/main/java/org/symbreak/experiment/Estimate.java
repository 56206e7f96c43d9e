package org.symbreak.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
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

  private static final double TRIAL_SECONDS = 0.2;

  /**
   * @param parallelism how many run at a time, from 1
   */
  public static Estimate of(RunPlan left, int parallelism) {
    List<RunTask> byCost =
        left.tasks().stream().sorted(Comparator.comparingDouble(RunTask::cost)).toList();
    if (byCost.isEmpty()) {
      return new Estimate(0, 0);
    }
    List<Trial> trials =
        TRIED.stream()
            .map(share -> Trial.of(byCost.get((int) (share * (byCost.size() - 1)))))
            .toList();
    double seconds =
        byCost.size() * middle(trials, Trial::secondsARun)
            + left.cost() * middle(trials, Trial::secondsAnOperation);
    return new Estimate(byCost.size(), seconds / Math.min(parallelism, byCost.size()));
  }

  private static double middle(List<Trial> trials, ToDoubleFunction<Trial> of) {
    return trials.stream().mapToDouble(of).sorted().toArray()[trials.size() / 2];
  }

  /**
   * What a run cost.
   *
   * @param secondsARun that every run takes, however short
   * @param secondsAnOperation besides
   */
  private record Trial(double secondsARun, double secondsAnOperation) {
    /**
     * Trains for one epoch, two, four, and so on; the first time is not counted, since it warms the
     * machine up.
     */
    static Trial of(RunTask task) {
      int all = task.spec().budget().epochs();
      try (Dataset data = Dataset.open(task.spec().data(), task.spec().seed())) {
        seconds(task.spec(), data, 1);
        double shortest = seconds(task.spec(), data, 1);
        double longest = shortest;
        int epochs = 1;
        while (longest < TRIAL_SECONDS && epochs < all) {
          epochs = (int) Math.min(2L * epochs, all);
          longest = seconds(task.spec(), data, epochs);
        }
        double operations = task.cost() * (epochs - 1) / all;
        return new Trial(
            shortest, operations == 0 ? 0 : Math.max(0, (longest - shortest) / operations));
      }
    }

    private static double seconds(RunSpec spec, Dataset data, int epochs) {
      BudgetSpec full = spec.budget();
      BudgetSpec shortened =
          new BudgetSpec(
              epochs,
              full.batchSize(),
              full.earlyStopping(),
              full.patience(),
              full.balancedClasses());
      long start = System.nanoTime();
      Trainer.run(spec.withBudget(shortened), data, List.of());
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
