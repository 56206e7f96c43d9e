package org.symbreak.training;

import java.util.function.Supplier;

/** Who keeps a run safe while it goes, and may ask it to end. */
interface Keeper {
  /** Keeps nothing, and never interrupts. */
  Keeper NONE =
      new Keeper() {
        @Override
        public void offer(Supplier<RunState> state) {}

        @Override
        public boolean isInterrupted() {
          return false;
        }
      };

  /**
   * Called now and then between steps.
   *
   * @param state what a checkpoint holds; computed only if it is asked for
   */
  void offer(Supplier<RunState> state);

  /** Whether the run is to end here, to be continued. */
  boolean isInterrupted();
}
