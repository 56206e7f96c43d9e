package org.symbreak.run;

import org.symbreak.engine.TrainingProblem;

/**
 * When a run pauses, from its shapes alone.
 *
 * @param stepsPerEpoch steps that take every training row once
 * @param stepsBetweenChecks steps from one check of the loss to the next, whole epochs
 * @param stepsBetweenPauses steps after which whoever waits gets a chance, from 1
 * @param lastStep iteration at which the budget ends
 */
record RunPace(
    long stepsPerEpoch, long stepsBetweenChecks, long stepsBetweenPauses, long lastStep) {
  /**
   * Steps between two checks, at the least: to look at the loss more often costs more than it
   * tells.
   */
  private static final long CHECKED_STEPS = 10;

  /** Multiplications between two pauses, about: a fraction of a second on the slowest engine. */
  private static final double PAUSED_WORK = 3e8;

  static RunPace of(TrainingProblem problem, int epochs) {
    long stepsPerEpoch = problem.stepsPerEpoch();
    double workPerStep =
        3.0
            * problem.network().shape(problem.rows().features()).parameters()
            * Math.min(problem.batchSize(), problem.rows().rows());
    return new RunPace(
        stepsPerEpoch,
        stepsPerEpoch * Math.max(1, (CHECKED_STEPS + stepsPerEpoch - 1) / stepsPerEpoch),
        Math.max(1, (long) (PAUSED_WORK / workPerStep)),
        Math.multiplyExact(stepsPerEpoch, (long) epochs));
  }

  /** The next iteration at which the run pauses in any case. */
  long nextStop(long now) {
    long nextCheck = (now / stepsBetweenChecks + 1) * stepsBetweenChecks;
    return Math.min(Math.min(nextCheck, lastStep), now + stepsBetweenPauses);
  }

  boolean isCheck(long iteration) {
    return iteration % stepsBetweenChecks == 0 || isLast(iteration);
  }

  boolean isLast(long iteration) {
    return iteration >= lastStep;
  }
}
