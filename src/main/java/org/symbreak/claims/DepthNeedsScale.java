package org.symbreak.claims;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.engine.TrainingSession;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.setting.OptimizerSpec;

/**
 * C13. Judged by the first arrival at the target loss, since what has arrived may be thrown out
 * again by a rate that is too large for the depth, which is no matter of where it began. The target
 * is that of one hidden layer, so that a depth gains nothing by being judged milder.
 *
 * @param fixed the start that is said to do for one hidden layer
 * @param scaled the start that is said to do for many
 */
record DepthNeedsScale(String fixed, String scaled) implements Claim {
  private static final int STEPS = 1000;
  private static final int[] DEPTHS = {1, 2, 4, 8};
  private static final int DEEPEST = 8;
  private static final double[] RATES = {0.3, 0.05, 0.01};

  @Override
  public String id() {
    return "C13";
  }

  @Override
  public String lecture() {
    return "0.01 is fine for one hidden layer; a very deep network wants another constant.";
  }

  @Override
  public String statement() {
    return "From × 0.01 one hidden layer arrives at the target loss, and eight do at no rate; from"
        + " weights scaled by the fan-in eight arrive. Whether they stay there is the rate's"
        + " matter.";
  }

  /**
   * One run.
   *
   * @param arrived the first step at the target loss; null for never
   * @param last the loss at the end; null where it is not finite
   */
  private record Run(Integer arrived, Double last) {}

  @Override
  public SeedResult check(ClaimData data) {
    List<List<Object>> rows = new ArrayList<>();
    int shallow = 0;
    int deep = 0;
    int deepScaled = 0;
    for (int depth : DEPTHS) {
      for (double rate : RATES) {
        Run ofFixed = run(data, depth, fixed, rate);
        Run ofScaled = run(data, depth, scaled, rate);
        shallow += depth == 1 && ofFixed.arrived != null ? 1 : 0;
        deep += depth == DEEPEST && ofFixed.arrived != null ? 1 : 0;
        deepScaled += depth == DEEPEST && ofScaled.arrived != null ? 1 : 0;
        List<Object> row = new ArrayList<>();
        row.add(depth + " at " + Measurement.text(rate));
        row.add(ofFixed.arrived);
        row.add(ofFixed.last);
        row.add(ofScaled.arrived);
        row.add(ofScaled.last);
        rows.add(row);
      }
    }
    String rates = " of " + RATES.length + " rates at which it arrives within " + STEPS + " steps";
    return SeedResult.of(
            List.of(
                Measurement.above(fixed + ", 1 hidden layer: number" + rates, shallow, 0),
                Measurement.equal(
                    fixed + ", " + DEEPEST + " hidden layers: number" + rates, deep, 0),
                Measurement.above(
                    scaled + ", " + DEEPEST + " hidden layers: number" + rates, deepScaled, 0)))
        .withTable(
            new ResultTable(
                List.of(
                    "hidden layers, rate",
                    fixed + ": first at the target",
                    "loss at the end",
                    scaled + ": first at the target",
                    "loss at the end"),
                rows));
  }

  private static Run run(ClaimData data, int depth, String start, double rate) {
    NetworkSpec network =
        ClaimData.inFloats(
            ClaimData.network(depth, data.hidden(), Activation.TANH, start, "zeros"));
    OptimizerSpec optimizer =
        new OptimizerSpec(OptimizerSpec.Kind.NESTEROV, rate, 0.9, OptimizerSpec.Decay.NONE);
    try (TrainingSession session = data.begin(network, optimizer, data.start(network))) {
      Integer arrived = null;
      double loss = Double.NaN;
      while (session.iteration() < STEPS) {
        loss = session.advance(10);
        if (arrived == null && loss <= data.target()) {
          arrived = (int) session.iteration();
        }
      }
      return new Run(arrived, Double.isFinite(loss) ? (Double) loss : null);
    }
  }
}
