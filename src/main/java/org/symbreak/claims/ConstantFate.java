package org.symbreak.claims;

import java.util.List;
import java.util.Locale;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;

/**
 * C5.
 *
 * @param start where the weights begin
 */
record ConstantFate(String start) implements Claim {
  private static final int STEPS = 1000;

  @Override
  public String id() {
    return "C5";
  }

  @Override
  public String statement() {
    return "The equal start need not be zero: any constant, such as 0.5, has the same fate.";
  }

  @Override
  public ClaimResult check(ClaimData data) {
    int[] most = {0};
    double[] moved = {Double.POSITIVE_INFINITY};
    for (Activation activation : Activation.values()) {
      NetworkSpec network = ClaimData.network(1, data.hidden(), activation, start, "zeros");
      double[] begin = data.start(network);
      double[] end =
          Descent.of(data, network, Descent.PLAIN)
              .watch(STEPS, 1, units -> most[0] = Math.max(most[0], units.mostDistinct()));
      moved[0] = Math.min(moved[0], Math.abs(end[0] - begin[0]));
    }
    return ClaimResult.of(
        this,
        List.of(
            Measurement.equal(
                String.format(
                    Locale.ROOT,
                    "%d steps of each activation: different units at the most, at any step",
                    STEPS),
                most[0],
                1),
            Measurement.above(
                "how far their first weight moved, of the activation where it moved least",
                moved[0],
                0)));
  }
}
