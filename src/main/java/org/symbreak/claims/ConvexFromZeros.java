package org.symbreak.claims;

import java.util.List;
import java.util.Locale;
import org.symbreak.init.Initializations;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.run.TrainedRun;
import org.symbreak.setting.OptimizerSpec;

/**
 * C7. The bounds are what L-BFGS leaves where it calls a gradient zero: 1e-8 of the loss, and of a
 * weight, on which the loss depends by squares at the minimum, its root.
 *
 * @param l2 coefficient of the penalty, without which separable data have no minimum
 * @param most iterations at the most
 */
record ConvexFromZeros(double l2, int most) implements Claim {
  @Override
  public String id() {
    return "C7";
  }

  @Override
  public String lecture() {
    return "Logistic regression, without a hidden layer, is fine from zeros.";
  }

  @Override
  public String statement() {
    return "Its penalized problem is convex: from zeros and from random weights it comes to the"
        + " same loss and the same weights.";
  }

  @Override
  public SeedResult check(ClaimData data) {
    TrainedRun zeros = run(data, "zeros", data.seed());
    TrainedRun random = run(data, "gaussian:1", data.derivedSeed(0));
    return SeedResult.of(
            List.of(
                Measurement.below(
                    String.format(
                        Locale.ROOT,
                        "penalized loss from zeros against a random start, L-BFGS, L2 %s, double:"
                            + " difference",
                        Measurement.text(l2)),
                    Math.abs(random.result().loss() - zeros.result().loss()),
                    1e-8),
                Measurement.below(
                    "largest difference of a weight",
                    largestDifference(random.lastParameters(), zeros.lastParameters()),
                    1e-4)))
        .withTable(
            new ResultTable(
                List.of("start", "loss", "iterations"),
                List.of(row("zeros", zeros), row("gaussian:1", random))));
  }

  private static List<Object> row(String start, TrainedRun run) {
    return List.of(start, run.result().loss(), run.result().iterations());
  }

  private TrainedRun run(ClaimData data, String start, long runSeed) {
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
        runSeed);
  }

  private static double largestDifference(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
