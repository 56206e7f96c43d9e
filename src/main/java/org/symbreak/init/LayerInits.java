package org.symbreak.init;

import java.util.ArrayList;
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

  /** The same one for every layer. */
  public static LayerInits of(Initialization initialization) {
    return new LayerInits(List.of(initialization));
  }

  /**
   * What each layer of a network begins with: where layers draw from one sequence of numbers, each
   * knows where in it it starts.
   *
   * @param fansIn inputs of each layer, the first one's first; biases count as weights from one
   *     input
   * @param fansOut units of each layer
   * @return as many as there are layers
   */
  public List<Initialization> resolve(int[] fansIn, int[] fansOut) {
    List<Initialization> resolved = new ArrayList<>();
    for (int layer = 0; layer < fansOut.length; layer++) {
      Initialization initialization = of(layer);
      for (int before = 0; before < layer; before++) {
        initialization =
            initialization.after(resolved.get(before), (long) fansIn[before] * fansOut[before]);
      }
      resolved.add(initialization);
    }
    return List.copyOf(resolved);
  }

  /** Whether one of them looks at the training rows. */
  public boolean lookAtRows() {
    return layers.stream().anyMatch(DataDependent.class::isInstance);
  }

  private Initialization of(int layer) {
    return layers.get(Math.min(layer, layers.size() - 1));
  }

  /** {@code gaussian:0.01/zeros}. */
  @Override
  public String toString() {
    return layers.stream().map(Initialization::toString).collect(Collectors.joining("/"));
  }
}
