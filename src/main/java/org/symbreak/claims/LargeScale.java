package org.symbreak.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.symbreak.network.Activation;

/**
 * C11.
 *
 * @param large the scale that is said to saturate
 * @param small the scale that it is compared to
 */
record LargeScale(double large, double small) implements Claim {
  private static final int STEPS = 3000;

  @Override
  public String id() {
    return "C11";
  }

  @Override
  public String statement() {
    return "A large constant (100, 1000 instead of 0.01) saturates tanh and sigmoid units: their slope is near 0, and gradient descent is very slow from the start.";
  }

  @Override
  public ClaimResult check(ClaimData data) {
    double target = ScaleRow.target(data, STEPS);
    List<Measurement> measurements = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    for (Activation activation : List.of(Activation.TANH, Activation.SIGMOID)) {
      List<ScaleRow> table =
          Arrays.stream(ScaleRow.SCALES)
              .mapToObj(
                  scale -> ScaleRow.measure(data, activation, "gaussian:%s", scale, target, STEPS))
              .toList();
      for (ScaleRow row : table) {
        rows.add(
            Arrays.asList(
                activation + " " + Measurement.text(row.scale()),
                row.saturated(),
                row.slope(),
                row.gradientNorm(),
                row.loss(),
                row.steps()));
      }
      ScaleRow largeRow = at(table, large);
      ScaleRow smallRow = at(table, small);
      measurements.add(
          Measurement.above(
              String.format(
                  Locale.ROOT,
                  "%s × %s: share of saturated activations at the start",
                  activation,
                  Measurement.text(large)),
              largeRow.saturated(),
              0.5));
      measurements.add(
          Measurement.below(
              String.format(
                  Locale.ROOT,
                  "%s × %s: mean slope at the start, as a share of that at × %s",
                  activation,
                  Measurement.text(large),
                  Measurement.text(small)),
              largeRow.slope() / smallRow.slope(),
              0.25));
      int fastest =
          table.stream()
              .filter(row -> row.steps() != null)
              .mapToInt(ScaleRow::steps)
              .min()
              .orElse(STEPS);
      measurements.add(
          Measurement.above(
              String.format(
                  Locale.ROOT,
                  "%s × %s: steps to the target loss %s (%d: not within them), against %d of the fastest scale",
                  activation,
                  Measurement.text(large),
                  Measurement.text(target),
                  STEPS,
                  fastest),
              largeRow.steps() == null ? STEPS : largeRow.steps(),
              2 * fastest));
    }
    return ClaimResult.of(this, measurements)
        .withTable(
            new ResultTable(
                List.of(
                    "scale",
                    "saturated",
                    "mean slope",
                    "first-layer gradient",
                    "initial loss",
                    "steps to target"),
                rows));
  }

  private static ScaleRow at(List<ScaleRow> table, double scale) {
    return table.stream().filter(row -> row.scale() == scale).findFirst().orElseThrow();
  }
}
