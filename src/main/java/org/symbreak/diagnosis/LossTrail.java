package org.symbreak.diagnosis;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Two moments of a run, far enough apart to tell whether its loss still falls: at the end the
 * earlier one lies between 4/9 and 2/3 of the way back to the beginning. Constant in size, however
 * long the run.
 *
 * @param earlier null at first
 * @param later null at first
 */
public record LossTrail(Moment earlier, Moment later) {
  /** Of a run that begins. */
  public static final LossTrail NONE = new LossTrail(null, null);

  private static final double APART = 1.5;

  /**
   * A moment of a run.
   *
   * @param iteration steps taken, from 1
   * @param loss of all training rows, weighted as in training, without the penalty
   * @param validationLoss of the validation rows likewise; null without any
   */
  public record Moment(long iteration, double loss, Double validationLoss) {}

  /** Whether the run as it is at this step is to be remembered. */
  @JsonIgnore
  public boolean wants(long iteration) {
    return iteration > 0 && (later == null || iteration >= APART * later.iteration);
  }

  /** The same with one more moment, later than the others. */
  public LossTrail with(Moment now) {
    return new LossTrail(later, now);
  }
}
