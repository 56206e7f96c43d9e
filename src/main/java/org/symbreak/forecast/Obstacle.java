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
    if (gradients.all(g -> g == 0)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "every weight's gradient is exactly 0; %d of the %d units of the first layer are"
                  + " different, and stay so",
              distinct(),
              shape.units(0)));
    }
    if (problem.network().precision() == Precision.FLOAT && gradients.all(g -> (float) g == 0)) {
      return Optional.of("every weight's gradient is less than a float can hold (underflow)");
    }
    return problem.optimizer().kind().isLineSearch() ? Optional.empty() : still(gradients, steps);
  }

  /**
   * Of the weights at the start.
   *
   * @param seen what the first step sees: all rows' mean, or where it takes some of them the root
   *     of the mean of the squares of single rows'
   * @param single that root in any case: no step sees more, whichever rows it takes and whatever
   *     cancels in their mean
   */
  private record Gradients(double[] seen, double[] single, DenseShape shape) {
    /** Biases move all the same: they tell rows apart as little as a constant does. */
    boolean all(DoublePredicate holds) {
      for (int layer = 0; layer < shape.layers(); layer++) {
        if (!Arrays.stream(seen, shape.weights(layer), shape.biases(layer)).allMatch(holds)) {
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
    }
    Arrays.setAll(mean, at -> mean[at] / x.length);
    Arrays.setAll(single, at -> Math.sqrt(single[at]));
    boolean full = problem.batchSize() >= problem.rows().rows();
    return new Gradients(full ? mean : single, single, shape);
  }

  /**
   * Where in so many steps of the size that the first gradient allows no layer's weights move by a
   * hundredth, the gradients, products of the layers' weights, stay what they are, and so on. A
   * step of Adam's is η g / (g + ε) at the most, one of momentum adds up to η g / (1 − μ).
   */
  private Optional<String> still(Gradients gradients, long steps) {
    OptimizerSpec optimizer = problem.optimizer();
    boolean adam = optimizer.kind() == OptimizerSpec.Kind.ADAM;
    double momentum =
        optimizer.kind() == OptimizerSpec.Kind.NESTEROV ? 1 / (1 - optimizer.momentum()) : 1;
    double largest = 0;
    double moved = 0;
    for (int layer = 0; layer < shape.layers(); layer++) {
      double g = rootMeanSquare(gradients.single, layer);
      double w = Math.max(rootMeanSquare(start, layer), Double.MIN_NORMAL);
      double size = adam ? g / (g + OptimizerSpec.ADAM_EPSILON) : g * momentum;
      largest = Math.max(largest, g);
      moved = Math.max(moved, steps * optimizer.learningRate() * size / w);
    }
    return moved < MOVED
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "the weights' gradients, %.2g at the most, are so %s that %d steps do not move the"
                    + " weights of any layer by 1 %%",
                largest,
                adam
                    ? String.format(
                        Locale.ROOT, "far below Adam's ε of %.0e", OptimizerSpec.ADAM_EPSILON)
                    : "small",
                steps))
        : Optional.empty();
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
