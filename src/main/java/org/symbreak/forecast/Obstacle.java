package org.symbreak.forecast;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.Precision;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.setting.OptimizerSpec;

/** What keeps a run where it begins, whatever the number of steps: read off the first gradient. */
final class Obstacle {
  /** Steps are as good as none where all of them move weights by less than this share. */
  private static final double MOVED = 0.01;

  private final TrainingProblem problem;
  private final double[] start;
  private final DenseShape shape;

  Obstacle(TrainingProblem problem, double[] start) {
    this.problem = problem;
    this.start = start;
    this.shape = problem.network().shape(problem.rows().features());
  }

  /** Why the weights will not move in so many steps; empty where they may. */
  Optional<String> of(long steps) {
    if (shape.hiddenLayers() == 0) {
      return Optional.empty();
    }
    Gradients gradients = gradients();
    if (gradients.weights(g -> g == 0) && gradients.hiddenBiases(g -> g == 0)) {
      int distinct = distinct();
      return Optional.of(
          String.format(
              Locale.ROOT,
              "every weight's gradient is exactly 0, so that the first layer keeps its %d distinct"
                  + " unit%s of %d",
              distinct,
              distinct == 1 ? "" : "s",
              shape.units(0)));
    }
    if (problem.optimizer().kind().isLineSearch()
        || moved(gradients, steps) * growth(gradients) >= MOVED) {
      return Optional.empty();
    }
    boolean underflows =
        problem.network().precision() == Precision.FLOAT && gradients.weights(g -> (float) g == 0);
    return Optional.of(
        underflows
            ? "every weight's gradient is less than a float can hold (underflow)"
            : String.format(
                Locale.ROOT,
                "the weights' gradients, %.2g at the most, are so %s that %d steps do not move the"
                    + " weights of any layer by 1 %%",
                largest(gradients),
                problem.optimizer().kind() == OptimizerSpec.Kind.ADAM
                    ? String.format(
                        Locale.ROOT, "far below Adam's ε of %.0e", OptimizerSpec.ADAM_EPSILON)
                    : "small",
                steps));
  }

  /**
   * Of the weights at the start.
   *
   * @param seen what the first step sees: all rows' mean, or where it takes some of them the root
   *     of the mean of the squares of single rows'
   * @param single that root in any case: no step sees more, whichever rows it takes and whatever
   *     cancels in their mean
   * @param residual root of the mean square of what single rows' predictions are off
   * @param missing what the mean prediction lacks of the share of class 1 of all rows, in log odds
   * @param off the same as a share, or in steps that take some of the rows the residual
   */
  private record Gradients(
      double[] seen,
      double[] single,
      double residual,
      double missing,
      double off,
      DenseShape shape) {
    boolean weights(DoublePredicate holds) {
      for (int layer = 0; layer < shape.layers(); layer++) {
        if (!Arrays.stream(seen, shape.weights(layer), shape.biases(layer)).allMatch(holds)) {
          return false;
        }
      }
      return true;
    }

    /** The output's bias moves all the same: it tells rows apart as little as a constant does. */
    boolean hiddenBiases(DoublePredicate holds) {
      for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
        if (!Arrays.stream(seen, shape.biases(layer), shape.weights(layer + 1)).allMatch(holds)) {
          return false;
        }
      }
      return true;
    }
  }

  private Gradients gradients() {
    EncodedRows rows = SampledRows.of(problem.rows(), CoarseTraining.ROWS);
    double[][] x = rows.first(rows.rows());
    DenseNetwork network = new DenseNetwork(shape, problem.network().activations(), start);
    SigmoidCrossEntropy loss =
        new SigmoidCrossEntropy(problem.weightOfZero(), problem.weightOfOne());
    double[] mean = new double[shape.parameters()];
    double[] single = new double[shape.parameters()];
    double[] row = new double[shape.parameters()];
    double predicted = 0;
    double residual = 0;
    int output = shape.biases(shape.layers() - 1);
    for (int i = 0; i < x.length; i++) {
      network.lossAndGradient(
          new double[][] {x[i]},
          new int[] {rows.label(i)},
          new double[] {rows.weight(i)},
          loss,
          0,
          row);
      for (int at = 0; at < row.length; at++) {
        mean[at] += row[at];
        single[at] += row[at] * row[at] / x.length;
      }
      double weight = weight(rows, i);
      predicted += (row[output] / Math.max(weight, Double.MIN_NORMAL) + rows.label(i)) / x.length;
      residual += row[output] * row[output] / x.length;
    }
    Arrays.setAll(mean, at -> mean[at] / x.length);
    Arrays.setAll(single, at -> Math.sqrt(single[at]));
    boolean full = problem.batchSize() >= problem.rows().rows();
    double share = share();
    residual = Math.sqrt(residual);
    return new Gradients(
        full ? mean : single,
        single,
        residual,
        logOdds(share) - logOdds(predicted),
        full ? Math.abs(share - predicted) : residual,
        shape);
  }

  /** Of class 1 in all rows, by their weights. */
  private double share() {
    EncodedRows rows = problem.rows();
    double ones = 0;
    double all = 0;
    for (int row = 0; row < rows.rows(); row++) {
      double weight = weight(rows, row);
      ones += rows.label(row) * weight;
      all += weight;
    }
    return ones / all;
  }

  private double weight(EncodedRows rows, int row) {
    return rows.weight(row)
        * (rows.label(row) == 1 ? problem.weightOfOne() : problem.weightOfZero());
  }

  private static double logOdds(double share) {
    return Math.log(share / (1 - share));
  }

  /**
   * By how much, of themselves, the weights of the fastest layer move in so many steps of the size
   * that the first gradient allows. Where that is next to nothing, the gradients, products of the
   * layers' weights, stay what they are, and so on. A step of Adam's is η g / (g + ε) at the most,
   * one of momentum adds up to η g / (1 − μ). Adam may move a hidden bias where no weight moves,
   * which then carries the others along: it is held to the size of its layer's weights.
   */
  private double moved(Gradients gradients, long steps) {
    OptimizerSpec optimizer = problem.optimizer();
    boolean adam = optimizer.kind() == OptimizerSpec.Kind.ADAM;
    double momentum =
        optimizer.kind() == OptimizerSpec.Kind.NESTEROV ? 1 / (1 - optimizer.momentum()) : 1;
    double moved = 0;
    for (int layer = 0; layer < shape.layers(); layer++) {
      double w = Math.max(rootMeanSquare(start, layer), Double.MIN_NORMAL);
      double g = rootMeanSquare(gradients.single, layer);
      if (adam && layer < shape.hiddenLayers() && gradients.residual > 0) {
        double bias =
            Arrays.stream(gradients.single, shape.biases(layer), shape.weights(layer + 1))
                .max()
                .orElse(0);
        g = Math.max(g, bias * gradients.off / gradients.residual);
      }
      double size = adam ? g / (g + OptimizerSpec.ADAM_EPSILON) : g * momentum;
      moved = Math.max(moved, steps * optimizer.learningRate() * size / w);
    }
    return moved;
  }

  /**
   * By how much the layers' weights and biases may carry each other along while the output's bias
   * finds the share of the class: each by a factor of e for what it moves, in log odds.
   */
  private double growth(Gradients gradients) {
    return problem.optimizer().kind() == OptimizerSpec.Kind.ADAM
        ? 1
        : Math.exp(shape.layers() * Math.abs(gradients.missing));
  }

  private double largest(Gradients gradients) {
    double largest = 0;
    for (int layer = 0; layer < shape.layers(); layer++) {
      largest = Math.max(largest, rootMeanSquare(gradients.single, layer));
    }
    return largest;
  }

  private double rootMeanSquare(double[] parameters, int layer) {
    double squares = 0;
    for (int i = shape.weights(layer); i < shape.biases(layer); i++) {
      squares += parameters[i] * parameters[i];
    }
    return Math.sqrt(squares / (shape.biases(layer) - shape.weights(layer)));
  }

  /** How many units of the first hidden layer differ in what comes in or goes out. */
  int distinct() {
    int inputs = shape.inputs(0);
    int units = shape.units(0);
    Set<String> kinds = new HashSet<>();
    for (int unit = 0; unit < units; unit++) {
      StringBuilder kind = new StringBuilder();
      for (int i = 0; i < inputs; i++) {
        kind.append(start[unit * inputs + i]).append(' ');
      }
      kind.append(start[shape.biases(0) + unit]);
      for (int next = 0; next < shape.units(1); next++) {
        kind.append(' ').append(start[shape.weights(1) + next * units + unit]);
      }
      kinds.add(kind.toString());
    }
    return kinds.size();
  }
}
