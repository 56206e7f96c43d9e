package org.symbreak.setting;

import java.util.Objects;
import org.symbreak.data.DataSpec;
import org.symbreak.network.NetworkSpec;

/**
 * One run as a value: enough to repeat it bit for bit on the same machine.
 *
 * @param data which rows
 * @param network what is trained
 * @param optimizer how parameters move
 * @param budget how long
 * @param threshold probability from which a row counts as positive: a number in [0, 1], or {@code
 *     f1} for the one with the best F1 on the validation rows
 * @param calibrate whether a line that makes probabilities right is folded into the output, by rows
 *     that the network is not trained on
 * @param seed of everything that is left to chance; any value, 0 as good as another
 * @param engine {@code auto}, {@code dl4j} or {@code fused}; a stored run has what auto resolved to
 * @param threads at the most, from 1; results are the same with any number
 */
public record RunSpec(
    DataSpec data,
    NetworkSpec network,
    OptimizerSpec optimizer,
    BudgetSpec budget,
    String threshold,
    boolean calibrate,
    long seed,
    String engine,
    int threads) {
  public RunSpec {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(budget, "budget");
    Objects.requireNonNull(threshold, "threshold");
    Objects.requireNonNull(engine, "engine");
    if (!isThreshold(threshold)) {
      throw new IllegalArgumentException(
          "threshold must be a number in [0, 1] or f1, found " + threshold);
    }
    if (budget.members() > 1) {
      data = wholly(data);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be from 1, found " + threads);
    }
  }

  /** A run that is not calibrated. */
  public RunSpec(
      DataSpec data,
      NetworkSpec network,
      OptimizerSpec optimizer,
      BudgetSpec budget,
      String threshold,
      long seed,
      String engine,
      int threads) {
    this(data, network, optimizer, budget, threshold, false, seed, engine, threads);
  }

  /** Without rows for validation alone: members hold out theirs. */
  private static DataSpec wholly(DataSpec data) {
    return new DataSpec(
        data.file(),
        data.format(),
        data.label(),
        data.positive(),
        data.numeric(),
        data.categorical(),
        data.ignore(),
        data.testFile(),
        data.testFraction(),
        0,
        data.standardize(),
        data.rulings());
  }

  /** The same run on other data. */
  public RunSpec withData(DataSpec other) {
    return new RunSpec(
        other, network, optimizer, budget, threshold, calibrate, seed, engine, threads);
  }

  /** The same run of another network. */
  public RunSpec withNetwork(NetworkSpec other) {
    return new RunSpec(data, other, optimizer, budget, threshold, calibrate, seed, engine, threads);
  }

  /** The same run with another optimizer. */
  public RunSpec withOptimizer(OptimizerSpec other) {
    return new RunSpec(data, network, other, budget, threshold, calibrate, seed, engine, threads);
  }

  /** The same run of another length. */
  public RunSpec withBudget(BudgetSpec other) {
    return new RunSpec(
        data, network, optimizer, other, threshold, calibrate, seed, engine, threads);
  }

  /** The same run on another engine. */
  public RunSpec withEngine(String other) {
    return with(Settings.ENGINE, other);
  }

  /** The same run from another seed. */
  public RunSpec withSeed(long other) {
    return with(Settings.SEED, other);
  }

  /** The same run but for one setting. */
  public <T> RunSpec with(Setting<T> setting, T value) {
    return setting.with(this, value);
  }

  /** Whether a text is a threshold: a number in [0, 1], or {@code f1}. */
  static boolean isThreshold(String text) {
    if (text.equals("f1")) {
      return true;
    }
    try {
      double value = Double.parseDouble(text);
      return value >= 0 && value <= 1;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** As JSON; {@link #fromJson} gives an equal value back. */
  public String toJson() {
    return SettingsJson.of(this).toPrettyString();
  }

  /**
   * @param place what to call the text in messages, such as the file's name
   * @throws org.symbreak.problem.InputException that lists every fault
   */
  public static RunSpec fromJson(String place, String json) {
    return SettingsJson.run(place, RunJson.parse(place, json));
  }

  /**
   * The command that repeats it: {@code symbreak train ...}, with what differs from the defaults.
   */
  public String toCommand() {
    return RunCommand.of(this);
  }
}
