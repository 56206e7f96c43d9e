package org.symbreak.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.symmetry.LayerProbe;
import org.symbreak.symmetry.LayerUnits;

/**
 * What C9 and C10 share: from a start, all units stay distinct, and the loss falls below what one
 * unit can do.
 */
final class BrokenSymmetry {
  static final int STEPS = 2000;
  private static final int EVERY = 10;

  private BrokenSymmetry() {}

  /**
   * @param biases where the biases begin
   * @param notes receives the cosine of the weights, which is reported and does not judge
   */
  static List<Measurement> measure(
      ClaimData data, String weights, String biases, List<String> notes) {
    NetworkSpec network = ClaimData.network(1, data.hidden(), Activation.TANH, weights, biases);
    int[] fewest = {Integer.MAX_VALUE};
    Descent descent = Descent.of(data, network, Descent.FAST);
    double[] end =
        descent.watch(
            STEPS, EVERY, units -> fewest[0] = Math.min(fewest[0], units.fewestDistinct()));
    String start = weights + (biases.equals("zeros") ? "" : ", biases " + biases);
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(
        Measurement.equal(
            String.format(
                Locale.ROOT,
                "%s: different units at the fewest, from the start on every %d steps",
                start,
                EVERY),
            fewest[0],
            data.hidden()));
    measurements.add(
        Measurement.below(
            String.format(
                Locale.ROOT, "%s: loss after %d steps, against the best of one unit", start, STEPS),
            data.loss(network, end),
            descent.bestOfOneUnit(STEPS)));
    notes.add(
        String.format(
            Locale.ROOT,
            "%s: mean absolute cosine of the weights %s at the start, %s at the end.",
            start,
            cosine(data, network, descent.start()),
            cosine(data, network, end)));
    return measurements;
  }

  private static String cosine(ClaimData data, NetworkSpec network, double[] parameters) {
    LayerUnits units = HiddenUnits.of(data, network, parameters).layer(0);
    return Measurement.text(
        LayerProbe.measure(1, units.weights(), units.biases(), null, FlatZone.NONE)
            .meanAbsCosine());
  }
}
