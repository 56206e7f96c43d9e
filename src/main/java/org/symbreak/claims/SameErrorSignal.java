package org.symbreak.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.symbreak.engine.TrainingSession;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.symmetry.GroupSpread;

/**
 * C2.
 *
 * @param start where the weights begin
 */
record SameErrorSignal(String start) implements Claim {
  private static final int STEPS = 5;

  @Override
  public String id() {
    return "C2";
  }

  @Override
  public String lecture() {
    return "Back-propagation then gives both units the same error signal: dz1 = dz2, and the rows"
        + " of dW1 are equal, and so are the entries of dW2.";
  }

  @Override
  public String statement() {
    return "So they are, bit for bit and at every activation: at the start, and after steps that"
        + " leave gradients other than zero.";
  }

  @Override
  public boolean isDeterministic() {
    return true;
  }

  @Override
  public SeedResult check(ClaimData data) {
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(measure(data, 0));
    measurements.add(measure(data, STEPS));
    double largest = 0;
    for (Activation activation : Activation.values()) {
      largest =
          Math.max(
              largest,
              Arrays.stream(gradient(data, network(activation), STEPS))
                  .map(Math::abs)
                  .max()
                  .orElseThrow());
    }
    measurements.add(
        Measurement.above(
            "largest gradient then, so that not merely zeros were compared", largest, 0));
    return SeedResult.of(measurements);
  }

  private Measurement measure(ClaimData data, int steps) {
    double largest = 0;
    for (Activation activation : Activation.values()) {
      DenseShape shape = network(activation).shape(data.features());
      GroupSpread spread =
          UnitPattern.oneGroup(shape).spread(gradient(data, network(activation), steps));
      largest = Math.max(largest, spread.absolute());
    }
    return Measurement.equal(
        String.format(
            Locale.ROOT,
            "largest difference between the two units' gradients %s, each activation",
            steps == 0 ? "at the start" : "after " + steps + " steps"),
        largest,
        0);
  }

  private NetworkSpec network(Activation activation) {
    return ClaimData.network(1, 2, activation, start, "zeros");
  }

  private static double[] gradient(ClaimData data, NetworkSpec network, int steps) {
    double[] parameters = data.start(network);
    double[] gradient = new double[parameters.length];
    try (TrainingSession session = data.begin(network, Descent.PLAIN, parameters)) {
      if (steps > 0) {
        session.advance(steps);
      }
      session.objective(session.parameters(), gradient);
    }
    return gradient;
  }
}
