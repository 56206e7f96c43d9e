package org.symbreak.model;

import org.symbreak.data.OneHot;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;

/**
 * What a network foretells of rows in short: the same operations in the same order as in {@link
 * org.symbreak.network.DenseNetwork}, and so the same bits, but for those of inputs that are 0,
 * which change no sum of finite numbers; several units at a time. Not thread safe.
 */
public final class RowNetwork {
  /** Units whose sums are computed at the same time. */
  private static final int UNITS = 8;

  private final NetworkSpec network;
  private final DenseShape shape;

  /** Of each layer's inputs; those of the hidden layers' are numbers alone. */
  private final OneHot[] inputs;

  /** Of each layer, panels of {@link #UNITS} units: their weights, input after input. */
  private final double[][] weights;

  private final double[][] biases;
  private final double[][] outputs;

  /**
   * @param oneHot how the rows' features are laid out
   * @param parameters flat vector in the shape's order
   */
  public RowNetwork(NetworkSpec network, OneHot oneHot, double[] parameters) {
    this.network = network;
    this.shape = network.shape(oneHot.features());
    int layers = shape.layers();
    this.inputs = new OneHot[layers];
    this.weights = new double[layers][];
    this.biases = new double[layers][];
    this.outputs = new double[layers][];
    for (int layer = 0; layer < layers; layer++) {
      int width = shape.inputs(layer);
      int units = (shape.units(layer) + UNITS - 1) / UNITS * UNITS;
      inputs[layer] = layer == 0 ? oneHot : OneHot.none(width);
      weights[layer] = new double[units * width];
      biases[layer] = new double[units];
      outputs[layer] = new double[units];
      for (int unit = 0; unit < shape.units(layer); unit++) {
        for (int input = 0; input < width; input++) {
          weights[layer][(unit / UNITS * width + input) * UNITS + unit % UNITS] =
              parameters[shape.weights(layer) + unit * width + input];
        }
        biases[layer][unit] = parameters[shape.biases(layer) + unit];
      }
    }
  }

  /**
   * Probability of class 1.
   *
   * @param numbers the row's features that are none of a category's
   * @param ones of each category, the feature that is 1
   */
  public double probability(double[] numbers, int[] ones) {
    return Activation.SIGMOID.value(outputSum(numbers, ones));
  }

  /** The output's sum of inputs, of which the probability is the sigmoid; of the same row. */
  public double outputSum(double[] numbers, int[] ones) {
    double[] incoming = numbers;
    int last = shape.layers() - 1;
    for (int layer = 0; ; layer++) {
      double[] z = outputs[layer];
      for (int unit = 0; unit < z.length; unit += UNITS) {
        int panel = unit * shape.inputs(layer);
        sum(weights[layer], panel, inputs[layer], incoming, ones, z, unit);
      }
      if (layer == last) {
        return z[0] + biases[last][0];
      }
      Activation activation = network.activation(layer);
      for (int unit = 0; unit < shape.units(layer); unit++) {
        z[unit] = activation.value(z[unit] + biases[layer][unit]);
      }
      incoming = z;
    }
  }

  private static void sum(
      double[] w, int panel, OneHot inputs, double[] x, int[] ones, double[] z, int to) {
    double z0 = 0;
    double z1 = 0;
    double z2 = 0;
    double z3 = 0;
    double z4 = 0;
    double z5 = 0;
    double z6 = 0;
    double z7 = 0;
    int input = 0;
    int number = 0;
    for (int group = 0; group <= inputs.groups(); group++) {
      int end = group == inputs.groups() ? inputs.features() : inputs.from(group);
      int at = panel + input * UNITS;
      for (; input < end; input++) {
        double value = x[number++];
        z0 += w[at] * value;
        z1 += w[at + 1] * value;
        z2 += w[at + 2] * value;
        z3 += w[at + 3] * value;
        z4 += w[at + 4] * value;
        z5 += w[at + 5] * value;
        z6 += w[at + 6] * value;
        z7 += w[at + 7] * value;
        at += UNITS;
      }
      if (group < inputs.groups()) {
        at = panel + ones[group] * UNITS;
        z0 += w[at];
        z1 += w[at + 1];
        z2 += w[at + 2];
        z3 += w[at + 3];
        z4 += w[at + 4];
        z5 += w[at + 5];
        z6 += w[at + 6];
        z7 += w[at + 7];
        input += inputs.size(group);
      }
    }
    z[to] = z0;
    z[to + 1] = z1;
    z[to + 2] = z2;
    z[to + 3] = z3;
    z[to + 4] = z4;
    z[to + 5] = z5;
    z[to + 6] = z6;
    z[to + 7] = z7;
  }
}
