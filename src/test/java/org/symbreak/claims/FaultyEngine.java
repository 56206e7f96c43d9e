package org.symbreak.claims;

import java.util.Optional;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.run.Engines;

/**
 * The fused engine with something broken on purpose, for verdicts that must notice.
 *
 * @param nudge what is added to the first unit's first weight after every step, as a share of it
 * @param gradientFactor what the gradient's first component is multiplied by
 */
record FaultyEngine(double nudge, double gradientFactor) implements Engine {
  /** Rounds one unit otherwise than the rest. */
  static final FaultyEngine PARTS_UNITS = new FaultyEngine(Math.ulp(1f), 1);

  /** Computes one derivative wrong by a tenth. */
  static final FaultyEngine WRONG_GRADIENT = new FaultyEngine(0, 1.1);

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public Optional<String> refuses(TrainingProblem problem) {
    return Optional.empty();
  }

  @Override
  public String backend(TrainingProblem problem) {
    return "faulty";
  }

  @Override
  public TrainingSession open(TrainingProblem problem, double[] parameters) {
    TrainingSession right = Engines.choose("fused", problem).engine().open(problem, parameters);
    return new TrainingSession() {
      @Override
      public long iteration() {
        return right.iteration();
      }

      @Override
      public double advance(int steps) {
        double loss = right.advance(steps);
        double[] moved = right.parameters();
        moved[0] += (moved[0] == 0 ? 1 : moved[0]) * nudge;
        right.setParameters(moved);
        return loss;
      }

      @Override
      public double objective(double[] at, double[] gradient) {
        double loss = right.objective(at, gradient);
        gradient[0] *= gradientFactor;
        return loss;
      }

      @Override
      public double[] parameters() {
        return right.parameters();
      }

      @Override
      public void setParameters(double[] other) {
        right.setParameters(other);
      }

      @Override
      public double[] updaterState() {
        return right.updaterState();
      }

      @Override
      public void restore(long iteration, double[] at, double[] updaterState) {
        right.restore(iteration, at, updaterState);
      }

      @Override
      public double loss(EncodedRows rows) {
        return right.loss(rows);
      }

      @Override
      public double[] probabilities(EncodedRows rows) {
        return right.probabilities(rows);
      }

      @Override
      public double[] gradientNorms() {
        return right.gradientNorms();
      }

      @Override
      public void close() {
        right.close();
      }
    };
  }
}
