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
 * C15.
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
  public String statement() {
    return "From a random start, gradient descent or an advanced optimizer (L-BFGS, conjugate gradient) then minimizes J; from an equal start the advanced ones keep the symmetry as well.";
  }

  @Override
  public ClaimResult check(ClaimData data) {
    List<Measurement> measurements = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    double descent = Double.NaN;
    for (OptimizerSpec.Kind kind :
        List.of(OptimizerSpec.Kind.SGD, OptimizerSpec.Kind.LBFGS, OptimizerSpec.Kind.CG)) {
      TrainedRun run = run(data, random, kind);
      double loss = run.result().loss();
      if (kind == OptimizerSpec.Kind.SGD) {
        descent = loss;
        measurements.add(
            Measurement.below(
                String.format(
                    Locale.ROOT,
                    "%s: loss after %d steps, against that of a constant prediction",
                    kind,
                    STEPS),
                loss,
                data.constantLoss()));
      } else {
        measurements.add(
            Measurement.below(
                String.format(
                    Locale.ROOT,
                    "%s: loss after %d iterations, against gradient descent's",
                    kind,
                    run.result().iterations()),
                loss,
                descent));
        TrainedRun symmetric = run(data, equal, kind);
        int distinct =
            HiddenUnits.of(data, symmetric.spec().network(), symmetric.lastParameters())
                .mostDistinct();
        measurements.add(
            Measurement.equal(
                String.format(
                    Locale.ROOT,
                    "%s from %s: different units after %d iterations",
                    kind,
                    equal,
                    symmetric.result().iterations()),
                distinct,
                1));
        rows.add(row(kind, equal, symmetric));
      }
      rows.add(row(kind, random, run));
    }
    return ClaimResult.of(this, measurements)
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
