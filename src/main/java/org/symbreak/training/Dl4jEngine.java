package org.symbreak.training;

import java.util.List;
import java.util.Optional;
import org.bytedeco.openblas.global.openblas;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Deeplearning4j's own fit: the reference that every other engine is held to. BLAS is kept to one
 * thread, so that results do not depend on the number of cores.
 */
public final class Dl4jEngine implements Engine {
  private final List<TrainingListener> listeners;

  public Dl4jEngine() {
    this(List.of());
  }

  /**
   * @param listeners Deeplearning4j's own, or anybody's: called at every iteration, as in any
   *     Deeplearning4j program
   */
  public Dl4jEngine(List<TrainingListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public String name() {
    return "dl4j";
  }

  /** Serves everything. */
  @Override
  public Optional<String> refuses(TrainingProblem problem) {
    return Optional.empty();
  }

  @Override
  public String backend(TrainingProblem problem) {
    pinBlas();
    return "%s, BLAS %s on 1 thread, %s"
        .formatted(
            Nd4j.getBackend().getClass().getSimpleName(),
            Nd4j.factory().blas().getBlasVendor(),
            problem.network().precision().name().toLowerCase());
  }

  @Override
  public TrainingSession open(TrainingProblem problem, double[] parameters) {
    pinBlas();
    return new Dl4jSession(problem, parameters, listeners);
  }

  /** Must come after ND4J has loaded, which sets a number of its own. */
  private static void pinBlas() {
    Backends.load();
    if (Nd4j.getBackend().getClass().getSimpleName().startsWith("Cpu")) {
      openblas.blas_set_num_threads(1);
    }
  }
}
