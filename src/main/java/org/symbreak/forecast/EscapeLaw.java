package org.symbreak.forecast;

import java.util.Locale;
import org.symbreak.engine.ConstantPrediction;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.setting.OptimizerSpec;

/**
 * How long the loss stays where small weights leave it, to the lowest order in the weights. All
 * that counts of the data then is m = E[(y − c) x], c the share of class 1. With one hidden layer a
 * unit's weight along m and its outgoing weight feed each other, at the rate η (s |m| − λ), s the
 * activation's slope at 0, λ the penalty; with more layers each grows by the product of the others
 * (Saxe, McClelland and Ganguli, ICLR 2014). {@link SmallWeights} takes the optimizer's own steps
 * by it from the run's own weights; docs/forecast.md derives it.
 *
 * @param drive s |m|, to the power of the depth in s; for a rectifier the mean over units of |m| on
 *     each one's half-space, times √½ a further layer
 * @param penalty λ
 * @param steps until the loss is 5 % below the constant prediction's; {@link CoarseTraining#NEVER}
 * @param why in words, where it is never
 */
record EscapeLaw(double drive, double penalty, long steps, String why) {
  /** Number of rows of which the moments are taken, at the least where there are more, and most. */
  private static final int FEW_ROWS = 128;

  private static final int ROWS = 1024;

  /** Products of rows and the first layer's weights, about. */
  private static final double MOMENTS = 4e6;

  /** Passes through the layers, at the most. */
  private static final int PASSES = 20_000;

  /** Products of weights, at the most. */
  private static final double WORK = 1e8;

  /** Weights of which so much is left have shrunk for good. */
  private static final double SHRUNK = 0.1;

  /**
   * @param start flat vector at which the run begins
   */
  static EscapeLaw of(TrainingProblem problem, double[] start) {
    if (!isSmall(problem, start)) {
      return never(
          problem,
          Double.NaN,
          "does not apply, as weights are so large that sums outgrow what comes in");
    }
    int first = problem.network().shape(problem.rows().features()).biases(0);
    int rows = (int) Math.max(FEW_ROWS, Math.min(ROWS, MOMENTS / first));
    SmallWeights weights = new SmallWeights(problem, start, rows);
    double drive = weights.drive();
    double lambda = problem.network().l2();
    boolean isShallow = problem.network().hidden().size() == 1;
    if (isShallow && problem.optimizer().kind() != OptimizerSpec.Kind.ADAM && drive <= lambda) {
      return never(
          problem,
          drive,
          String.format(
              Locale.ROOT,
              "says that to the lowest order weights shrink: s |m| = %.3g is not above the"
                  + " penalty's %.3g, and higher orders decide",
              drive,
              lambda));
    }
    double left = CoarseTraining.LEFT * ConstantPrediction.loss(problem);
    double size = weights.size();
    double passes = Math.min(PASSES, WORK / start.length);
    for (int pass = 0; pass < passes; pass++) {
      weights.advance();
      double loss = weights.loss(left);
      if (!Double.isFinite(loss)) {
        return never(problem, drive, "leaves what numbers can hold");
      }
      if (loss < left) {
        return new EscapeLaw(drive, lambda, weights.step(), "");
      }
      if (weights.size() < SHRUNK * size) {
        return never(
            problem,
            drive,
            String.format(
                Locale.ROOT,
                "says that to the lowest order weights shrink: in %d steps the penalty leaves a"
                    + " tenth of them",
                weights.step()));
      }
    }
    return never(
        problem,
        drive,
        String.format(
            Locale.ROOT,
            "says that along m alone the loss does not fall by 5 %% in %d steps",
            weights.step()));
  }

  /** Whether the law's lowest order can say something: no hidden layer makes a signal larger. */
  private static boolean isSmall(TrainingProblem problem, double[] start) {
    DenseShape shape = problem.network().shape(problem.rows().features());
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      double squares = 0;
      for (int i = shape.weights(layer); i < shape.biases(layer); i++) {
        squares += start[i] * start[i];
      }
      // sigmoid is tanh of half the sum
      boolean isHalved = problem.network().activation(layer) == Activation.SIGMOID;
      if (squares > shape.units(layer) * (isHalved ? 4 : 1)) {
        return false;
      }
    }
    return true;
  }

  boolean isNever() {
    return steps == CoarseTraining.NEVER;
  }

  private static EscapeLaw never(TrainingProblem problem, double drive, String why) {
    return new EscapeLaw(drive, problem.network().l2(), CoarseTraining.NEVER, why);
  }
}
