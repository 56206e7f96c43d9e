package org.symbreak.engine.fused;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;

/**
 * A block of rows on its way through the network and back, in arrays of its own that stay in the
 * cache. One for each thread.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class Block<A> {
  private final Layout layout;
  private final DenseShape shape;
  private final List<Activation> activationOf;
  private final double weightOfZero;
  private final double weightOfOne;

  /** Of each hidden layer, rows × units. */
  private final List<A> activations = new ArrayList<>();

  /**
   * Of each hidden layer: its activation's slopes, then the loss's slopes at its sums of inputs.
   */
  private final List<A> slopes = new ArrayList<>();

  private final A errors;
  private final A z;
  private final A deltas;
  private final A gathered;
  private final A gatheredLabels;
  private final double[] row;

  private Kernels<A> kernels;
  private A features;
  private A labels;
  private int labelsAt;
  private int rows;

  Block(
      Kernels<A> kernels,
      Layout layout,
      List<Activation> activationOf,
      double weightOfZero,
      double weightOfOne) {
    this.kernels = kernels;
    this.layout = layout;
    this.shape = layout.shape();
    this.activationOf = activationOf;
    this.weightOfZero = weightOfZero;
    this.weightOfOne = weightOfOne;
    int widest = 0;
    for (int layer = 0; layer < layout.output(); layer++) {
      activations.add(kernels.array(Kernels.blockLength(shape.units(layer))));
      slopes.add(kernels.array(Kernels.blockLength(shape.units(layer))));
      widest = Math.max(widest, shape.units(layer));
    }
    errors = kernels.array(shape.hiddenLayers() > 1 ? Kernels.blockLength(widest) : 0);
    z = kernels.array(Kernels.ROWS);
    deltas = kernels.array(Kernels.ROWS);
    gathered = kernels.array(Kernels.blockLength(shape.inputs(0)));
    gatheredLabels = kernels.array(Kernels.ROWS);
    row = new double[shape.inputs(0)];
  }

  /** Goes on with other kernels. */
  void use(Kernels<A> other) {
    kernels = other;
  }

  /**
   * Takes rows.
   *
   * @param order which row is the i-th, or null for the i-th itself
   * @param from the first i, a multiple of {@link Kernels#ROWS}
   * @param count of rows, at most {@link Kernels#ROWS}
   */
  void take(Rows<A> source, int[] order, int from, int count) {
    boolean inPlace = order == null && source.hasBlocks();
    features = inPlace ? source.block(from) : gathered;
    labels = inPlace ? source.labels() : gatheredLabels;
    labelsAt = inPlace ? from : 0;
    for (int i = 0; i < count && !inPlace; i++) {
      source.copy(order == null ? from + i : order[from + i], row, gathered, gatheredLabels, i);
    }
    rows = count;
  }

  /** From the rows' features to the output's sums of inputs. */
  void forward(A parameters) {
    for (int layer = 0; layer < layout.output(); layer++) {
      A sums = activations.get(layer);
      kernels.multiply(rows, inputs(layer), parameters, layout.hidden(layer), sums);
      kernels.activate(activationOf.get(layer), rows, shape.units(layer), sums, slopes.get(layer));
    }
    int output = layout.output();
    kernels.outputs(
        rows,
        shape.inputs(output),
        inputs(output),
        parameters,
        layout.outputWeights(),
        kernels.get(parameters, layout.outputBias()),
        z);
  }

  private A inputs(int layer) {
    return layer == 0 ? features : activations.get(layer - 1);
  }

  /**
   * After {@link #forward}, adds the gradient of the rows' summed loss.
   *
   * @param transposed of each hidden layer but the first, its weights unit after unit
   * @param transposedPanels where they stand
   */
  void backward(A parameters, A transposed, List<Panels> transposedPanels, A gradient) {
    kernels.deltas(rows, z, labels, labelsAt, weightOfZero, weightOfOne, deltas);
    int output = layout.output();
    kernels.addOutputGradient(
        rows,
        shape.inputs(output),
        deltas,
        inputs(output),
        gradient,
        layout.outputWeights(),
        layout.outputBias());
    int last = output - 1;
    if (last >= 0) {
      findSlopes(last);
      kernels.backFromOutput(
          rows,
          deltas,
          parameters,
          layout.outputWeights(),
          slopes.get(last),
          gradient,
          layout.hidden(last));
    }
    for (int layer = last; layer >= 0; layer--) {
      kernels.addProduct(rows, inputs(layer), slopes.get(layer), gradient, layout.hidden(layer));
      if (layer > 0) {
        kernels.multiply(
            rows, slopes.get(layer), transposed, transposedPanels.get(layer - 1), errors);
        findSlopes(layer - 1);
        kernels.backFromHidden(
            rows, errors, slopes.get(layer - 1), gradient, layout.hidden(layer - 1));
      }
    }
  }

  private void findSlopes(int layer) {
    kernels.slopes(
        activationOf.get(layer),
        rows,
        shape.units(layer),
        activations.get(layer),
        slopes.get(layer));
  }

  /** Fills with zeros. */
  void clear(A array, int length) {
    kernels.fill(array, 0, length, 0);
  }

  /**
   * After {@link #forward}, with {@link #backward} or without: sum of the rows' weighted losses.
   */
  double losses() {
    return kernels.losses(rows, z, labels, labelsAt, weightOfZero, weightOfOne);
  }

  /** After {@link #forward}: each row's probability of class 1. */
  void probabilities(double[] into, int at) {
    kernels.probabilities(rows, z);
    for (int i = 0; i < rows; i++) {
      into[at + i] = kernels.get(z, i);
    }
  }
}
