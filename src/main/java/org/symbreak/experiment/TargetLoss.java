package org.symbreak.experiment;

import java.util.OptionalLong;
import org.symbreak.watch.RunLook;
import org.symbreak.watch.RunObserver;
import org.symbreak.watch.RunProgress;

/**
 * Notes after how many steps the validation loss was first seen at a target or below; it is seen
 * once an epoch, or every ten steps where an epoch has fewer.
 */
final class TargetLoss implements RunObserver {
  private final double target;
  private OptionalLong reachedAt = OptionalLong.empty();

  TargetLoss(double target) {
    this.target = target;
  }

  @Override
  public boolean looksAt(long iteration) {
    return false;
  }

  @Override
  public void observe(RunLook look) {
    note(look.iteration(), look.validationLoss());
  }

  @Override
  public void progress(RunProgress progress) {
    note(progress.iteration(), progress.validationLoss());
  }

  /** In steps; empty where it was never reached. */
  OptionalLong reachedAt() {
    return reachedAt;
  }

  private void note(long iteration, Double validationLoss) {
    if (reachedAt.isEmpty() && validationLoss != null && validationLoss <= target) {
      reachedAt = OptionalLong.of(iteration);
    }
  }
}
