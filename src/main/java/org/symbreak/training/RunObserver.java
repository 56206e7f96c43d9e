package org.symbreak.training;

/**
 * Somebody who watches a run; called on the training thread. Says in advance at which iterations it
 * looks, so that nothing is handed over in between.
 */
public interface RunObserver {
  /**
   * Whether it wants to look after this many steps; 0 is before the first. The last iteration of a
   * run is looked at in any case.
   */
  boolean looksAt(long iteration);

  /** Looks. */
  void observe(RunLook look);
}
