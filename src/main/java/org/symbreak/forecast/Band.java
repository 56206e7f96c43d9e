package org.symbreak.forecast;

import java.util.List;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.init.LayerInits;
import org.symbreak.init.ScaledGaussian;
import org.symbreak.network.NetworkSpec;

/**
 * The scales of Gaussian weights from which a run comes to half the constant prediction's loss,
 * found in the reduced model by halves of a power of ten.
 *
 * @param lowest scale that does; null where none was found
 * @param highest scale that does
 */
public record Band(Double lowest, Double highest) {
  private static final List<Double> SCALES =
      List.of(1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0);

  /** Products of rows and parameters a scale. */
  private static final double WORK = 5e6;

  static Band of(TrainingProblem problem, long steps) {
    int middle = SCALES.indexOf(0.3);
    Double lowest = null;
    Double highest = null;
    for (int i = middle; i >= 0 && (trains(problem, SCALES.get(i), steps)); i--) {
      lowest = SCALES.get(i);
    }
    for (int i = middle;
        i < SCALES.size() && (i == middle ? lowest != null : trains(problem, SCALES.get(i), steps));
        i++) {
      highest = SCALES.get(i);
    }
    if (lowest == null && trains(problem, 0.1, steps)) {
      lowest = 0.1;
      highest = 0.1;
    }
    return new Band(lowest, highest);
  }

  private static boolean trains(TrainingProblem problem, double scale, long steps) {
    NetworkSpec network = problem.network();
    NetworkSpec scaled =
        new NetworkSpec(
            network.hidden(),
            network.activations(),
            LayerInits.of(new ScaledGaussian(scale)),
            network.biases(),
            network.l2(),
            network.precision());
    TrainingProblem other =
        new TrainingProblem(
            scaled,
            problem.optimizer(),
            problem.rows(),
            problem.weightOfZero(),
            problem.weightOfOne(),
            problem.batchSize(),
            problem.seed(),
            problem.threads());
    double[] start = scaled.initialParameters(problem.rows().features(), problem.seed());
    return Waiting.withoutLaw(other, start, steps, WORK).isTrained();
  }
}
