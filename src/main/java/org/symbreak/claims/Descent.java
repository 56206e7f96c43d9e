package org.symbreak.claims;

import java.util.function.Consumer;
import org.symbreak.engine.TrainingSession;
import org.symbreak.network.NetworkSpec;
import org.symbreak.setting.OptimizerSpec;

/**
 * Gradient steps of one network over all rows, as claims take them.
 *
 * @param data the rows, and the engine
 * @param network what is trained
 * @param optimizer sgd, nesterov or adam
 * @param start parameters
 */
record Descent(ClaimData data, NetworkSpec network, OptimizerSpec optimizer, double[] start) {
  /** Plain gradient descent, what the claims are about. */
  static final OptimizerSpec PLAIN =
      new OptimizerSpec(OptimizerSpec.Kind.SGD, 0.5, 0, OptimizerSpec.Decay.NONE);

  /** With momentum, where it matters only that a minimum is found soon. */
  static final OptimizerSpec FAST =
      new OptimizerSpec(OptimizerSpec.Kind.NESTEROV, 0.3, 0.9, OptimizerSpec.Decay.NONE);

  /** The network from where its initialization begins. */
  static Descent of(ClaimData data, NetworkSpec network, OptimizerSpec optimizer) {
    return new Descent(data, network, optimizer, data.start(network));
  }

  /** Takes steps and returns the parameters then. */
  double[] after(int steps) {
    try (TrainingSession session = data.begin(network, optimizer, start)) {
      session.advance(steps);
      return session.parameters();
    }
  }

  /**
   * Takes steps; the units are shown before the first and then every so many.
   *
   * @return the parameters at the end
   */
  double[] watch(int steps, int every, Consumer<HiddenUnits> watcher) {
    watcher.accept(HiddenUnits.of(data, network, start));
    try (TrainingSession session = data.begin(network, optimizer, start)) {
      while (session.iteration() < steps) {
        session.advance((int) Math.min(every, steps - session.iteration()));
        watcher.accept(HiddenUnits.of(data, network, session.parameters()));
      }
      return session.parameters();
    }
  }

  /**
   * How many steps it takes until the loss is at or below a target, to within a twentieth.
   *
   * @param most steps at the most, from 1
   * @return null where it never is, or where the loss stops being a number
   */
  Integer stepsTo(double target, int most) {
    try (TrainingSession session = data.begin(network, optimizer, start)) {
      while (session.iteration() < most) {
        long now = session.iteration();
        double loss = session.advance((int) Math.min(most - now, 1 + now / 20));
        if (!Double.isFinite(loss)) {
          return null;
        }
        if (loss <= target) {
          return (int) session.iteration();
        }
      }
      return null;
    }
  }
}
