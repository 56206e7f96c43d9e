package org.symbreak.forecast;

import org.symbreak.engine.ConstantPrediction;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;

/**
 * What a run does that is trained: the counterpart of {@link CoarseTraining}.
 *
 * @param plateauEnd first step at which the training loss was seen 5 % below the constant
 *     prediction's; −1 where it never was
 * @param half first step at which it was seen below half of it; −1 where it never was
 * @param first loss at the start over the constant prediction's, without the penalty
 * @param last the same at the end
 * @param curve of the looks
 */
public record MeasuredWait(long plateauEnd, long half, double first, double last, LossPath curve) {
  /** Looks at the most: 25 one by one, and then as many a factor of e. */
  private static final int LOOKS = 1024;

  /**
   * Trains until the loss is half the constant prediction's, or the steps are done; looks after
   * every 25th part of the steps taken.
   *
   * @param start flat vector
   */
  public static MeasuredWait of(
      Engine engine, TrainingProblem problem, double[] start, long steps) {
    double constant = ConstantPrediction.loss(problem);
    long plateauEnd = CoarseTraining.NEVER;
    long half = CoarseTraining.NEVER;
    try (TrainingSession session = engine.open(problem, start)) {
      double first = session.loss(problem.rows()) / constant;
      double loss = first;
      long step = 0;
      long[] at = new long[LOOKS];
      double[] losses = new double[LOOKS];
      losses[0] = first;
      int looks = 1;
      while (step < steps && half == CoarseTraining.NEVER && Double.isFinite(loss)) {
        long next = Math.min(steps, step + Math.max(1, step / 25));
        session.advance(Math.toIntExact(next - step));
        step = next;
        loss = session.loss(problem.rows()) / constant;
        if (looks < LOOKS && Double.isFinite(loss)) {
          at[looks] = step;
          losses[looks++] = loss;
        }
        if (plateauEnd == CoarseTraining.NEVER && loss < CoarseTraining.LEFT) {
          plateauEnd = step;
        }
        if (loss < CoarseTraining.TRAINED) {
          half = step;
        }
      }
      return new MeasuredWait(plateauEnd, half, first, loss, LossPath.of(at, losses, looks));
    }
  }
}
