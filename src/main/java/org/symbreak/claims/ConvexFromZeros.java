package org.symbreak.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.symbreak.init.Initializations;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.run.TrainedRun;
import org.symbreak.setting.OptimizerSpec;

/**
 * C7.
 *
 * @param l2 coefficient of the penalty, without which separable data have no minimum
 * @param most iterations at the most
 */
record ConvexFromZeros(double l2, int most) implements Claim {
  private static final int STARTS = 5;

  @Override
  public String id() {
    return "C7";
  }

  @Override
  public String statement() {
    return "Logistic regression, without a hidden layer, is fine from zeros: its problem is convex.";
  }

  @Override
  public ClaimResult check(ClaimData data) {
    TrainedRun zeros = run(data, "zeros", 0);
    double loss = 0;
    double weights = 0;
    List<List<Object>> rows = new ArrayList<>();
    rows.add(row("zeros", zeros));
    for (int start = 1; start <= STARTS; start++) {
      TrainedRun random = run(data, "gaussian:1", start);
      rows.add(row("gaussian:1, seed " + (data.seed() + start), random));
      loss = Math.max(loss, Math.abs(random.result().loss() - zeros.result().loss()));
      weights =
          Math.max(weights, largestDifference(random.lastParameters(), zeros.lastParameters()));
    }
    return ClaimResult.of(
            this,
            List.of(
                Measurement.below(
                    String.format(
                        Locale.ROOT,
                        "penalized loss from zeros against %d random starts, L-BFGS, L2 %s, double: largest difference",
                        STARTS,
                        Measurement.text(l2)),
                    loss,
                    1e-8),
                Measurement.below("largest difference of a weight", weights, 1e-4)))
        .withTable(new ResultTable(List.of("start", "loss", "iterations"), rows));
  }

  private static List<Object> row(String start, TrainedRun run) {
    return List.of(start, run.result().loss(), run.result().iterations());
  }

  private TrainedRun run(ClaimData data, String start, long number) {
    NetworkSpec network =
        new NetworkSpec(
            List.of(),
            List.of(),
            Initializations.parseLayers(start),
            Initializations.parseLayers(start),
            l2,
            Precision.DOUBLE);
    return data.train(
        network,
        new OptimizerSpec(OptimizerSpec.Kind.LBFGS, 1, 0, OptimizerSpec.Decay.NONE),
        most,
        data.seed() + number);
  }

  private static double largestDifference(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
