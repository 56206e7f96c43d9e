package org.symbreak.claims;

import java.util.Arrays;
import java.util.List;
import org.symbreak.network.Activation;

/**
 * C12.
 *
 * @param large the scale whose hidden units are said not to suffer, though the output does
 * @param small the scale that it is compared to
 */
record ReluScale(double large, double small) implements Claim {
  private static final int STEPS = 3000;

  @Override
  public String id() {
    return "C12";
  }

  @Override
  public String statement() {
    return "Without tanh or sigmoid in the hidden layers this is less of an issue, but with a sigmoid output the weights must still not start too large.";
  }

  @Override
  public ClaimResult check(ClaimData data) {
    double target = ScaleRow.target(data, STEPS);
    List<ScaleRow> table =
        Arrays.stream(ScaleRow.SCALES)
            .mapToObj(
                scale ->
                    ScaleRow.measure(data, Activation.RELU, "gaussian:%s", scale, target, STEPS))
            .toList();
    ScaleRow largeRow =
        table.stream().filter(row -> row.scale() == large).findFirst().orElseThrow();
    ScaleRow smallRow =
        table.stream().filter(row -> row.scale() == small).findFirst().orElseThrow();
    List<List<Object>> rows =
        table.stream()
            .map(
                row ->
                    Arrays.<Object>asList(
                        "relu " + Measurement.text(row.scale()),
                        row.slope(),
                        row.gradientNorm(),
                        row.outputSaturated(),
                        row.loss(),
                        row.steps()))
            .toList();
    String times = "relu × " + Measurement.text(large);
    return ClaimResult.of(
            this,
            List.of(
                Measurement.equal(
                    times
                        + ": mean slope of the hidden units, less that at × "
                        + Measurement.text(small),
                    largeRow.slope() - smallRow.slope(),
                    0),
                Measurement.above(
                    times + ": share of rows with a saturated output",
                    largeRow.outputSaturated(),
                    0.5),
                Measurement.above(
                    times + ": initial loss, against ten times that of a constant prediction",
                    largeRow.loss(),
                    10 * data.constantLoss())))
        .withTable(
            new ResultTable(
                List.of(
                    "scale",
                    "mean slope",
                    "first-layer gradient",
                    "output saturated",
                    "initial loss",
                    "steps to target"),
                rows));
  }
}
