package org.symbreak.guard;

import java.util.Arrays;
import java.util.Optional;

/**
 * Deeplearning4j's optimizers, and how many numbers of state each keeps for a parameter (its {@code
 * IUpdater.stateSize}).
 */
enum Updater {
  AMSGrad(3),
  AdaBelief(2),
  AdaDelta(2),
  AdaGrad(1),
  AdaMax(2),
  Adam(2),
  Nadam(2),
  Nesterovs(1),
  NoOp(0),
  RmsProp(1),
  Sgd(0);

  private final int state;

  Updater(int state) {
    this.state = state;
  }

  /** Numbers of state a parameter. */
  int state() {
    return state;
  }

  String className() {
    return "org.nd4j.linalg.learning.config." + name();
  }

  static Optional<Updater> of(String className) {
    return Arrays.stream(values())
        .filter(updater -> updater.className().equals(className))
        .findFirst();
  }
}
