package org.symbreak.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.symbreak.network.Activation;

/**
 * C10.
 *
 * @param start where the weights begin, and in one of two cases the biases
 * @param epsilon within which they must be
 */
record UniformBreaks(String start, double epsilon) implements Claim {
  @Override
  public String id() {
    return "C10";
  }

  @Override
  public String statement() {
    return "W uniform in plus or minus epsilon (rand × 2 epsilon − epsilon) breaks it too, with zero biases and with random ones.";
  }

  @Override
  public ClaimResult check(ClaimData data) {
    List<String> notes = new ArrayList<>();
    List<Measurement> measurements =
        new ArrayList<>(BrokenSymmetry.measure(data, start, "zeros", notes));
    measurements.addAll(BrokenSymmetry.measure(data, start, start, notes));
    long outside =
        Arrays.stream(
                data.start(ClaimData.network(1, data.hidden(), Activation.TANH, start, start)))
            .filter(weight -> !(Math.abs(weight) <= epsilon))
            .count();
    measurements.add(
        Measurement.equal(
            "weights and biases beyond plus or minus " + epsilon + " at the start", outside, 0));
    return ClaimResult.of(this, measurements).withNotes(notes);
  }
}
