package org.symbreak.cli;

import java.util.concurrent.TimeUnit;
import org.symbreak.watch.RunLook;
import org.symbreak.watch.RunObserver;
import org.symbreak.watch.RunProgress;

/** Tells how far a run is, by epochs; never looks at the weights, and so costs nothing. */
final class ProgressObserver implements RunObserver {
  private static final long NANOS_BETWEEN = TimeUnit.MILLISECONDS.toNanos(50);

  private final Progress progress;
  private long due = System.nanoTime();

  ProgressObserver(Progress progress) {
    this.progress = progress;
  }

  @Override
  public boolean looksAt(long iteration) {
    return false;
  }

  @Override
  public void observe(RunLook look) {
    // the last one, which tells no more than the progress does
  }

  @Override
  public void progress(RunProgress far) {
    long now = System.nanoTime();
    if (now - due >= 0) {
      due = now + NANOS_BETWEEN;
      progress.to(far.epoch(), "loss " + Figure.decimal(far.loss(), 4));
    }
  }
}
