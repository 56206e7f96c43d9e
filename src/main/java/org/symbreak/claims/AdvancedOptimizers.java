package org.symbreak.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.run.TrainedRun;
import org.symbreak.setting.OptimizerSpec;

/**
 * C15. "Minimizes" is held to the target loss, half way to what a well-scaled network comes to.
 *
 * @param random a start that breaks the symmetry
 * @param equal a start that does not
 */
record AdvancedOptimizers(String random, String equal) implements Claim {
  private static final int STEPS = 2000;
  private static final int ITERATIONS = 300;

  @Override
  public String id() {
    return "C15";
  }

  @Override
  public String lecture() {
    return "From a random start, gradient descent or an advanced optimizer (L-BFGS, conjugate"
        + " gradient) then minimizes J.";
  }

  @Override
  public String statement() {
    return "Each of the three learns from the same random start; from an equal start the advanced"
        + " ones keep the symmetry as well.";
  }

  @Override
  public SeedResult check(ClaimData data) {
    List<Measurement> measurements = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    for (OptimizerSpec.Kind kind :
        List.of(OptimizerSpec.Kind.SGD, OptimizerSpec.Kind.LBFGS, OptimizerSpec.Kind.CG)) {
      TrainedRun run = run(data, random, kind);
      measurements.add(
          Measurement.below(
              kind + ": loss at the end, against the target loss",
              data.loss(run.spec().network(), run.lastParameters()),
              data.target()));
      rows.add(row(kind, random, run));
      if (kind.isLineSearch()) {
        TrainedRun symmetric = run(data, equal, kind);
        measurements.add(
            Measurement.equal(
                String.format(Locale.ROOT, "%s from %s: different units at the end", kind, equal),
                HiddenUnits.of(data, symmetric.spec().network(), symmetric.lastParameters())
                    .mostDistinct(),
                1));
        rows.add(row(kind, equal, symmetric));
      }
    }
    return SeedResult.of(measurements)
        .withTable(
            new ResultTable(
                List.of("optimizer", "start", "loss", "iterations", "evaluations", "stopped"),
                rows));
  }

  private static List<Object> row(OptimizerSpec.Kind kind, String start, TrainedRun run) {
    List<Object> row =
        new ArrayList<>(
            List.of(kind.toString(), start, run.result().loss(), run.result().iterations()));
    row.add(run.result().evaluations());
    row.add(run.result().stopped().toString());
    return row;
  }

  private static TrainedRun run(ClaimData data, String start, OptimizerSpec.Kind kind) {
    // a small penalty, so that there is a minimum
    NetworkSpec network =
        new NetworkSpec(
            List.of(data.hidden()),
            List.of(Activation.TANH),
            Initializations.parseLayers(start),
            Initializations.parseLayers("zeros"),
            1e-4,
            Precision.DOUBLE);
    OptimizerSpec optimizer = new OptimizerSpec(kind, 0.5, 0, OptimizerSpec.Decay.NONE);
    return data.train(network, optimizer, kind.isLineSearch() ? ITERATIONS : STEPS, data.seed());
  }
}
