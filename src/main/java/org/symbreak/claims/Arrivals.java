package org.symbreak.claims;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.setting.OptimizerSpec;

/**
 * After how many steps of plain gradient descent a network that begins at a scale first comes to
 * the target loss, at the rate of several that gets it there first. What never arrives is later
 * than all that do.
 */
final class Arrivals {
  /** Steps that a scale gets. */
  static final int MOST = 3000;

  private final ClaimData data;
  private final double[] rates;
  private final Map<List<Object>, Optional<Integer>> known = new HashMap<>();

  /**
   * @param data the rows
   * @param rates of learning
   */
  Arrivals(ClaimData data, double... rates) {
    this.data = data;
    this.rates = rates;
  }

  /**
   * @param most steps at the most
   * @return null where it does not arrive at any rate
   */
  Integer of(Activation activation, double scale, int most) {
    return DoubleStream.of(rates)
        .mapToObj(rate -> at(activation, scale, rate, most))
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** At one of the rates. */
  Integer at(Activation activation, double scale, double rate, int most) {
    return known
        .computeIfAbsent(
            List.of(activation, scale, rate, most),
            run -> Optional.ofNullable(train(activation, scale, rate, most)))
        .orElse(null);
  }

  private Integer train(Activation activation, double scale, double rate, int most) {
    NetworkSpec network = ClaimData.inFloats(ScaleRow.network(data, activation, scale));
    OptimizerSpec plain =
        new OptimizerSpec(OptimizerSpec.Kind.SGD, rate, 0, OptimizerSpec.Decay.NONE);
    return Descent.of(data, network, plain).stepsTo(data.target(), most);
  }

  /** The soonest of the scales below one; null where none arrives. */
  Integer soonestBelow(Activation activation, double scale) {
    return Arrays.stream(ScaleRow.SCALES)
        .filter(smaller -> smaller < scale)
        .mapToObj(smaller -> of(activation, smaller, MOST))
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /**
   * That a large scale is not there after twice the steps of the soonest smaller one. It gets
   * exactly these steps, so that nothing is concluded from a run that was cut off earlier.
   */
  Measurement isTwiceAsLate(String what, Activation activation, double scale) {
    Integer soonest = soonestBelow(activation, scale);
    return Measurement.later(
        what + ": first step at the target loss, after twice those of the soonest smaller scale",
        soonest == null ? null : of(activation, scale, 2 * soonest),
        soonest == null ? null : (Integer) (2 * soonest));
  }
}
