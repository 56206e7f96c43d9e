package org.symbreak.forecast;

import java.util.List;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.init.LayerInits;
import org.symbreak.init.ScaledGaussian;
import org.symbreak.network.NetworkSpec;
import org.symbreak.run.Trainer;
import org.symbreak.setting.RunSpec;

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
  private static final double WORK = 2e7;

  static Band of(RunSpec spec, EncodedRows train, long steps) {
    int middle = SCALES.indexOf(0.3);
    Double lowest = null;
    Double highest = null;
    for (int i = middle; i >= 0 && (trains(spec, train, SCALES.get(i), steps)); i--) {
      lowest = SCALES.get(i);
    }
    for (int i = middle;
        i < SCALES.size()
            && (i == middle ? lowest != null : trains(spec, train, SCALES.get(i), steps));
        i++) {
      highest = SCALES.get(i);
    }
    if (lowest == null && trains(spec, train, 0.1, steps)) {
      lowest = 0.1;
      highest = 0.1;
    }
    return new Band(lowest, highest);
  }

  private static boolean trains(RunSpec spec, EncodedRows train, double scale, long steps) {
    NetworkSpec network = spec.network();
    NetworkSpec scaled =
        new NetworkSpec(
            network.hidden(),
            network.activations(),
            LayerInits.of(new ScaledGaussian(scale)),
            network.biases(),
            network.l2(),
            network.precision());
    TrainingProblem problem = Trainer.problem(spec.withNetwork(scaled), train);
    double[] start =
        problem.network().initialParameters(train.features(), spec.seed(), train::first);
    return Waiting.of(problem, start, steps, WORK).isTrained();
  }
}
