package org.symbreak.run;

import java.util.Optional;
import java.util.stream.IntStream;
import org.symbreak.data.ChosenRows;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.GradientNorms;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.optimizer.LineSearchOptimizer;
import org.symbreak.optimizer.LineSearchState;
import org.symbreak.optimizer.StopReason;
import org.symbreak.setting.OptimizerSpec;

/**
 * Iterations of a line-search optimizer over all training rows; the engine computes loss and
 * gradient.
 */
final class LineSearchStepper implements Stepper {
  /** Of double arithmetic: what is left of 16 digits after the sum over rows. */
  private static final LineSearchOptimizer.Tolerance DOUBLE =
      new LineSearchOptimizer.Tolerance(1e-8, 4 * Math.ulp(1.0));

  /** Of float arithmetic. */
  private static final LineSearchOptimizer.Tolerance FLOAT =
      new LineSearchOptimizer.Tolerance(1e-5, 4 * Math.ulp(1f));

  /**
   * The norm of the gradient at which a convex loss, in double, is at its minimum; its value, which
   * rounds much sooner, decides nothing.
   */
  private static final double MINIMUM = 1e-8;

  private static final int FIRST_ROWS = 1024;

  private final DenseShape shape;
  private final EncodedRows rows;
  private final EncodedRows firstRows;
  private final boolean mayLackMinimum;
  private final TrainingSession session;
  private final LineSearchOptimizer optimizer;
  private long iteration;
  private Optional<StopReason> ended = Optional.empty();

  /**
   * @param session at the parameters from which to go on
   * @param state of the optimizer there; null at the beginning
   */
  LineSearchStepper(TrainingProblem problem, TrainingSession session, LineSearchState state) {
    this.shape = problem.network().shape(problem.rows().features());
    this.session = session;
    this.iteration = session.iteration();
    OptimizerSpec.Kind kind = problem.optimizer().kind();
    LineSearchOptimizer.Tolerance tolerance = tolerance(problem.network(), shape);
    this.rows = problem.rows();
    int[] first = IntStream.range(0, Math.min(FIRST_ROWS, rows.rows())).toArray();
    this.firstRows = new ChosenRows(rows, first);
    this.mayLackMinimum = shape.hiddenLayers() == 0 && problem.network().l2() == 0;
    this.optimizer =
        state == null
            ? new LineSearchOptimizer(session::objective, kind, tolerance, session.parameters())
            : new LineSearchOptimizer(session::objective, kind, tolerance, state);
  }

  @Override
  public long iteration() {
    return iteration;
  }

  @Override
  public double advance(int steps) {
    for (int step = 0; step < steps && ended.isEmpty(); step++) {
      ended = optimizer.iterate();
      iteration++;
    }
    session.setParameters(optimizer.x());
    if (mayLackMinimum && isSeparated()) {
      ended = Optional.of(StopReason.NO_MINIMUM);
    }
    return optimizer.loss();
  }

  private static LineSearchOptimizer.Tolerance tolerance(NetworkSpec network, DenseShape shape) {
    if (network.precision() == Precision.FLOAT) {
      return FLOAT;
    }
    return shape.hiddenLayers() == 0
        ? new LineSearchOptimizer.Tolerance(MINIMUM / Math.sqrt(shape.parameters()), -1)
        : DOUBLE;
  }

  /** Whether every row is on its side of the plane: weights times any number lower the loss. */
  private boolean isSeparated() {
    // of many rows the first ones mostly tell
    return isSeparated(firstRows) && (firstRows.rows() == rows.rows() || isSeparated(rows));
  }

  private boolean isSeparated(EncodedRows some) {
    double[] probabilities = session.probabilities(some);
    for (int row = 0; row < probabilities.length; row++) {
      if (!(some.label(row) == 1 ? probabilities[row] > 0.5 : probabilities[row] < 0.5)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double[] gradientNorms() {
    return iteration == 0 ? new double[0] : GradientNorms.perLayer(shape, optimizer.gradient());
  }

  @Override
  public Optional<StopReason> ended() {
    return ended;
  }

  @Override
  public Long evaluations() {
    return optimizer.evaluations();
  }

  @Override
  public LineSearchState state() {
    return optimizer.state();
  }
}
