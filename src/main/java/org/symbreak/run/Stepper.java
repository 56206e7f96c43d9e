package org.symbreak.run;

import java.util.Optional;
import org.symbreak.optimizer.LineSearchState;
import org.symbreak.optimizer.StopReason;

/** Takes steps, whichever way the optimizer goes about it. */
interface Stepper {
  /** Steps taken since the beginning of the run. */
  long iteration();

  /**
   * @param steps how many, from 1; may take fewer where it ends by itself
   * @return the loss, penalty included: of the last step's batch before that step, or of all rows
   *     where the optimizer knows that
   */
  double advance(int steps);

  /** Of the last gradient, a layer each; empty before the first step. */
  double[] gradientNorms();

  /** Why no further step can be taken; empty while one can. */
  Optional<StopReason> ended();

  /** How often loss and gradient were computed; null where that is once a step. */
  Long evaluations();

  /**
   * What a checkpoint must hold of the optimizer besides parameters and updater state; null where
   * that is nothing.
   */
  LineSearchState state();
}
