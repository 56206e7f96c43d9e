package org.symbreak.engine.fused;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.network.DenseShape;

/**
 * Where parameters stand inside: of each hidden layer panels of weights, inputs × units, whose sums
 * start from the biases; then the output's weights and bias. Padding is zero and stays zero.
 * (Outside, in Deeplearning4j's order, it is unit after unit.)
 */
final class Layout {
  private final DenseShape shape;
  private final List<Panels> hidden = new ArrayList<>();
  private final int outputWeights;
  private final int outputBias;

  Layout(DenseShape shape) {
    this.shape = shape;
    int at = 0;
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      Panels panels = new Panels(at, shape.inputs(layer), shape.units(layer));
      hidden.add(panels);
      at = panels.end();
    }
    outputWeights = at;
    outputBias = at + Kernels.padded(shape.inputs(output()));
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
    return outputBias + Kernels.LANES;
  }

  /**
   * Parameters with rows of units padded, by which batches are divided into {@link Chunks}: apart
   * from {@link #length}, so that results do not hang on how the weights are stored.
   */
  int work() {
    int work = 0;
    for (int layer = 0; layer < shape.layers(); layer++) {
      int row = layer == output() ? 1 : workRow(shape.units(layer));
      work += Kernels.padded(shape.inputs(layer) * row) + Kernels.padded(row);
    }
    return work;
  }

  private static int workRow(int units) {
    int padded = Kernels.padded(units);
    return padded % Kernels.SPAN == 0 ? padded + Kernels.LANES : padded;
  }

  /** A hidden layer's weights and biases. */
  Panels hidden(int layer) {
    return hidden.get(layer);
  }

  /** Of the output layer, one for each input. */
  int outputWeights() {
    return outputWeights;
  }

  int outputBias() {
    return outputBias;
  }

  private int weight(int layer, int input, int unit) {
    return layer == output() ? outputWeights + input : hidden(layer).element(input, unit);
  }

  private int bias(int layer, int unit) {
    return layer == output() ? outputBias : hidden(layer).start(unit);
  }

  /** From Deeplearning4j's order, {@code flatAt} on. */
  <A> void read(Kernels<A> kernels, double[] flat, int flatAt, A inside) {
    int from = flatAt;
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (int unit = 0; unit < shape.units(layer); unit++) {
        for (int input = 0; input < shape.inputs(layer); input++) {
          kernels.set(inside, weight(layer, input, unit), flat[from++]);
        }
      }
      for (int unit = 0; unit < shape.units(layer); unit++) {
        kernels.set(inside, bias(layer, unit), flat[from++]);
      }
    }
  }

  /** To Deeplearning4j's order, {@code flatAt} on. */
  <A> void write(Kernels<A> kernels, A inside, double[] flat, int flatAt) {
    int to = flatAt;
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (int unit = 0; unit < shape.units(layer); unit++) {
        for (int input = 0; input < shape.inputs(layer); input++) {
          flat[to++] = kernels.get(inside, weight(layer, input, unit));
        }
      }
      for (int unit = 0; unit < shape.units(layer); unit++) {
        flat[to++] = kernels.get(inside, bias(layer, unit));
      }
    }
  }

  /** Sum of the squares of all weights, layer after layer and input after input. */
  <A> double squaredWeights(Kernels<A> kernels, A inside) {
    double sum = 0;
    for (int layer = 0; layer < shape.layers(); layer++) {
      sum += squaredWeights(kernels, inside, layer);
    }
    return sum;
  }

  private <A> double squaredWeights(Kernels<A> kernels, A inside, int layer) {
    if (layer == output()) {
      return kernels.addSquares(0, inside, outputWeights, outputBias);
    }
    Panels panels = hidden(layer);
    double sum = 0;
    for (int input = 0; input < panels.rows(); input++) {
      for (int unit = 0; unit < panels.columns(); unit += Kernels.LANES) {
        int at = panels.element(input, unit);
        sum = kernels.addSquares(sum, inside, at, at + Kernels.LANES);
      }
    }
    return sum;
  }

  /** Sum of the squares of a layer's weights and biases. */
  <A> double squares(Kernels<A> kernels, A inside, int layer) {
    double sum = squaredWeights(kernels, inside, layer);
    for (int unit = 0; unit < shape.units(layer); unit += Kernels.LANES) {
      int at = bias(layer, unit);
      sum = kernels.addSquares(sum, inside, at, at + Kernels.LANES);
    }
    return sum;
  }

  /** Adds λ times all weights. */
  <A> void addPenalty(Kernels<A> kernels, double l2, A parameters, A gradient) {
    for (Panels panels : hidden) {
      for (int unit = 0; unit < panels.columns(); unit += Kernels.LANES) {
        kernels.addPenalty(l2, parameters, gradient, panels.element(0, unit), panels.rowsEnd(unit));
      }
    }
    kernels.addPenalty(l2, parameters, gradient, outputWeights, outputBias);
  }

  /**
   * Makes a gradient's padding zero: an activation that belongs to no unit meets weights of zero on
   * the way forward, but is multiplied by what comes from above on the way back.
   */
  <A> void clearPadding(Kernels<A> kernels, A gradient) {
    for (int layer = 1; layer < output(); layer++) {
      Panels panels = hidden(layer);
      for (int unit = 0; unit < panels.columns(); unit += Kernels.LANES) {
        kernels.fill(gradient, panels.rowsEnd(unit), panels.start(unit), 0);
      }
    }
    kernels.fill(gradient, outputWeights + shape.inputs(output()), outputBias, 0);
  }
}
