package org.symbreak.run;

import java.util.Objects;
import org.symbreak.data.FittedPipeline;
import org.symbreak.network.DenseShape;
import org.symbreak.setting.RunSpec;

/**
 * A run that is over, in memory.
 *
 * @param spec the run, its engine resolved
 * @param result what came out
 * @param shape of the network
 * @param bestParameters the weights that are kept: those of the lowest validation loss, or the last
 *     ones without early stopping; flat, not to be changed
 * @param lastParameters where training ended; flat, not to be changed
 * @param bestUpdaterState the optimizer's state that belongs to the best weights, in
 *     Deeplearning4j's layout; empty where it has none
 * @param pipeline from a raw row to features
 */
public record TrainedRun(
    RunSpec spec,
    RunResult result,
    DenseShape shape,
    double[] bestParameters,
    double[] lastParameters,
    double[] bestUpdaterState,
    FittedPipeline pipeline) {
  public TrainedRun {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(shape, "shape");
  }

  /** The same, its model saved there. */
  TrainedRun savedAs(String path) {
    return new TrainedRun(
        spec,
        result.savedAs(path),
        shape,
        bestParameters,
        lastParameters,
        bestUpdaterState,
        pipeline);
  }
}
