package org.symbreak.engine.fused;

import org.symbreak.network.DenseShape;

/**
 * Where parameters stand inside: a layer after the other, of each the weights, input after input
 * with the units side by side, then the biases. Rows of units are padded to a multiple of {@link
 * Kernels#LANES}; padding is zero and stays zero. (Outside, in Deeplearning4j's order, it is unit
 * after unit.)
 */
final class Layout {
  /**
   * Rows at distances of a multiple of this many elements would share a few sets of the first-level
   * cache.
   */
  private static final int CACHE_ALIAS = 256;

  private final DenseShape shape;
  private final int[] weights;
  private final int[] biases;
  private final int[] strides;
  private final int length;

  Layout(DenseShape shape) {
    this.shape = shape;
    int layers = shape.layers();
    weights = new int[layers];
    biases = new int[layers];
    strides = new int[layers];
    int at = 0;
    for (int layer = 0; layer < layers; layer++) {
      boolean output = layer == layers - 1;
      strides[layer] = output ? 1 : paddedStride(shape.units(layer));
      weights[layer] = at;
      at += Kernels.padded(shape.inputs(layer) * strides[layer]);
      biases[layer] = at;
      at += Kernels.padded(strides[layer]);
    }
    length = at;
  }

  private static int paddedStride(int units) {
    int padded = Kernels.padded(units);
    return padded % CACHE_ALIAS == 0 ? padded + Kernels.LANES : padded;
  }

  DenseShape shape() {
    return shape;
  }

  /** The output layer. */
  int output() {
    return shape.layers() - 1;
  }

  /** Number of elements, padding included. */
  int length() {
    return length;
  }

  int weights(int layer) {
    return weights[layer];
  }

  int biases(int layer) {
    return biases[layer];
  }

  /** Where a layer's weights and their padding end. */
  int weightsEnd(int layer) {
    return biases[layer];
  }

  /** Where a layer's biases and their padding end. */
  int end(int layer) {
    return layer == output() ? length : weights[layer + 1];
  }

  /**
   * Distance from one input's weights to the next one's; of a hidden layer also the distance
   * between rows of its activations.
   */
  int stride(int layer) {
    return strides[layer];
  }

  /** From Deeplearning4j's order, {@code flatAt} on. */
  <A> void read(Kernels<A> kernels, double[] flat, int flatAt, A inside) {
    int from = flatAt;
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (int unit = 0; unit < shape.units(layer); unit++) {
        for (int input = 0; input < shape.inputs(layer); input++) {
          kernels.set(inside, weights[layer] + input * strides[layer] + unit, flat[from++]);
        }
      }
      for (int unit = 0; unit < shape.units(layer); unit++) {
        kernels.set(inside, biases[layer] + unit, flat[from++]);
      }
    }
  }

  /** To Deeplearning4j's order, {@code flatAt} on. */
  <A> void write(Kernels<A> kernels, A inside, double[] flat, int flatAt) {
    int to = flatAt;
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (int unit = 0; unit < shape.units(layer); unit++) {
        for (int input = 0; input < shape.inputs(layer); input++) {
          flat[to++] = kernels.get(inside, weights[layer] + input * strides[layer] + unit);
        }
      }
      for (int unit = 0; unit < shape.units(layer); unit++) {
        flat[to++] = kernels.get(inside, biases[layer] + unit);
      }
    }
  }
}
