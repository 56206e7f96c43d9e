package org.symbreak.guard;

import java.nio.file.Path;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.symbreak.problem.InputException;

/**
 * For any Deeplearning4j program: restores networks and graphs from files that nobody vouches for,
 * in place of {@code ModelSerializer}. Everything is checked first, and Deeplearning4j then sees
 * the very contents that were checked. The JVM's own serialization filter is left alone.
 *
 * <pre>{@code
 * MultiLayerNetwork network = GuardedModels.restoreMultiLayerNetwork(Path.of("model.zip"));
 * }</pre>
 */
public final class GuardedModels {
  private GuardedModels() {}

  /**
   * Restores a network with its optimizer's state, ready to go on training.
   *
   * @throws InputException where the file is refused; the message names the entry and what is wrong
   *     with it
   */
  public static MultiLayerNetwork restoreMultiLayerNetwork(Path file) {
    return ModelGuard.STRICT.check(file).restore();
  }

  /**
   * The same, where the configuration names classes of one's own.
   *
   * @param trustedClasses names of classes that configuration.json may name besides the known ones,
   *     as {@link Class#getName} gives them; they will be run
   * @throws InputException where the file is refused; the message names the entry and what is wrong
   *     with it
   */
  public static MultiLayerNetwork restoreMultiLayerNetwork(Path file, Set<String> trustedClasses) {
    return ModelGuard.STRICT.trusting(trustedClasses).check(file).restore();
  }

  /**
   * Restores a graph with its optimizer's state, ready to go on training.
   *
   * @throws InputException where the file is refused; the message names the entry and what is wrong
   *     with it
   */
  public static ComputationGraph restoreComputationGraph(Path file) {
    return restoreComputationGraph(file, Set.of());
  }

  /**
   * The same, where the configuration names classes of one's own.
   *
   * @param trustedClasses as for {@link #restoreMultiLayerNetwork(Path, Set)}
   * @throws InputException where the file is refused; the message names the entry and what is wrong
   *     with it
   */
  public static ComputationGraph restoreComputationGraph(Path file, Set<String> trustedClasses) {
    return ModelGuard.STRICT.trusting(trustedClasses).check(file).restoreGraph();
  }
}
