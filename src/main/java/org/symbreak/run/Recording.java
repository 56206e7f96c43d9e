package org.symbreak.run;

import org.symbreak.watch.LookSchedule;

/**
 * How closely a run is recorded; makes no difference to what is trained.
 *
 * @param metrics at which iterations metrics.csv gets a row; null for as often as is affordable
 * @param checkpointEvery seconds between checkpoints, positive
 * @param report whether a page about it is wanted once it is done
 */
public record Recording(LookSchedule metrics, double checkpointEvery, boolean report) {
  /** As many rows as are affordable, a checkpoint every half a minute. */
  public static final Recording DEFAULT = new Recording(null, 30, true);

  /** With a page about it. */
  public Recording(LookSchedule metrics, double checkpointEvery) {
    this(metrics, checkpointEvery, true);
  }

  public Recording {
    if (!(checkpointEvery > 0)) {
      throw new IllegalArgumentException(
          "checkpointEvery must be positive, found " + checkpointEvery);
    }
  }
}
