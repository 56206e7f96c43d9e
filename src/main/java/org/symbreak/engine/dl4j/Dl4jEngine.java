package org.symbreak.engine.dl4j;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.openblas.global.openblas;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;

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
    pinThreads();
    return "%s, BLAS %s on 1 thread, %s"
        .formatted(
            Nd4j.getBackend().getClass().getSimpleName(),
            Nd4j.factory().blas().getBlasVendor(),
            problem.network().precision().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public TrainingSession open(TrainingProblem problem, double[] parameters) {
    pinThreads();
    return new Dl4jSession(problem, parameters, listeners);
  }

  /** Must come after ND4J has loaded, which sets numbers of its own. */
  private static void pinThreads() {
    if (Nd4j.getBackend().getClass().getSimpleName().startsWith("Cpu")) {
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
      openblas.blas_set_num_threads(1);
    }
  }
}
