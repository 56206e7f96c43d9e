package org.symbreak.run;

import java.util.Optional;
import org.symbreak.engine.TrainingSession;
import org.symbreak.optimizer.LineSearchState;
import org.symbreak.optimizer.StopReason;

/** Steps along the gradient of a batch, which the engine takes by itself. */
record GradientStepper(TrainingSession session) implements Stepper {
  @Override
  public long iteration() {
    return session.iteration();
  }

  @Override
  public double advance(int steps) {
    return session.advance(steps);
  }

  @Override
  public double[] gradientNorms() {
    return session.gradientNorms();
  }

  @Override
  public Optional<StopReason> ended() {
    return Optional.empty();
  }

  @Override
  public Long evaluations() {
    return null;
  }

  @Override
  public LineSearchState state() {
    return null;
  }
}
