package org.symbreak.network;

import java.util.List;

/**
 * Sizes of a stack of dense layers and where each parameter stands in the flat vector. The order is
 * Deeplearning4j's: a layer after the other, of each the weights, unit after unit, then the biases.
 *
 * @param sizes inputs, units of each hidden layer, 1 for the output; at least two, each from 1; an
 *     ArithmeticException where there are 2³¹ parameters or more
 */
public record DenseShape(List<Integer> sizes) {
  public DenseShape {
    sizes = List.copyOf(sizes);
    if (sizes.size() < 2 || sizes.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "sizes need inputs and outputs, each from 1, found " + sizes);
    }
    long parameters = 0;
    for (int layer = 0; layer + 1 < sizes.size(); layer++) {
      parameters = Math.addExact(parameters, (sizes.get(layer) + 1L) * sizes.get(layer + 1));
    }
    Math.toIntExact(parameters);
  }

  /** Number of layers with parameters: hidden ones and the output. */
  public int layers() {
    return sizes.size() - 1;
  }

  /** Number of hidden layers, from 0. */
  public int hiddenLayers() {
    return sizes.size() - 2;
  }

  /** What comes into a layer's units. */
  public int inputs(int layer) {
    return sizes.get(layer);
  }

  /** A layer's units. */
  public int units(int layer) {
    return sizes.get(layer + 1);
  }

  /**
   * Where a layer's weights begin in the flat vector; unit j's are the {@code inputs(layer)} from
   * there plus {@code j · inputs(layer)}.
   */
  public int weights(int layer) {
    int offset = 0;
    for (int before = 0; before < layer; before++) {
      offset += (inputs(before) + 1) * units(before);
    }
    return offset;
  }

  /** Where a layer's biases begin in the flat vector. */
  public int biases(int layer) {
    return weights(layer) + inputs(layer) * units(layer);
  }

  /** Length of the flat vector. */
  public int parameters() {
    return weights(layers());
  }
}
