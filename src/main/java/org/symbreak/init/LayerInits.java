package org.symbreak.init;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An initialization a layer, as in {@code gaussian:0.01/zeros}; the last one repeats for the layers
 * that follow, the output layer included.
 *
 * @param layers at least one
 */
public record LayerInits(List<Initialization> layers) {
  public LayerInits {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("an initialization for at least one layer is needed");
    }
  }

  /**
   * @param layer from 0
   */
  public Initialization of(int layer) {
    return layers.get(Math.min(layer, layers.size() - 1));
  }

  /** {@code gaussian:0.01/zeros}. */
  @Override
  public String toString() {
    return layers.stream().map(Initialization::toString).collect(Collectors.joining("/"));
  }
}
