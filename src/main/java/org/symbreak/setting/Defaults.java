package org.symbreak.setting;

import java.util.List;
import org.symbreak.data.DataSpec;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;

/** What a run does where nobody says anything: the one place where these numbers stand. */
public final class Defaults {
  public static final String HIDDEN = "16";
  public static final String ACTIVATION = "tanh";
  public static final String INIT = "glorot";
  public static final String BIAS_INIT = "zeros";
  public static final double L2 = NetworkSpec.AUTO_L2;

  /**
   * What λ is, times the number of training rows, where it is left open: weights then have a prior
   * of standard deviation 1/√3, whatever the number of rows.
   */
  public static final double L2_TIMES_ROWS = 3;

  /** Different rows below which the data are a table to be learned rather than a sample. */
  public static final int FEWEST_ROWS = 10;

  public static final Precision PRECISION = Precision.FLOAT;
  public static final OptimizerSpec.Kind OPTIMIZER = OptimizerSpec.Kind.ADAM;

  /** Of adam. */
  public static final double LEARNING_RATE = 0.01;

  /** Of sgd and nesterov. */
  public static final double SLOPE_LEARNING_RATE = 0.1;

  public static final double MOMENTUM = 0.9;
  public static final String THRESHOLD = "0.5";
  public static final long SEED = 1;
  public static final String ENGINE = "auto";
  public static final int THREADS = 1;

  /** Up to this many training rows a step takes all of them. */
  public static final int FULL_BATCH_ROWS = 2048;

  /** Rows a step beyond that. */
  public static final int BATCH_SIZE = 128;

  public static final int FULL_BATCH_EPOCHS = 2000;
  public static final int FULL_BATCH_PATIENCE = 200;
  public static final int EPOCHS = 200;
  public static final int PATIENCE = 10;
  public static final int MEMBERS = 1;

  private Defaults() {}

  /** A run of these data with every default. */
  public static RunSpec run(DataSpec data) {
    return new RunSpec(data, network(), optimizer(), budget(), THRESHOLD, SEED, ENGINE, THREADS);
  }

  /** A run of this file with every default, but for as many epochs as small data get. */
  public static RunSpec fixedBudget(String file) {
    RunSpec run = run(DataSpec.of(file, null, null));
    BudgetSpec fixed =
        new BudgetSpec(BudgetSpec.AUTO, BudgetSpec.AUTO, false, BudgetSpec.AUTO, false);
    return run.withBudget(fixed);
  }

  public static NetworkSpec network() {
    return new NetworkSpec(
        List.of(Integer.valueOf(HIDDEN)),
        List.of(Activation.parse(ACTIVATION)),
        Initializations.parseLayers(INIT),
        Initializations.parseLayers(BIAS_INIT),
        L2,
        PRECISION);
  }

  /** Step size of the first iteration. */
  public static double learningRate(OptimizerSpec.Kind kind) {
    return kind == OptimizerSpec.Kind.ADAM ? LEARNING_RATE : SLOPE_LEARNING_RATE;
  }

  public static OptimizerSpec optimizer() {
    return new OptimizerSpec(
        OPTIMIZER, learningRate(OPTIMIZER), MOMENTUM, OptimizerSpec.Decay.NONE);
  }

  /** Early stopping, every number AUTO. */
  public static BudgetSpec budget() {
    return new BudgetSpec(BudgetSpec.AUTO, BudgetSpec.AUTO, true, BudgetSpec.AUTO, false);
  }

  /**
   * The run with every AUTO replaced.
   *
   * @param rows of the training part
   * @param fewDifferent whether fewer than {@link #FEWEST_ROWS} of them differ in their features
   */
  public static RunSpec resolve(RunSpec run, int rows, boolean fewDifferent) {
    NetworkSpec network = run.network();
    return run.withBudget(resolve(run.budget(), run.optimizer(), rows))
        .withNetwork(
            network.l2() == NetworkSpec.AUTO_L2
                ? network.withL2(fewDifferent ? 0 : L2_TIMES_ROWS / rows)
                : network);
  }

  /**
   * The budget with every AUTO replaced.
   *
   * @param rows of the training part
   */
  public static BudgetSpec resolve(BudgetSpec budget, OptimizerSpec optimizer, int rows) {
    int automatic =
        optimizer.kind().isLineSearch() || rows <= FULL_BATCH_ROWS
            ? BudgetSpec.FULL_BATCH
            : BATCH_SIZE;
    int batchSize = budget.batchSize() == BudgetSpec.AUTO ? automatic : budget.batchSize();
    boolean fullBatch = batchSize >= rows;
    return new BudgetSpec(
        budget.epochs() == BudgetSpec.AUTO
            ? fullBatch ? FULL_BATCH_EPOCHS : EPOCHS
            : budget.epochs(),
        batchSize,
        budget.earlyStopping(),
        budget.patience() == BudgetSpec.AUTO
            ? fullBatch ? FULL_BATCH_PATIENCE : PATIENCE
            : budget.patience(),
        budget.balancedClasses(),
        budget.members());
  }
}
