package org.symbreak.diagnosis;

import java.util.Arrays;
import java.util.List;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.forecast.Forecast;
import org.symbreak.model.Evaluation;
import org.symbreak.model.RowNetwork;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.optimizer.StopReason;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.symmetry.EvenSample;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.watch.HiddenUnitProbe;

/**
 * What was measured of a run, from its first weights to where it ended. Losses are mean
 * cross-entropies in nats, weighted as in training, without the penalty.
 *
 * @param network that was trained
 * @param optimizer by which
 * @param standardized whether numbers were standardized
 * @param weighted whether the classes count differently
 * @param stopped why it ended; null while it goes on
 * @param keptIteration at which the weights stood that are kept
 * @param constantLoss of the training rows, where every row gets the best same probability
 * @param firstLoss of the training rows at the first weights
 * @param trail two moments before the end
 * @param last the moment at which training ended
 * @param first hidden layers at the first weights
 * @param units hidden layers at the weights that are kept, which every other figure is of
 * @param firstSignal root of the mean square of the last hidden layer's activations at the first
 *     weights; null without hidden layers
 * @param largestFeature the largest root mean square of a feature over training rows
 * @param delay why a run that has come no further than a constant prediction was to be expected
 *     there after these steps, by a forecast from its first weights; null where it has, and where
 *     none says so
 * @param train at the weights that are kept; null where they give no numbers
 * @param validation likewise; null without such rows, too
 * @param test likewise
 */
public record RunMeasures(
    NetworkSpec network,
    OptimizerSpec optimizer,
    boolean standardized,
    boolean weighted,
    StopReason stopped,
    long keptIteration,
    double constantLoss,
    double firstLoss,
    LossTrail trail,
    LossTrail.Moment last,
    List<LayerSymmetry> first,
    List<LayerSymmetry> units,
    Double firstSignal,
    double largestFeature,
    String delay,
    Evaluation train,
    Evaluation validation,
    Evaluation test) {
  private static final int MOST_ROWS = 256;

  /** A loss less than this share below a constant prediction's has learned nothing to speak of. */
  private static final double PLATEAU = 0.01;

  public RunMeasures {
    first = List.copyOf(first);
    units = List.copyOf(units);
  }

  /**
   * How a run ended.
   *
   * @param stopped why; null while it goes on
   * @param constantLoss of the training rows
   * @param trail two moments before
   * @param last the last moment
   * @param keptIteration at which the weights stood that are kept
   * @param keptWeights flat
   */
  public record Ending(
      StopReason stopped,
      double constantLoss,
      LossTrail trail,
      LossTrail.Moment last,
      long keptIteration,
      double[] keptWeights) {
    private boolean isOnPlateau() {
      return RunMeasures.isOnPlateau(last, constantLoss);
    }
  }

  /** Measures what is left to be measured. */
  public static RunMeasures of(
      TrainingProblem problem,
      boolean standardized,
      Ending ending,
      Evaluation train,
      Evaluation validation,
      Evaluation test) {
    NetworkSpec network = problem.network();
    DenseShape shape = network.shape(problem.rows().features());
    double[] firstWeights =
        network.initialParameters(shape.inputs(0), problem.seed(), problem.rows()::first);
    double[][] rows = rows(problem.rows());
    return new RunMeasures(
        network,
        problem.optimizer(),
        standardized,
        problem.weightOfOne() != problem.weightOfZero(),
        ending.stopped,
        ending.keptIteration,
        ending.constantLoss,
        loss(problem, firstWeights),
        ending.trail,
        ending.last,
        layers(problem, shape, firstWeights),
        layers(problem, shape, ending.keptWeights),
        shape.hiddenLayers() == 0
            ? null
            : signal(new DenseNetwork(shape, network.activations(), firstWeights), rows),
        largestFeature(rows),
        ending.isOnPlateau()
            ? Forecast.delay(problem, firstWeights, ending.last.iteration()).orElse(null)
            : null,
        train,
        validation,
        test);
  }

  private static double loss(TrainingProblem problem, double[] parameters) {
    EncodedRows rows = problem.rows();
    RowNetwork network = new RowNetwork(problem.network(), rows.oneHot(), parameters);
    SigmoidCrossEntropy weights =
        new SigmoidCrossEntropy(problem.weightOfZero(), problem.weightOfOne());
    double[] numbers = new double[rows.oneHot().numbers()];
    int[] ones = new int[rows.oneHot().groups()];
    double sum = 0;
    for (int i = 0; i < rows.rows(); i++) {
      rows.inShort(i, numbers, ones);
      double loss = SigmoidCrossEntropy.loss(network.outputSum(numbers, ones), rows.label(i));
      sum += rows.weight(i) * (weights.weight(rows.label(i)) * loss);
    }
    return sum / rows.totalWeight();
  }

  private static List<LayerSymmetry> layers(
      TrainingProblem problem, DenseShape shape, double[] weights) {
    return shape.hiddenLayers() == 0
        ? List.of()
        : HiddenUnitProbe.of(problem.network(), problem.rows()).measure(shape, weights);
  }

  private static double[][] rows(EncodedRows all) {
    int[] picked = EvenSample.of(all.rows(), MOST_ROWS);
    double[][] rows = new double[picked.length][all.features()];
    for (int i = 0; i < rows.length; i++) {
      all.features(picked[i], rows[i], 0);
    }
    return rows;
  }

  private static double signal(DenseNetwork network, double[][] rows) {
    return Math.sqrt(
        Arrays.stream(rows)
            .map(network::hiddenActivations)
            .flatMapToDouble(layers -> Arrays.stream(layers[layers.length - 1]))
            .map(activation -> activation * activation)
            .average()
            .orElse(0));
  }

  private static double largestFeature(double[][] rows) {
    double largest = 0;
    for (int feature = 0; feature < rows[0].length; feature++) {
      double squares = 0;
      for (double[] row : rows) {
        squares += row[feature] * row[feature];
      }
      largest = Math.max(largest, squares / rows.length);
    }
    return Math.sqrt(largest);
  }

  /** Whether the loss at the end is no lower than a constant prediction's, to speak of. */
  boolean isOnPlateau() {
    return isOnPlateau(last, constantLoss);
  }

  private static boolean isOnPlateau(LossTrail.Moment last, double constantLoss) {
    return last.loss() >= (1 - PLATEAU) * constantLoss;
  }

  /** The rows that judge: those of the test, or else of the validation; null without either. */
  Evaluation judges() {
    return test != null ? test : validation;
  }
}
