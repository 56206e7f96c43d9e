package org.symbreak.training;

import java.util.List;
import org.symbreak.data.Dataset;

/** Trains one run. */
public final class Trainer {
  private Trainer() {}

  /** Trains in memory; nothing is written. */
  public static TrainedRun run(RunSpec spec, Dataset data, List<RunObserver> observers) {
    throw new UnsupportedOperationException("being written");
  }
}
