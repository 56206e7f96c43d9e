package org.symbreak.run;

import org.symbreak.watch.LookSchedule;

/**
 * How closely a run is recorded; makes no difference to what is trained.
 *
 * @param metrics at which iterations metrics.csv gets a row; null for as often as is affordable
 * @param checkpointEvery seconds between checkpoints, positive
 */
public record Recording(LookSchedule metrics, double checkpointEvery) {
  /** As many rows as are affordable, a checkpoint every half a minute. */
  public static final Recording DEFAULT = new Recording(null, 30);

  public Recording {
    if (!(checkpointEvery > 0)) {
      throw new IllegalArgumentException(
          "checkpointEvery must be positive, found " + checkpointEvery);
    }
  }
}
