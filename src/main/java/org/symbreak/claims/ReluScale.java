package org.symbreak.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.symbreak.network.Activation;

/**
 * C12. Nothing is judged by the output's saturation and the initial loss at large scales: with ReLU
 * the output's sum grows in proportion to the scale, so they could not come out otherwise. Time
 * can. The bound is twice the steps, as in C11.
 *
 * @param large the scale at which ReLU is compared with tanh
 * @param tooLarge the scale that is said to be too large for the output
 */
record ReluScale(double large, double tooLarge) implements Claim {
  private static final double[] RATES = {0.5, 0.05, 0.005};

  @Override
  public String id() {
    return "C12";
  }

  @Override
  public String lecture() {
    return "Without tanh or sigmoid in the hidden layers this is less of an issue, but with a"
        + " sigmoid output the weights must still not start too large.";
  }

  @Override
  public String statement() {
    return "With the hidden layer alone scaled, each at the best of three rates: ReLU × 100 is at"
        + " the target loss before tanh × 100; and ReLU × 1000 comes there later than twice"
        + " the steps of the best smaller scale, or never.";
  }

  @Override
  public SeedResult check(ClaimData data) {
    Arrivals arrivals = new Arrivals(data, RATES);
    List<List<Object>> rows = new ArrayList<>();
    for (double scale : ScaleRow.SCALES) {
      ScaleRow row = ScaleRow.measure(data, Activation.RELU, scale);
      List<Object> cells =
          new ArrayList<>(
              List.of(
                  LargeScale.name(Activation.RELU, scale),
                  row.gradientNorm(),
                  row.outputSaturated(),
                  row.loss()));
      for (double rate : RATES) {
        cells.add(arrivals.at(Activation.RELU, scale, rate, Arrivals.MOST));
      }
      rows.add(cells);
    }
    List<String> columns =
        new ArrayList<>(
            List.of("scale", "first-layer gradient", "output saturated", "initial loss"));
    Arrays.stream(RATES)
        .forEach(rate -> columns.add("steps to target at rate " + Measurement.text(rate)));
    return SeedResult.of(
            List.of(
                Measurement.earlier(
                    "ReLU × "
                        + Measurement.text(large)
                        + ": first step at the target loss, before that of tanh × "
                        + Measurement.text(large),
                    arrivals.of(Activation.RELU, large, Arrivals.MOST),
                    arrivals.of(Activation.TANH, large, Arrivals.MOST)),
                arrivals.isTwiceAsLate(
                    "ReLU × " + Measurement.text(tooLarge), Activation.RELU, tooLarge)))
        .withTable(new ResultTable(columns, rows))
        .withNotes(
            List.of(
                "That output and initial loss grow with the scale follows from ReLU being"
                    + " homogeneous, and judges nothing."));
  }
}
