package org.symbreak.training;

import org.symbreak.network.DenseShape;

/**
 * At which iterations the similarity of hidden units is measured: every k-th, 0 included; the last
 * iteration of a run is always looked at besides.
 *
 * @param every k, from 1
 */
public record LookSchedule(long every) {
  public static final LookSchedule EVERY_ITERATION = new LookSchedule(1);

  public LookSchedule {
    if (every < 1) {
      throw new IllegalArgumentException("every must be from 1, found " + every);
    }
  }

  /**
   * The schedule at which looking costs at most a tenth of training, from the shapes alone and
   * never from clocks, so that runs repeat.
   *
   * @param batchRows rows a step
   * @param probeRows rows on which activations are measured
   */
  public static LookSchedule affordable(DenseShape shape, int batchRows, int probeRows) {
    throw new UnsupportedOperationException();
  }

  /** Whether to look after this many steps. */
  public boolean looksAt(long iteration) {
    return iteration % every == 0;
  }
}
