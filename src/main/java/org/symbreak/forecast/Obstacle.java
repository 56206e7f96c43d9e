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
  /** Adam's steps are as good as none where all of them move weights by less than this share. */
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
    EncodedRows rows = SampledRows.of(problem.rows(), CoarseTraining.ROWS);
    int[] labels = new int[rows.rows()];
    Arrays.setAll(labels, rows::label);
    double[] counts = new double[rows.rows()];
    Arrays.setAll(counts, rows::weight);
    double[] gradient = new double[shape.parameters()];
    new DenseNetwork(shape, problem.network().activations(), start)
        .lossAndGradient(
            rows.first(rows.rows()),
            labels,
            counts,
            new SigmoidCrossEntropy(problem.weightOfZero(), problem.weightOfOne()),
            0,
            gradient);
    if (allWeights(gradient, g -> g == 0)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "every weight's gradient is exactly 0; %d of the %d units of the first layer are"
                  + " different, and stay so",
              distinct(),
              shape.units(0)));
    }
    if (problem.network().precision() == Precision.FLOAT
        && allWeights(gradient, g -> (float) g == 0)) {
      return Optional.of("every weight's gradient is less than a float can hold (underflow)");
    }
    return problem.optimizer().kind() == OptimizerSpec.Kind.ADAM
        ? adam(gradient, steps)
        : Optional.empty();
  }

  /** A step is η g / (g + ε) at the most: where g is far below ε, that is next to nothing. */
  private Optional<String> adam(double[] gradient, long steps) {
    double largest = 0;
    double moved = 0;
    for (int layer = 0; layer + 1 < shape.layers(); layer++) {
      double g = rootMeanSquare(gradient, layer);
      double w = rootMeanSquare(start, layer);
      largest = Math.max(largest, g);
      moved =
          Math.max(
              moved,
              steps
                  * problem.optimizer().learningRate()
                  * g
                  / (g + OptimizerSpec.ADAM_EPSILON)
                  / Math.max(w, 1e-300));
    }
    return moved < MOVED
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "the hidden layers' gradients, %.2g at the most, are so far below Adam's ε of %.0e"
                    + " that %d steps do not move the weights by 1 %%",
                largest,
                OptimizerSpec.ADAM_EPSILON,
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

  /** Biases move all the same: they tell rows apart as little as a constant does. */
  private boolean allWeights(double[] gradient, DoublePredicate holds) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      if (!Arrays.stream(gradient, shape.weights(layer), shape.biases(layer)).allMatch(holds)) {
        return false;
      }
    }
    return true;
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
