package org.symbreak.engine;

import java.util.Optional;

/**
 * What takes the steps of a run. The engines agree up to rounding; {@code dl4j} is the reference.
 */
public interface Engine {
  /** {@code dl4j} or {@code fused}. */
  String name();

  /** Why this engine cannot serve, in a sentence; empty where it can. */
  Optional<String> refuses(TrainingProblem problem);

  /**
   * What computes, in words: library, threads, data type, such as {@code nd4j-native (OpenBLAS), 1
   * thread, float}.
   */
  String backend(TrainingProblem problem);

  /**
   * Begins training.
   *
   * @param problem one that this engine does not refuse
   * @param parameters where to begin, in Deeplearning4j's flat order; copied
   */
  TrainingSession open(TrainingProblem problem, double[] parameters);
}
