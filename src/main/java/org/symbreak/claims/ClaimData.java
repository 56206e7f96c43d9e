package org.symbreak.claims;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.ConstantPrediction;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.film.RowSample;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.random.Streams;
import org.symbreak.run.ResolvedRun;
import org.symbreak.run.TrainedRun;
import org.symbreak.run.Trainer;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;

/**
 * What claims are measured on.
 *
 * @param source the file
 * @param dataset the file, read
 * @param x features of the training rows, or of evenly spread ones where there are many
 * @param y their labels, 0 or 1
 * @param hidden units of the hidden layer where the claim leaves that open, from 2
 * @param engines the engine for a problem
 * @param seed of everything that is left to chance
 * @param yardsticks what losses are held against, computed once
 */
public record ClaimData(
    DataSpec source,
    Dataset dataset,
    double[][] x,
    int[] y,
    int hidden,
    Function<TrainingProblem, Engine> engines,
    long seed,
    Yardsticks yardsticks) {
  /** Rows that are taken at the most: enough to tell, few enough for five seeds in a minute. */
  static final int MOST_ROWS = 250;

  public ClaimData {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    Objects.requireNonNull(engines, "engines");
    if (hidden < 2) {
      throw new IllegalArgumentException("hidden must be from 2, found " + hidden);
    }
  }

  /** Takes the training rows of a data set that is open. */
  public static ClaimData of(
      DataSpec source,
      Dataset dataset,
      int hidden,
      Function<TrainingProblem, Engine> engines,
      long seed) {
    RowSample sample = RowSample.of(dataset.train(), MOST_ROWS);
    return new ClaimData(
        source, dataset, sample.x(), sample.y(), hidden, engines, seed, new Yardsticks());
  }

  /** The best that one unit does on these rows. */
  double bestOfOneUnit() {
    return yardsticks.bestOfOneUnit(this);
  }

  /** The loss at which a network counts as having learned. */
  double target() {
    return yardsticks.target(this);
  }

  /** A seed of its own for each further draw; none is another data's seed. */
  long derivedSeed(long number) {
    return Streams.seed(seed, 11, number);
  }

  int features() {
    return x[0].length;
  }

  /** The same rows for an engine. */
  EncodedRows rows() {
    return encode(x, y);
  }

  static EncodedRows encode(double[][] x, int[] y) {
    return arrays(x, y).train();
  }

  private static Dataset arrays(double[][] x, int[] y) {
    return Dataset.ofArrays(x, y, new double[0][], new int[0], new double[0][], new int[0]);
  }

  ClaimData withRows(double[][] otherX, int[] otherY) {
    return new ClaimData(source, dataset, otherX, otherY, hidden, engines, seed, new Yardsticks());
  }

  ClaimData withEngines(Function<TrainingProblem, Engine> others) {
    return new ClaimData(source, dataset, x, y, hidden, others, seed, new Yardsticks());
  }

  /** Both classes, so many rows of each at the most, in the order of the rows. */
  ClaimData withClasses(int zeros, int ones) {
    int[] left = {zeros, ones};
    int[] kept = new int[y.length];
    int count = 0;
    for (int row = 0; row < y.length; row++) {
      if (left[y[row]]-- > 0) {
        kept[count++] = row;
      }
    }
    double[][] someX = new double[count][];
    int[] someY = new int[count];
    for (int i = 0; i < count; i++) {
      someX[i] = x[kept[i]];
      someY[i] = y[kept[i]];
    }
    return withRows(someX, someY);
  }

  /** Rows of the class that has fewer. */
  int rowsOfTheRarerClass() {
    int ones = 0;
    for (int label : y) {
      ones += label;
    }
    return Math.min(ones, y.length - ones);
  }

  /** Training of a network on all rows, full batch. */
  TrainingSession begin(NetworkSpec network, OptimizerSpec optimizer, double[] start) {
    return begin(network, optimizer, start, y.length);
  }

  /** Training of a network in batches of so many rows, in an order that the seed shuffles. */
  TrainingSession begin(
      NetworkSpec network, OptimizerSpec optimizer, double[] start, int batchSize) {
    TrainingProblem problem =
        new TrainingProblem(network, optimizer, rows(), 1, 1, batchSize, seed, 1);
    return engines.apply(problem).open(problem, start);
  }

  /**
   * A whole run on all rows, full batch, to the last of so many epochs or until a line search ends
   * by itself.
   */
  TrainedRun train(NetworkSpec network, OptimizerSpec optimizer, int epochs, long runSeed) {
    BudgetSpec budget =
        new BudgetSpec(epochs, BudgetSpec.FULL_BATCH, false, BudgetSpec.AUTO, false);
    RunSpec spec =
        Defaults.run(source)
            .withNetwork(network)
            .withOptimizer(optimizer)
            .withBudget(budget)
            .withSeed(runSeed);
    return Trainer.run(ResolvedRun.on(engines, spec, arrays(x, y)), List.of());
  }

  /** Mean cross-entropy of these rows, without penalty. */
  double loss(NetworkSpec network, double[] parameters) {
    return new DenseNetwork(network.shape(features()), network.activations(), parameters)
        .loss(x, y, new SigmoidCrossEntropy(), 0);
  }

  /** Loss of the best constant prediction, the share of ones. */
  double constantLoss() {
    return ConstantPrediction.loss((double) rowsOfTheRarerClass() / y.length);
  }

  /**
   * A network in double precision without penalty, as many units in each of so many hidden layers.
   */
  static NetworkSpec network(
      int depth, int units, Activation activation, String weights, String biases) {
    return new NetworkSpec(
        Collections.nCopies(depth, units),
        List.of(activation),
        Initializations.parseLayers(weights),
        Initializations.parseLayers(biases),
        0,
        Precision.DOUBLE);
  }

  /** The same network in single precision, for long runs whose rounding matters to nobody. */
  static NetworkSpec inFloats(NetworkSpec network) {
    return new NetworkSpec(
        network.hidden(),
        network.activations(),
        network.weights(),
        network.biases(),
        network.l2(),
        Precision.FLOAT);
  }

  /** Where such a network begins on these data. */
  double[] start(NetworkSpec network) {
    return network.initialParameters(features(), seed);
  }
}
