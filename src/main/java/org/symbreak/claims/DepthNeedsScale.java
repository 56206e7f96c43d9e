package org.symbreak.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;

/**
 * C13.
 *
 * @param fixed the start that is said to do for one hidden layer
 * @param scaled the start that is said to do for many
 */
record DepthNeedsScale(String fixed, String scaled) implements Claim {
  private static final int STEPS = 2000;
  private static final int[] DEPTHS = {1, 2, 4, 8};
  private static final int DEEPEST = 8;

  @Override
  public String id() {
    return "C13";
  }

  @Override
  public String statement() {
    return "0.01 is fine for one hidden layer; a very deep network wants another constant, scaled by the fan-in.";
  }

  @Override
  public ClaimResult check(ClaimData data) {
    double target = ScaleRow.target(data, STEPS);
    List<List<Object>> rows = new ArrayList<>();
    for (int depth : DEPTHS) {
      List<Object> row = new ArrayList<>();
      row.add(depth);
      for (String start : starts()) {
        row.add(loss(data, depth, start));
      }
      rows.add(row);
    }
    List<String> columns = new ArrayList<>(List.of("hidden layers"));
    columns.addAll(starts());
    String bound =
        String.format(
            Locale.ROOT,
            "loss after %d steps, against the target %s",
            STEPS,
            Measurement.text(target));
    return ClaimResult.of(
            this,
            List.of(
                Measurement.below(
                    fixed + ", 1 hidden layer: " + bound, loss(data, 1, fixed), target),
                Measurement.above(
                    fixed + ", " + DEEPEST + " hidden layers: " + bound,
                    loss(data, DEEPEST, fixed),
                    target),
                Measurement.below(
                    scaled + ", " + DEEPEST + " hidden layers: " + bound,
                    loss(data, DEEPEST, scaled),
                    target)))
        .withTable(new ResultTable(columns, rows));
  }

  private List<String> starts() {
    return List.of(fixed, "gaussian:0.1", "gaussian:1", "glorot", scaled);
  }

  private static double loss(ClaimData data, int depth, String start) {
    NetworkSpec network = ClaimData.network(depth, data.hidden(), Activation.TANH, start, "zeros");
    return data.loss(network, Descent.of(data, network, Descent.FAST).after(STEPS));
  }
}
