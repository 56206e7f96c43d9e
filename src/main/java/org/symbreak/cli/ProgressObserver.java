package org.symbreak.cli;

import org.symbreak.training.RunLook;
import org.symbreak.training.RunObserver;

/** Tells how far a run is, by epochs; looks seldom enough to cost nothing. */
final class ProgressObserver implements RunObserver {
  private static final long STEPS_BETWEEN = 256;

  private final Progress progress;

  ProgressObserver(Progress progress) {
    this.progress = progress;
  }

  @Override
  public boolean looksAt(long iteration) {
    return iteration % STEPS_BETWEEN == 0;
  }

  @Override
  public void observe(RunLook look) {
    progress.to(look.epoch(), "loss " + Figure.decimal(look.loss(), 4));
  }
}
