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
   * How many steps it takes until the loss is at or below a target, to within 10.
   *
   * @param most steps at the most
   * @return null where it never is, or where the loss stops being a number
   */
  Integer stepsTo(double target, int most) {
    try (TrainingSession session = data.begin(network, optimizer, start)) {
      for (int steps = 0; steps < most; steps += 10) {
        double loss = session.advance(10);
        if (!Double.isFinite(loss)) {
          return null;
        }
        if (loss <= target) {
          return steps + 10;
        }
      }
      return null;
    }
  }

  /**
   * The lowest loss that a network with one unit in each hidden layer of this one comes to, from a
   * few random starts with the same steps.
   */
  double bestOfOneUnit(int steps) {
    double best = Double.POSITIVE_INFINITY;
    for (int attempt = 0; attempt < 5; attempt++) {
      NetworkSpec one =
          ClaimData.network(
              network.hidden().size(), 1, network.activation(0), "gaussian:1", "zeros");
      double[] begin = one.initialParameters(data.features(), data.seed() + attempt);
      best = Math.min(best, data.loss(one, new Descent(data, one, optimizer, begin).after(steps)));
    }
    return best;
  }
}
