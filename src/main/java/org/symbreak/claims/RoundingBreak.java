package org.symbreak.claims;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.random.Streams;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.symmetry.GroupSpread;

/**
 * Where rounding breaks the proof: a matrix product that computes some columns in another order of
 * operations than the others, as BLAS does with those that do not fill a vector register, rounds
 * them differently, and units that start equal come apart by a unit in the last place.
 *
 * @param units width of the hidden layer at which it happens
 * @param step after which the units are no longer the same, from 1
 * @param first distance after that step
 * @param last distance after {@code steps}
 * @param steps that were taken
 * @param exactDistinctUnits different units after the same step from the same state in exact
 *     arithmetic
 * @param exactDifference largest difference between the engine's parameters and the exact ones
 *     after that step
 */
public record RoundingBreak(
    int units,
    long step,
    GroupSpread first,
    GroupSpread last,
    long steps,
    long exactDistinctUnits,
    double exactDifference) {
  /** Rows and features on which it is looked for: it is about the processor, not about the data. */
  static final int ROWS = 569;

  static final int FEATURES = 30;
  static final double START = 0.1;
  static final double LEARNING_RATE = 0.1;

  /**
   * Looks for the smallest width at which equal units come apart: tanh, float, every weight 0.1,
   * biases 0.
   *
   * @param data whose rows are not used, but engine and seed
   * @param widest the last width to try
   * @param tries steps of gradient descent at each width, from 1
   * @param steps that are taken at the width that is found, to see how the difference grows
   */
  static Optional<RoundingBreak> search(ClaimData data, int widest, int tries, int steps) {
    ClaimData rows = normalRows(data);
    for (int units = 2; units <= widest; units++) {
      Optional<RoundingBreak> found = at(rows, units, tries, steps);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Independent standard normal features; the label says whether their sum is positive. */
  private static ClaimData normalRows(ClaimData data) {
    RandomGenerator random = Streams.of(data.seed(), 10);
    double[][] x = new double[ROWS][FEATURES];
    int[] y = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      double sum = 0;
      for (int feature = 0; feature < FEATURES; feature++) {
        x[row][feature] = (float) random.nextGaussian();
        sum += x[row][feature];
      }
      y[row] = sum > 0 ? 1 : 0;
    }
    return data.withRows(x, y);
  }

  private static Optional<RoundingBreak> at(ClaimData data, int units, int tries, int steps) {
    NetworkSpec network = network(units);
    OptimizerSpec optimizer =
        new OptimizerSpec(OptimizerSpec.Kind.SGD, LEARNING_RATE, 0, OptimizerSpec.Decay.NONE);
    UnitPattern pattern = UnitPattern.oneGroup(network.shape(data.features()));
    TrainingProblem problem =
        new TrainingProblem(network, optimizer, data.rows(), 1, 1, data.y().length, data.seed(), 1);
    double[] before = network.initialParameters(data.features(), data.seed());
    try (TrainingSession session = data.engines().apply(problem).open(problem, before)) {
      for (int step = 1; step <= tries; step++) {
        session.advance(1);
        double[] after = session.parameters();
        GroupSpread first = pattern.spread(after);
        if (!first.isNone()) {
          if (step < steps) {
            session.advance(steps - step);
          }
          GroupSpread last = pattern.spread(session.parameters());
          List<BigDecimal> exact = exactly(data, network.shape(data.features()), before);
          return Optional.of(
              new RoundingBreak(
                  units,
                  step,
                  first,
                  last,
                  steps,
                  ExactStep.distinctUnits(pattern.shape(), exact),
                  difference(exact, after)));
        }
        before = after;
      }
    }
    return Optional.empty();
  }

  private static NetworkSpec network(int units) {
    return new NetworkSpec(
        List.of(units),
        List.of(Activation.TANH),
        Initializations.parseLayers("constant:" + START),
        Initializations.parseLayers("zeros"),
        0,
        Precision.FLOAT);
  }

  private static List<BigDecimal> exactly(ClaimData data, DenseShape shape, double[] before) {
    ExactStep step =
        new ExactStep(
            shape,
            ExactStep.Function.of(Activation.TANH),
            ExactStep.Function.of(Activation.SIGMOID));
    return step.after(
        ExactStep.exact(before), data.x(), data.y(), ExactStep.exact(LEARNING_RATE / ROWS));
  }

  private static double difference(List<BigDecimal> exact, double[] after) {
    double largest = 0;
    for (int i = 0; i < after.length; i++) {
      largest =
          Math.max(largest, exact.get(i).subtract(ExactStep.exact(after[i])).abs().doubleValue());
    }
    return largest;
  }
}
