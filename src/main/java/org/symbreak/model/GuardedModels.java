package org.symbreak.model;

import java.nio.file.Path;
import java.util.Set;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Restores Deeplearning4j networks from files that nobody vouches for: everything is checked first,
 * and Deeplearning4j then sees the very bytes that were checked.
 */
public final class GuardedModels {
  private GuardedModels() {}

  /**
   * In place of {@code ModelSerializer.restoreMultiLayerNetwork}.
   *
   * @throws org.symbreak.problem.InputException where the file is refused, with the entry and what
   *     is wrong
   */
  public static MultiLayerNetwork restoreMultiLayerNetwork(Path file) {
    return restoreMultiLayerNetwork(file, Set.of());
  }

  /**
   * @param trustedClasses names of classes that configuration.json may name besides
   *     Deeplearning4j's own
   */
  public static MultiLayerNetwork restoreMultiLayerNetwork(Path file, Set<String> trustedClasses) {
    throw new UnsupportedOperationException();
  }
}
