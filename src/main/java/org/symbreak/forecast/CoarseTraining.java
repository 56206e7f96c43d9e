package org.symbreak.forecast;

import org.symbreak.data.EncodedRows;
import org.symbreak.engine.ConstantPrediction;
import org.symbreak.engine.Penalty;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.fused.FusedNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.setting.OptimizerSpec;

/**
 * The reduced model: the same network from the same weights on a few of the rows, all of them in
 * each step. Where the gradient hardly changes, SGD takes many steps at once, as the flow dθ/dt =
 * −η ∇L does; a bounded number of operations, from where on the loss is taken to fall as it last
 * did.
 *
 * @param plateauEnd step at which the loss is 5 % below the constant prediction's; {@link #NEVER}
 * @param half step at which it is below half of it; {@link #NEVER}
 * @param first loss at the start over the constant prediction's, without the penalty
 * @param last the same where the model stopped
 * @param steps how far it came
 * @param evaluations gradients that it took
 * @param curve of its loss
 */
record CoarseTraining(
    long plateauEnd,
    long half,
    double first,
    double last,
    long steps,
    int evaluations,
    LossPath curve) {
  static final long NEVER = -1;

  /** Rows of the model, at the most. */
  static final int ROWS = 128;

  /** Share of the constant prediction's loss at which the plateau is left. */
  static final double LEFT = 0.95;

  /** Share at which the network counts as trained. */
  static final double TRAINED = 0.5;

  /** Products of rows and parameters in one model. */
  static final double WORK = 1e8;

  /** Learning rate of many steps at once, at the most. */
  private static final double LONGEST_STEP = 4;

  /** How much the gradient's norm may change where steps are taken together. */
  private static final double CALM = 0.15;

  /**
   * @param start flat vector at which the run begins
   * @param until steps of the run
   * @param work products of rows and parameters at the most
   */
  static CoarseTraining of(TrainingProblem problem, double[] start, long until, double work) {
    EncodedRows rows = SampledRows.of(problem.rows(), ROWS);
    TrainingProblem reduced =
        new TrainingProblem(
            problem.network(),
            problem.optimizer(),
            rows,
            problem.weightOfZero(),
            problem.weightOfOne(),
            rows.rows(),
            problem.seed(),
            1);
    try (FusedNetwork<?> network =
        FusedNetwork.of(
            problem.network(), rows, problem.weightOfZero(), problem.weightOfOne(), 1)) {
      return new Integration(reduced, network, start).until(until, work);
    }
  }

  boolean isTrained() {
    return half != NEVER;
  }

  /** The steps while they are taken. */
  private static final class Integration {
    private final TrainingProblem problem;
    private final FusedNetwork<?> network;
    private final Penalty penalty;
    private final double constant;
    private final double perGradient;
    private long step;
    private double loss;
    private double norm;

    Integration(TrainingProblem problem, FusedNetwork<?> network, double[] start) {
      this.problem = problem;
      this.network = network;
      DenseShape shape = problem.network().shape(problem.rows().features());
      this.penalty = new Penalty(shape, problem.network().l2());
      this.constant = ConstantPrediction.loss(problem);
      this.perGradient = (double) problem.rows().rows() * shape.parameters();
      network.setParameters(start);
      network.useState(
          switch (problem.optimizer().kind()) {
            case ADAM -> 2;
            case NESTEROV -> 1;
            default -> 0;
          });
    }

    CoarseTraining until(long until, double work) {
      gradient();
      double first = loss;
      long plateauEnd = NEVER;
      long half = NEVER;
      int evaluations = 1;
      long together = 1;
      double[] losses = new double[(int) Math.min(until + 2, 2 + work / perGradient)];
      long[] steps = new long[losses.length];
      losses[0] = loss;
      while (step < until && half == NEVER && norm > 0 && evaluations < losses.length) {
        long taken = Math.min(together, until - step);
        double normBefore = norm;
        double lossBefore = loss;
        take(taken);
        step += taken;
        gradient();
        if (!Double.isFinite(loss)) {
          break;
        }
        losses[evaluations] = loss;
        steps[evaluations] = step;
        evaluations++;
        if (plateauEnd == NEVER && loss < LEFT) {
          plateauEnd = crossing(lossBefore, taken, LEFT);
        }
        if (loss < TRAINED) {
          half = crossing(lossBefore, taken, TRAINED);
        }
        together = together(taken, loss > lossBefore, norm / normBefore);
      }
      if (half == NEVER && step < until && norm > 0 && Double.isFinite(loss)) {
        half = expected(losses, steps, evaluations, TRAINED, until);
        plateauEnd =
            plateauEnd == NEVER ? expected(losses, steps, evaluations, LEFT, until) : plateauEnd;
      }
      return new CoarseTraining(
          plateauEnd,
          half,
          first,
          loss,
          step,
          evaluations,
          LossPath.of(steps, losses, evaluations));
    }

    private long together(long taken, boolean rose, double change) {
      OptimizerSpec optimizer = problem.optimizer();
      if (optimizer.kind() != OptimizerSpec.Kind.SGD || rose) {
        return 1;
      }
      boolean calm = Math.abs(change - 1) < CALM;
      long most = Math.max(1, (long) (LONGEST_STEP / rate()));
      return calm ? Math.min(2 * taken, most) : Math.max(1, taken / 2);
    }

    /** Between two gradients the loss is taken to fall evenly. */
    private long crossing(double before, long taken, double level) {
      return Math.max(
          1, step - (long) (taken * Math.max(0, level - loss) / Math.max(before - loss, 1e-300)));
    }

    /** Where the loss will be at a level if it goes on as in the last third of the steps. */
    private long expected(double[] losses, long[] steps, int count, double level, long until) {
      int from = 0;
      while (steps[from] < step * 2 / 3) {
        from++;
      }
      double fall = Math.log(losses[from] / loss) / Math.max(1, step - steps[from]);
      double wait = Math.log(loss / level) / fall;
      return fall > 0 && step + wait <= until ? (long) (step + wait) : NEVER;
    }

    private void gradient() {
      double with = network.gradient(null, problem.rows().rows(), true);
      double[] parameters = network.parameters();
      loss = (with - penalty.add(parameters, new double[parameters.length])) / constant;
      double squares = 0;
      for (double layer : network.gradientNorms()) {
        squares += layer * layer;
      }
      norm = Math.sqrt(squares);
    }

    private double rate() {
      OptimizerSpec optimizer = problem.optimizer();
      return optimizer.decay().rate(optimizer.learningRate(), step);
    }

    private void take(long together) {
      switch (problem.optimizer().kind()) {
        case ADAM ->
            network.adam(
                rate(),
                OptimizerSpec.ADAM_BETA1,
                OptimizerSpec.ADAM_BETA2,
                OptimizerSpec.ADAM_EPSILON,
                step + 1);
        case NESTEROV -> network.nesterov(rate(), problem.optimizer().momentum());
        default -> network.sgd(rate() * together);
      }
    }
  }
}
