package org.symbreak.claims;

import java.util.List;
import java.util.Locale;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;

/**
 * C6.
 *
 * @param start where the weights begin
 */
record StationaryZeros(String start) implements Claim {
  private static final int STEPS = 100;

  @Override
  public String id() {
    return "C6";
  }

  @Override
  public String lecture() {
    return "From all zeros, the units of a layer move together.";
  }

  @Override
  public String statement() {
    return "Those of tanh and ReLU do not move at all; those of sigmoid do, together, provided that"
        + " the classes are not exactly balanced.";
  }

  @Override
  public boolean isDeterministic() {
    return true;
  }

  @Override
  public SeedResult check(ClaimData data) {
    int rarer = data.rowsOfTheRarerClass();
    ClaimData balanced = data.withClasses(rarer, rarer);
    ClaimData unbalanced = data.withClasses(rarer, rarer - rarer / 3);
    HiddenUnits sigmoid = after(unbalanced, Activation.SIGMOID);
    String share =
        String.format(
            Locale.ROOT, "%d rows of one class, %d of the other", rarer, rarer - rarer / 3);
    return SeedResult.of(
            List.of(
                Measurement.equal(
                    String.format(
                        Locale.ROOT, "largest weight after %d steps, tanh, %s", STEPS, share),
                    largest(after(unbalanced, Activation.TANH)),
                    0),
                Measurement.equal(
                    "the same with ReLU", largest(after(unbalanced, Activation.RELU)), 0),
                Measurement.above(
                    "the same with sigmoid, first layer", sigmoid.largestWeight(0), 0),
                Measurement.above("the same with sigmoid, output", sigmoid.largestWeight(1), 0),
                Measurement.equal("different sigmoid units then", sigmoid.mostDistinct(), 1)))
        .withCounterCases(
            List.of(
                Measurement.equal(
                    String.format(
                        Locale.ROOT, "sigmoid, %d rows of either class: largest weight", rarer),
                    largest(after(balanced, Activation.SIGMOID)),
                    0)));
  }

  private HiddenUnits after(ClaimData data, Activation activation) {
    NetworkSpec network = ClaimData.network(1, data.hidden(), activation, start, "zeros");
    return HiddenUnits.of(data, network, Descent.of(data, network, Descent.PLAIN).after(STEPS));
  }

  private static double largest(HiddenUnits units) {
    return Math.max(units.largestWeight(0), units.largestWeight(1));
  }
}
