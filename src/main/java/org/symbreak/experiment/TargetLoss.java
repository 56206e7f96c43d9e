package org.symbreak.experiment;

import java.util.OptionalLong;
import org.symbreak.training.RunLook;
import org.symbreak.training.RunObserver;

/**
 * Notes after how many steps the validation loss was first at a target or below. Looks once an
 * epoch, until then.
 */
final class TargetLoss implements RunObserver {
  private final double target;
  private final int every;
  private OptionalLong reachedAt = OptionalLong.empty();

  /**
   * @param target NaN for none
   * @param every iterations an epoch, from 1
   */
  TargetLoss(double target, int every) {
    this.target = target;
    this.every = every;
  }

  @Override
  public boolean looksAt(long iteration) {
    return !Double.isNaN(target) && reachedAt.isEmpty() && iteration % every == 0;
  }

  @Override
  public void observe(RunLook look) {
    if (reachedAt.isEmpty() && look.validationLoss() != null && look.validationLoss() <= target) {
      reachedAt = OptionalLong.of(look.iteration());
    }
  }

  /** In steps; empty where it was never reached. */
  OptionalLong reachedAt() {
    return reachedAt;
  }
}
