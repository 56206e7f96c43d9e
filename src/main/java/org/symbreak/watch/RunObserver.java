package org.symbreak.watch;

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

  /**
   * The weights that are kept, told once where a run has come to its end, after the last look.
   * Often they are those of that look, or of an earlier one.
   */
  default void kept(RunLook look) {}

  /** How far the run is, told now and then; free of cost to whoever does not override it. */
  default void progress(RunProgress progress) {}

  /**
   * A checkpoint is about to be written: by the return, what was observed until now must be in its
   * file, whatever happens to this process.
   */
  default void save() {}

  /**
   * The run goes on from a checkpoint, and does not begin with a look at iteration 0.
   *
   * @param iteration of the checkpoint; what was recorded of later ones is to be forgotten
   */
  default void resume(long iteration) {}
}
