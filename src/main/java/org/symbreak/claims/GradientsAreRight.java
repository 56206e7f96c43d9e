package org.symbreak.claims;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;

/**
 * C14.
 *
 * @param threshold below which every relative difference must be
 */
record GradientsAreRight(double threshold) implements Claim {
  /** Of each class: enough for a derivative. */
  private static final int ROWS = 20;

  @Override
  public String id() {
    return "C14";
  }

  @Override
  public String lecture() {
    return "Before training, check back-propagation against numerical gradients.";
  }

  @Override
  public String statement() {
    return "They agree to 1e-7 in double precision, at 0 to 4 hidden layers and every activation.";
  }

  @Override
  public SeedResult check(ClaimData data) {
    ClaimData some = data.withClasses(ROWS, ROWS);
    double worst = 0;
    List<List<Object>> rows = new ArrayList<>();
    for (int depth = 0; depth <= 4; depth++) {
      for (Activation activation :
          depth == 0 ? List.of(Activation.IDENTITY) : List.of(Activation.values())) {
        GradientCheck check = check(some, depth, activation);
        double largest = Math.max(check.relativeDifference(), check.worst().relativeDifference());
        worst = Math.max(worst, largest);
        rows.add(
            List.of(
                depth,
                depth == 0 ? "none" : activation.toString(),
                check.checked(),
                check.skipped(),
                largest));
      }
    }
    return SeedResult.of(
            List.of(
                Measurement.below(
                    "largest relative difference, 0 to 4 hidden layers, each activation, with L2"
                        + " and class weights, double",
                    worst,
                    threshold)))
        .withTable(
            new ResultTable(
                List.of(
                    "hidden layers",
                    "activation",
                    "parameters",
                    "skipped at kinks",
                    "relative difference"),
                rows));
  }

  private static GradientCheck check(ClaimData data, int depth, Activation activation) {
    List<Integer> hidden = List.of(5, 4, 4, 3).subList(0, depth);
    NetworkSpec network =
        new NetworkSpec(
            hidden,
            List.of(activation),
            Initializations.parseLayers("glorot"),
            Initializations.parseLayers("gaussian:0.1"),
            0.01,
            Precision.DOUBLE);
    TrainingProblem problem =
        new TrainingProblem(
            network, Descent.PLAIN, data.rows(), 0.7, 1.4, data.y().length, data.seed(), 1);
    return GradientCheck.of(data.engines().apply(problem), problem, data.start(network));
  }
}
