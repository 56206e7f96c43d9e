package org.symbreak.claims;

import java.util.List;
import java.util.Locale;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;

/**
 * C8.
 *
 * @param start where the weights begin
 */
record ZeroBiases(String start) implements Claim {
  private static final int STEPS = 300;

  @Override
  public String id() {
    return "C8";
  }

  @Override
  public String statement() {
    return "Biases may start at zero as long as W is random.";
  }

  @Override
  public ClaimResult check(ClaimData data) {
    return ClaimResult.of(
            this,
            List.of(
                Measurement.equal(
                    String.format(
                        Locale.ROOT,
                        "different units at the fewest, at the start and after each of %d steps",
                        STEPS),
                    fewest(data, start),
                    data.hidden())))
        .withCounterCases(
            List.of(Measurement.equal("the same with W zero, too", fewest(data, "zeros"), 1)));
  }

  private static int fewest(ClaimData data, String weights) {
    int[] fewest = {Integer.MAX_VALUE};
    NetworkSpec network = ClaimData.network(1, data.hidden(), Activation.TANH, weights, "zeros");
    Descent.of(data, network, Descent.PLAIN)
        .watch(STEPS, 1, units -> fewest[0] = Math.min(fewest[0], units.fewestDistinct()));
    return fewest[0];
  }
}
