package org.symbreak.film;

/**
 * At which iterations a film has a frame: the first few, then ever farther apart, so that a run of
 * any length has about as many; a function of the numbers alone, so that a resumed run has the same
 * film.
 *
 * @param iterations of the run at the most, from 1
 * @param frames about how many, from 1
 */
record FrameSchedule(long iterations, int frames) {
  /**
   * Whether to look after this many steps: 0, and wherever the next of the evenly spaced points on
   * the axis of log(1 + iteration) has been passed.
   */
  boolean looksAt(long iteration) {
    return iteration == 0 || slot(iteration) > slot(iteration - 1);
  }

  private long slot(long iteration) {
    double last = StrictMath.log1p(Math.max(iterations, 1));
    return (long) Math.floor(frames * StrictMath.log1p(iteration) / last + 1e-9);
  }
}
