package org.symbreak.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.symbreak.network.Activation;

/**
 * C11. The bounds: most activations flat (one half) is what saturated means; a slope or a gradient
 * that is cut to a quarter or a half is more than a draw of weights does by chance; twice as many
 * steps is what "slow" must mean at least.
 *
 * @param large the scale that is said to saturate
 */
record LargeScale(double large) implements Claim {
  private static final double SMALL = 0.01;
  private static final double RATE = 0.5;

  @Override
  public String id() {
    return "C11";
  }

  @Override
  public String lecture() {
    return "A large constant (100, 1000 instead of 0.01) saturates tanh and sigmoid units: their"
        + " slope is near 0, and gradient descent is very slow from the start.";
  }

  @Override
  public String statement() {
    return "With the hidden layer alone scaled by 100: most activations are flat, slope and"
        + " gradient of the first layer shrink, and the target loss comes later than twice"
        + " the steps of the best smaller scale, or never.";
  }

  @Override
  public SeedResult check(ClaimData data) {
    Arrivals arrivals = new Arrivals(data, RATE);
    List<Measurement> measurements = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    for (Activation activation : List.of(Activation.TANH, Activation.SIGMOID)) {
      for (double scale : ScaleRow.SCALES) {
        ScaleRow row = ScaleRow.measure(data, activation, scale);
        rows.add(
            Arrays.asList(
                name(activation, scale),
                row.saturated(),
                row.slope(),
                row.gradientNorm(),
                row.loss(),
                arrivals.of(activation, scale, Arrivals.MOST)));
      }
      ScaleRow largeRow = ScaleRow.measure(data, activation, large);
      ScaleRow smallRow = ScaleRow.measure(data, activation, SMALL);
      String name = name(activation, large);
      String ofSmall = ", as a share of that at × " + Measurement.text(SMALL);
      measurements.add(
          Measurement.above(
              name + ": share of flat activations at the start", largeRow.saturated(), 0.5));
      measurements.add(
          Measurement.below(
              name + ": mean slope at the start" + ofSmall,
              largeRow.slope() / smallRow.slope(),
              0.25));
      measurements.add(
          Measurement.below(
              name + ": gradient of the first layer at the start" + ofSmall,
              largeRow.gradientNorm() / smallRow.gradientNorm(),
              0.5));
      measurements.add(arrivals.isTwiceAsLate(name, activation, large));
    }
    return SeedResult.of(measurements)
        .withTable(
            new ResultTable(
                List.of(
                    "scale",
                    "flat",
                    "mean slope",
                    "first-layer gradient",
                    "initial loss",
                    "steps to target"),
                rows));
  }

  static String name(Activation activation, double scale) {
    return activation + " × " + Measurement.text(scale);
  }
}
