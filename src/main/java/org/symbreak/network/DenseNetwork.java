package org.symbreak.network;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The network on plain arrays, in double precision: hidden dense layers and one sigmoid output.
 * Every unit of a layer is computed by the same operations in the same order, so that units with
 * equal weights have equal activations and gradients, bit for bit, at any width; and by {@link
 * StrictMath}, so that the bits are the same on any processor. Not thread safe.
 */
public final class DenseNetwork {
  private final DenseShape shape;
  private final List<Activation> hidden;
  private final double[] parameters;
  private final double[][] sums;
  private final double[][] outputs;
  private final double[][] deltas;

  /**
   * @param shape its last size is 1
   * @param hidden activations of the hidden layers; the last one repeats; may be empty only where
   *     there is no hidden layer
   * @param parameters flat vector in the shape's order; kept, not copied: what is changed in it
   *     shows
   */
  public DenseNetwork(DenseShape shape, List<Activation> hidden, double[] parameters) {
    this.shape = Objects.requireNonNull(shape, "shape");
    this.hidden = List.copyOf(hidden);
    this.parameters = Objects.requireNonNull(parameters, "parameters");
    if (shape.units(shape.layers() - 1) != 1) {
      throw new IllegalArgumentException("one output is needed, found sizes " + shape.sizes());
    }
    if (parameters.length != shape.parameters()) {
      throw new IllegalArgumentException(
          "sizes "
              + shape.sizes()
              + " need "
              + shape.parameters()
              + " parameters, found "
              + parameters.length);
    }
    if (hidden.isEmpty() && shape.hiddenLayers() > 0) {
      throw new IllegalArgumentException("hidden layers need an activation");
    }
    sums = new double[shape.layers()][];
    outputs = new double[shape.layers()][];
    deltas = new double[shape.layers()][];
    for (int layer = 0; layer < shape.layers(); layer++) {
      sums[layer] = new double[shape.units(layer)];
      outputs[layer] = new double[shape.units(layer)];
      deltas[layer] = new double[shape.units(layer)];
    }
  }

  /**
   * Probability of class 1.
   *
   * @param x the features of one row
   */
  public double probability(double[] x) {
    forward(x);
    return outputs[shape.layers() - 1][0];
  }

  /**
   * What the units of a layer sum up before their activation: z = W x + b.
   *
   * @param layer from 0; the last one is the output
   * @param x the features of one row
   * @return a number a unit, freshly allocated
   */
  public double[] preActivations(int layer, double[] x) {
    forward(x);
    return sums[layer].clone();
  }

  /**
   * What the units of every layer sum up, in one pass.
   *
   * @param x the features of one row
   * @return [layer][unit], the output last, freshly allocated
   */
  public double[][] preActivations(double[] x) {
    forward(x);
    return Arrays.stream(sums).map(double[]::clone).toArray(double[][]::new);
  }

  /** The same after the activation. */
  public double[] activations(int layer, double[] x) {
    forward(x);
    return outputs[layer].clone();
  }

  /**
   * What the units of all hidden layers put out, in one pass.
   *
   * @param x the features of one row
   * @return [hidden layer][unit], freshly allocated
   */
  public double[][] hiddenActivations(double[] x) {
    forward(x);
    double[][] activations = new double[shape.hiddenLayers()][];
    Arrays.setAll(activations, layer -> outputs[layer].clone());
    return activations;
  }

  /**
   * Mean weighted cross-entropy of rows plus the penalty ½ λ ‖W‖²; the sum over rows is divided by
   * their number, not by their weights.
   *
   * @param rows features, row after row; at least one
   * @param labels 0 or 1 of each row
   * @param weights what a row of either class counts
   * @param l2 λ, from 0
   */
  public double loss(double[][] rows, int[] labels, SigmoidCrossEntropy weights, double l2) {
    return loss(rows, labels, null, weights, l2);
  }

  /**
   * {@link #loss(double[][], int[], SigmoidCrossEntropy, double)} of rows that count differently.
   *
   * @param counts how much each counts, of mean 1; null where all count the same
   */
  public double loss(
      double[][] rows, int[] labels, double[] counts, SigmoidCrossEntropy weights, double l2) {
    double sum = 0;
    for (int row = 0; row < rows.length; row++) {
      forward(rows[row]);
      sum +=
          (counts == null ? 1 : counts[row])
              * weights.weight(labels[row])
              * SigmoidCrossEntropy.loss(sums[shape.layers() - 1][0], labels[row]);
    }
    return sum / rows.length + penalty(l2);
  }

  /** The gradient where all rows count the same. */
  public double lossAndGradient(
      double[][] rows, int[] labels, SigmoidCrossEntropy weights, double l2, double[] gradient) {
    return lossAndGradient(rows, labels, null, weights, l2, gradient);
  }

  /**
   * {@link #loss(double[][], int[], double[], SigmoidCrossEntropy, double)} and its gradient, by
   * back-propagation.
   *
   * @param gradient receives the derivative with respect to each parameter, in the shape's order;
   *     as long as the parameters
   * @return the loss
   */
  public double lossAndGradient(
      double[][] rows,
      int[] labels,
      double[] counts,
      SigmoidCrossEntropy weights,
      double l2,
      double[] gradient) {
    Arrays.fill(gradient, 0);
    int last = shape.layers() - 1;
    double sum = 0;
    for (int row = 0; row < rows.length; row++) {
      forward(rows[row]);
      double weight = (counts == null ? 1 : counts[row]) * weights.weight(labels[row]);
      sum += weight * SigmoidCrossEntropy.loss(sums[last][0], labels[row]);
      deltas[last][0] = weight * (outputs[last][0] - labels[row]);
      backward(rows[row], gradient);
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= rows.length;
    }
    for (int layer = 0; l2 > 0 && layer < shape.layers(); layer++) {
      for (int i = shape.weights(layer); i < shape.biases(layer); i++) {
        gradient[i] += l2 * parameters[i];
      }
    }
    return sum / rows.length + penalty(l2);
  }

  private void forward(double[] x) {
    double[] incoming = x;
    for (int layer = 0; layer < shape.layers(); layer++) {
      boolean isOutput = layer == shape.layers() - 1;
      Activation activation = isOutput ? Activation.SIGMOID : activation(layer);
      int units = shape.units(layer);
      double[] z = sums[layer];
      for (int unit = 0; unit < units; unit += unit + 4 <= units ? 4 : 1) {
        int weights = shape.weights(layer) + unit * incoming.length;
        if (unit + 4 <= units) {
          sumFour(incoming, weights, z, unit);
        } else {
          z[unit] = sum(incoming, weights);
        }
      }
      int biases = shape.biases(layer);
      for (int unit = 0; unit < units; unit++) {
        z[unit] += parameters[biases + unit];
        outputs[layer][unit] = activation.value(z[unit]);
      }
      incoming = outputs[layer];
    }
  }

  private double sum(double[] incoming, int weights) {
    double z = 0;
    for (int input = 0; input < incoming.length; input++) {
      z += parameters[weights + input] * incoming[input];
    }
    return z;
  }

  /** The sums of four units at a time, so that additions need not wait for one another. */
  private void sumFour(double[] incoming, int weights, double[] z, int unit) {
    int n = incoming.length;
    double z0 = 0;
    double z1 = 0;
    double z2 = 0;
    double z3 = 0;
    for (int input = 0; input < n; input++) {
      int weight = weights + input;
      z0 += parameters[weight] * incoming[input];
      z1 += parameters[weight + n] * incoming[input];
      z2 += parameters[weight + 2 * n] * incoming[input];
      z3 += parameters[weight + 3 * n] * incoming[input];
    }
    z[unit] = z0;
    z[unit + 1] = z1;
    z[unit + 2] = z2;
    z[unit + 3] = z3;
  }

  /** Adds one row's gradient; the output's delta is set. */
  private void backward(double[] x, double[] gradient) {
    for (int layer = shape.layers() - 1; layer >= 0; layer--) {
      double[] incoming = layer == 0 ? x : outputs[layer - 1];
      double[] delta = deltas[layer];
      int weights = shape.weights(layer);
      int biases = shape.biases(layer);
      for (int unit = 0; unit < delta.length; unit++) {
        int weight = weights + unit * incoming.length;
        for (int input = 0; input < incoming.length; input++) {
          gradient[weight + input] += delta[unit] * incoming[input];
        }
        gradient[biases + unit] += delta[unit];
      }
      if (layer > 0) {
        for (int input = 0; input < incoming.length; input++) {
          double sum = 0;
          for (int unit = 0; unit < delta.length; unit++) {
            sum += delta[unit] * parameters[weights + unit * incoming.length + input];
          }
          deltas[layer - 1][input] = sum * activation(layer - 1).slope(sums[layer - 1][input]);
        }
      }
    }
  }

  private double penalty(double l2) {
    double squares = 0;
    for (int layer = 0; l2 > 0 && layer < shape.layers(); layer++) {
      for (int i = shape.weights(layer); i < shape.biases(layer); i++) {
        squares += parameters[i] * parameters[i];
      }
    }
    return 0.5 * l2 * squares;
  }

  private Activation activation(int layer) {
    return hidden.get(Math.min(layer, hidden.size() - 1));
  }
}
