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
  /** Rows at the most, a multiple of {@link Kernels#LANES}. */
  static final int ROWS = 64;

  private final Layout layout;
  private final DenseShape shape;
  private final List<Activation> activationOf;
  private final int inputStride;
  private final double weightOfZero;
  private final double weightOfOne;

  /** Of each hidden layer, rows × stride. */
  private final List<A> activations = new ArrayList<>();

  /**
   * Of each hidden layer: its sums of inputs, then its activation's slopes there, then the loss's
   * slopes there.
   */
  private final List<A> slopes = new ArrayList<>();

  private final A errors;
  private final A zeros;
  private final A z;
  private final A deltas;
  private final A gatheredFeatures;
  private final A gatheredLabels;
  private final double[] row;

  private Kernels<A> kernels;
  private A features;
  private int featuresAt;
  private A labels;
  private int labelsAt;
  private int rows;

  Block(
      Kernels<A> kernels,
      Layout layout,
      List<Activation> activationOf,
      int inputStride,
      double weightOfZero,
      double weightOfOne) {
    this.kernels = kernels;
    this.layout = layout;
    this.shape = layout.shape();
    this.activationOf = activationOf;
    this.inputStride = inputStride;
    this.weightOfZero = weightOfZero;
    this.weightOfOne = weightOfOne;
    int widest = 0;
    for (int layer = 0; layer < layout.output(); layer++) {
      activations.add(kernels.array(ROWS * layout.stride(layer)));
      slopes.add(kernels.array(ROWS * layout.stride(layer)));
      widest = Math.max(widest, layout.stride(layer));
    }
    errors = kernels.array(shape.hiddenLayers() > 1 ? ROWS * widest : 0);
    zeros = kernels.array(shape.hiddenLayers() > 1 ? widest : 0);
    z = kernels.array(ROWS);
    deltas = kernels.array(ROWS);
    gatheredFeatures = kernels.array(ROWS * inputStride + Kernels.LANES);
    gatheredLabels = kernels.array(ROWS);
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
   * @param from the first i
   * @param count of rows, at most {@link #ROWS}
   */
  void take(Rows<A> source, int[] order, int from, int count) {
    rows = count;
    if (order == null && source.isResident()) {
      features = source.features();
      featuresAt = from * inputStride;
      labels = source.labels();
      labelsAt = from;
      return;
    }
    features = gatheredFeatures;
    featuresAt = 0;
    labels = gatheredLabels;
    labelsAt = 0;
    for (int i = 0; i < count; i++) {
      source.copy(
          order == null ? from + i : order[from + i], row, features, i * inputStride, labels, i);
    }
  }

  /** From the rows' features to the output's sums of inputs. */
  void forward(A parameters) {
    A inputs = features;
    int at = featuresAt;
    int distance = inputStride;
    for (int layer = 0; layer < layout.output(); layer++) {
      int units = shape.units(layer);
      int stride = layout.stride(layer);
      A sums = slopes.get(layer);
      kernels.multiply(
          rows,
          shape.inputs(layer),
          units,
          inputs,
          at,
          distance,
          1,
          parameters,
          layout.weights(layer),
          stride,
          parameters,
          layout.biases(layer),
          0,
          sums,
          0,
          stride);
      inputs = activations.get(layer);
      kernels.activate(activationOf.get(layer), rows, units, stride, sums, inputs);
      at = 0;
      distance = stride;
    }
    int output = layout.output();
    double bias = kernels.get(parameters, layout.biases(output));
    kernels.outputs(
        rows,
        shape.inputs(output),
        inputs,
        at,
        distance,
        parameters,
        layout.weights(output),
        bias,
        z);
  }

  /**
   * After {@link #forward}, adds the gradient of the rows' summed loss.
   *
   * @param transposed of each hidden layer but the first, its weights unit after unit
   */
  void backward(A parameters, A transposed, int[] transposedAt, A gradient) {
    kernels.deltas(rows, z, labels, labelsAt, weightOfZero, weightOfOne, deltas);
    int output = layout.output();
    int last = output - 1;
    addOutputGradient(last, gradient);
    if (last >= 0) {
      kernels.backFromOutput(
          rows,
          shape.units(last),
          deltas,
          parameters,
          layout.weights(output),
          layout.stride(last),
          slopes.get(last),
          gradient,
          layout.biases(last));
    }
    for (int layer = last; layer >= 0; layer--) {
      addWeightGradient(layer, gradient);
      if (layer > 0) {
        backToHidden(layer - 1, transposed, transposedAt[layer], gradient);
      }
    }
  }

  private void addOutputGradient(int last, A gradient) {
    int output = layout.output();
    A inputs = last < 0 ? features : activations.get(last);
    int at = last < 0 ? featuresAt : 0;
    int distance = last < 0 ? inputStride : layout.stride(last);
    kernels.addOutputGradient(
        rows,
        shape.inputs(output),
        deltas,
        inputs,
        at,
        distance,
        gradient,
        layout.weights(output),
        layout.biases(output));
  }

  private void addWeightGradient(int layer, A gradient) {
    A inputs = layer == 0 ? features : activations.get(layer - 1);
    int at = layer == 0 ? featuresAt : 0;
    int distance = layer == 0 ? inputStride : layout.stride(layer - 1);
    int weights = layout.weights(layer);
    int stride = layout.stride(layer);
    kernels.multiply(
        shape.inputs(layer),
        rows,
        shape.units(layer),
        inputs,
        at,
        1,
        distance,
        slopes.get(layer),
        0,
        stride,
        gradient,
        weights,
        stride,
        gradient,
        weights,
        stride);
  }

  private void backToHidden(int layer, A transposed, int transposedAt, A gradient) {
    int units = shape.units(layer);
    int stride = layout.stride(layer);
    int above = layer + 1;
    kernels.multiply(
        rows,
        shape.units(above),
        units,
        slopes.get(above),
        0,
        layout.stride(above),
        1,
        transposed,
        transposedAt,
        stride,
        zeros,
        0,
        0,
        errors,
        0,
        stride);
    kernels.backFromHidden(
        rows, units, stride, errors, slopes.get(layer), gradient, layout.biases(layer));
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
