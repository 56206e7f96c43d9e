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
  private final A gatheredLabels;

  /** Of the output where it is the only layer. */
  private final A partial;

  private Kernels<A> kernels;

  /** How the inputs stand in what is gathered; null before the first rows. */
  private Inputs inputs;

  private A gathered;

  /** For nobody: what is not kept is not read. */
  private double touched;

  private Ones gatheredOnes;
  private double[] row;
  private int[] onesOfRow;

  private A features;
  private int featuresFrom;
  private Ones ones;
  private A labels;
  private int labelsAt;
  private int rows;

  /** How much each row counts; null where all count the same. */
  private double[] weights;

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
    gatheredLabels = kernels.array(Kernels.ROWS);
    partial = kernels.array(shape.hiddenLayers() == 0 ? Kernels.ROWS * Kernels.LANES : 0);
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
    boolean inPlace = order == null && source.isResident();
    if (!source.inputs().equals(inputs)) {
      makeRoom(source.inputs());
    }
    features = inPlace ? source.block(from) : gathered;
    featuresFrom = inPlace ? source.column(from) : 0;
    ones = inPlace ? source.ones(from) : gatheredOnes;
    labels = inPlace ? source.labels() : gatheredLabels;
    labelsAt = inPlace ? from : 0;
    if (order != null) {
      touched = source.touch(order, from, count);
    }
    for (int i = 0; i < count && !inPlace; i++) {
      int taken = order == null ? from + i : order[from + i];
      source.copy(taken, row, onesOfRow, gathered, gatheredOnes.inputs(), gatheredLabels, i);
    }
    rows = count;
    weigh(source, order, from);
  }

  private void weigh(Rows<A> source, int[] order, int from) {
    if (!source.isWeighted()) {
      weights = null;
      return;
    }
    weights = weights == null ? new double[Kernels.ROWS] : weights;
    for (int i = 0; i < rows; i++) {
      weights[i] = source.weight(order == null ? from + i : order[from + i]);
    }
  }

  private void makeRoom(Inputs other) {
    inputs = other;
    gathered = kernels.array(Kernels.blockLength(inputs.columns()));
    gatheredOnes = new Ones(new int[Kernels.ROWS * inputs.groups()], inputs.groups(), 0);
    row = new double[inputs.numbers()];
    onesOfRow = new int[inputs.groups()];
  }

  /** From the rows' features to the output's sums of inputs. */
  void forward(A parameters) {
    for (int layer = 0; layer < layout.output(); layer++) {
      A sums = activations.get(layer);
      if (layer == 0) {
        inputs.multiply(
            kernels, rows, features, featuresFrom, ones, parameters, layout.hidden(0), sums);
      } else {
        kernels.multiply(
            rows, activations.get(layer - 1), 0, parameters, layout.hidden(layer), sums);
      }
      kernels.activate(activationOf.get(layer), rows, shape.units(layer), sums, slopes.get(layer));
    }
    int output = layout.output();
    double bias = kernels.get(parameters, layout.outputBias());
    int weights = layout.outputWeights();
    if (output == 0) {
      inputs.outputs(
          kernels, rows, features, featuresFrom, ones, parameters, weights, bias, partial, z);
    } else {
      A last = activations.get(output - 1);
      kernels.outputs(rows, shape.inputs(output), last, 0, parameters, weights, bias, z);
    }
  }

  /**
   * After {@link #forward}, adds the gradient of the rows' summed loss.
   *
   * @param transposed of each hidden layer but the first, its weights unit after unit
   * @param transposedPanels where they stand
   */
  void backward(A parameters, A transposed, List<Panels> transposedPanels, A gradient) {
    kernels.deltas(rows, z, labels, labelsAt, weightOfZero, weightOfOne, deltas);
    for (int i = 0; weights != null && i < rows; i++) {
      kernels.set(deltas, i, kernels.get(deltas, i) * weights[i]);
    }
    int output = layout.output();
    int weights = layout.outputWeights();
    int bias = layout.outputBias();
    if (output == 0) {
      inputs.addOutputGradient(
          kernels, rows, deltas, features, featuresFrom, ones, gradient, weights, bias);
      return;
    }
    kernels.addOutputGradient(
        rows,
        shape.inputs(output),
        deltas,
        activations.get(output - 1),
        0,
        gradient,
        weights,
        bias);
    int last = output - 1;
    findSlopes(last);
    kernels.backFromOutput(
        rows, deltas, parameters, weights, slopes.get(last), gradient, layout.hidden(last));
    for (int layer = last; layer > 0; layer--) {
      A slopesOf = slopes.get(layer);
      kernels.addProduct(
          rows, activations.get(layer - 1), 0, slopesOf, gradient, layout.hidden(layer));
      kernels.multiply(rows, slopesOf, 0, transposed, transposedPanels.get(layer - 1), errors);
      findSlopes(layer - 1);
      kernels.backFromHidden(
          rows, errors, slopes.get(layer - 1), gradient, layout.hidden(layer - 1));
    }
    inputs.addProduct(
        kernels, rows, features, featuresFrom, ones, slopes.get(0), gradient, layout.hidden(0));
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
    double sum = kernels.losses(rows, z, labels, labelsAt, weightOfZero, weightOfOne);
    if (weights != null) {
      sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += kernels.get(z, i) * weights[i];
      }
    }
    return sum;
  }

  /** After {@link #forward}: each row's probability of class 1. */
  void probabilities(double[] into, int at) {
    kernels.probabilities(rows, z);
    for (int i = 0; i < rows; i++) {
      into[at + i] = kernels.get(z, i);
    }
  }
}
