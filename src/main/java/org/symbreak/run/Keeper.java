package org.symbreak.run;

import java.util.function.Supplier;

/** Who keeps a run safe while it goes, and may ask it to end. */
@FunctionalInterface
interface Keeper {
  /** Keeps nothing, and never interrupts. */
  Keeper NONE = state -> false;

  /**
   * Called now and then between steps.
   *
   * @param state what a checkpoint holds; computed only if it is asked for
   * @return whether the run is to end here; the state has then been kept
   */
  boolean offer(Supplier<RunState> state);
}
