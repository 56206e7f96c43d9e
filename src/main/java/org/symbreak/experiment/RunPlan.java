package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.engine.ConstantPrediction;
import org.symbreak.network.NetworkSpec;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;

/**
 * Runs to be done, their data looked at once: every one of them can begin.
 *
 * @param tasks in the order in which they should be begun, no two alike
 * @param notices what the user should know of the data, a sentence each
 */
public record RunPlan(List<RunTask> tasks, List<String> notices) {
  public RunPlan {
    tasks = List.copyOf(tasks);
    notices = List.copyOf(notices);
  }

  /**
   * Opens each data set once, with the first seed.
   *
   * @param runs what is to be done
   * @param targetLoss the validation loss whose first reaching is noted; NaN for half the loss of
   *     always giving the share of the positive class
   * @throws InputException with all faults of all data sets
   */
  public static RunPlan of(List<RunSpec> runs, double targetLoss) {
    return of(runs, targetLoss, true);
  }

  /** The same of parts of one file, validation rows or not. */
  static RunPlan withoutValidation(List<RunSpec> runs, double targetLoss) {
    return of(runs, targetLoss, false);
  }

  private static RunPlan of(List<RunSpec> runs, double targetLoss, boolean validated) {
    List<Problem> problems = new ArrayList<>();
    Map<DataSpec, DataFacts> facts = new HashMap<>();
    Set<String> notices = new LinkedHashSet<>();
    for (RunSpec run : runs) {
      if (!facts.containsKey(run.data())) {
        // parts of one file have the same to tell
        Set<String> told = validated || facts.isEmpty() ? notices : new LinkedHashSet<>();
        facts.put(run.data(), DataFacts.of(run, validated, problems, told));
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    checkNetworks(runs, facts);
    // runs that are written differently may be one: a batch of auto is full where rows are few
    Map<String, RunTask> tasks = new LinkedHashMap<>();
    for (RunSpec run : runs) {
      RunTask task = facts.get(run.data()).task(run, targetLoss);
      tasks.putIfAbsent(task.key(), task);
    }
    return new RunPlan(List.copyOf(tasks.values()), List.copyOf(notices));
  }

  /** What is not among these keys. */
  public RunPlan without(Set<String> keys) {
    return new RunPlan(tasks.stream().filter(task -> !keys.contains(task.key())).toList(), notices);
  }

  /** Another plan's runs and then these, with what is to be known of these. */
  RunPlan after(RunPlan other) {
    Map<String, RunTask> all = new LinkedHashMap<>();
    other.tasks.forEach(task -> all.putIfAbsent(task.key(), task));
    tasks.forEach(task -> all.putIfAbsent(task.key(), task));
    return new RunPlan(List.copyOf(all.values()), notices);
  }

  /** Operations of all runs together. */
  public double cost() {
    return tasks.stream().mapToDouble(RunTask::cost).sum();
  }

  /**
   * Draws the weights of every network once, so that what cannot begin is known before anything
   * runs.
   */
  private static void checkNetworks(List<RunSpec> runs, Map<DataSpec, DataFacts> facts) {
    record Start(NetworkSpec network, int inputs) {}
    runs.stream()
        .filter(run -> !run.network().weights().lookAtRows())
        .map(run -> new Start(run.network(), facts.get(run.data()).features))
        .distinct()
        .forEach(start -> start.network.initialParameters(start.inputs, 0));
  }

  /**
   * What the runs on a data set need to know of it.
   *
   * @param ignorance cross-entropy of giving each row the share of the positive class
   */
  private record DataFacts(String hash, int trainRows, int features, double ignorance) {
    /**
     * Operations a parameter, a row and a step: forward, backward and gradient, a multiplication
     * and an addition each.
     */
    private static final double OPERATIONS = 6;

    /** What a step costs beside its arithmetic, in operations. */
    private static final double STEP = 10_000;

    /** The target where none is given, as a share of the ignorance. */
    private static final double TARGET_SHARE = 0.5;

    static DataFacts of(
        RunSpec run, boolean validated, List<Problem> problems, Set<String> notices) {
      try (Dataset data = Dataset.open(run.data(), run.seed())) {
        notices.addAll(data.notices());
        if (validated && data.validation().rows() == 0 && run.budget().members() == 1) {
          problems.add(
              new Problem(run.data().file(), "validation rows to compare runs by", "none"));
        }
        return new DataFacts(
            data.sha256(),
            data.train().rows(),
            data.train().features(),
            ConstantPrediction.loss(data.train()));
      } catch (InputException e) {
        problems.addAll(e.problems());
        return null;
      }
    }

    /** With both classes weighing the same, as with as many rows of each. */
    private double ignorance(BudgetSpec budget) {
      return budget.balancedClasses() ? ConstantPrediction.loss(0.5) : ignorance;
    }

    RunTask task(RunSpec run, double targetLoss) {
      BudgetSpec budget = Defaults.resolve(run.budget(), run.optimizer(), trainRows);
      double parameters = run.network().shape(features).parameters();
      double steps = Math.ceil((double) trainRows / Math.min(trainRows, budget.batchSize()));
      double cost =
          budget.members() * budget.epochs() * (OPERATIONS * parameters * trainRows + STEP * steps);
      return RunTask.of(
          run.withBudget(budget),
          hash,
          Double.isNaN(targetLoss) ? TARGET_SHARE * ignorance(budget) : targetLoss,
          cost);
    }
  }
}
