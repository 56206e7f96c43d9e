package org.symbreak.experiment;

import java.util.OptionalLong;
import org.symbreak.run.LossAside;
import org.symbreak.watch.RunLook;
import org.symbreak.watch.RunObserver;
import org.symbreak.watch.RunProgress;

/**
 * Notes after how many steps the loss was first seen at a target or below, penalty left out: that
 * of the validation rows, or where there are none that of all training rows. It is looked at once
 * an epoch, or every ten steps where an epoch has fewer.
 */
final class TargetLoss implements RunObserver {
  private final double target;

  /** Null with validation rows. */
  private final LossAside train;

  private OptionalLong reachedAt = OptionalLong.empty();

  /**
   * @param train the training loss; null with validation rows
   */
  TargetLoss(double target, LossAside train) {
    this.target = target;
    this.train = train;
  }

  @Override
  public boolean looksAt(long iteration) {
    return train != null && reachedAt.isEmpty() && train.isCheck(iteration);
  }

  @Override
  public void observe(RunLook look) {
    if (reachedAt.isEmpty()) {
      note(look.iteration(), train == null ? look.validationLoss() : train.at(look.parameters()));
    }
  }

  @Override
  public void progress(RunProgress progress) {
    note(progress.iteration(), progress.validationLoss());
  }

  /** In steps; empty where it was never reached. */
  OptionalLong reachedAt() {
    return reachedAt;
  }

  private void note(long iteration, Double loss) {
    if (reachedAt.isEmpty() && loss != null && loss <= target) {
      reachedAt = OptionalLong.of(iteration);
    }
  }
}
