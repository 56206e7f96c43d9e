package org.symbreak.network;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.init.Critical;
import org.symbreak.init.DataDependent;
import org.symbreak.init.DataDriven;
import org.symbreak.init.Initialization;
import org.symbreak.init.Lsuv;
import org.symbreak.theory.MeanField;

/**
 * Fits drawn weights to rows, a layer after the other, as the three {@link DataDependent}
 * initializations say. In double precision and in a fixed order, so that it repeats bit for bit.
 */
final class RowsFit {
  /** Rounds of the between-layer step, and how much of the way each goes (its authors' α). */
  private static final int ROUNDS = 20;

  private static final double DAMPING = 0.25;

  private final NetworkSpec network;
  private final DenseShape shape;
  private final double[] parameters;
  private final double[][] rows;
  private final List<String> notices = new ArrayList<>();

  /**
   * @param parameters flat vector, which is fitted in place
   * @param rows features of each, in the file's order; at least one
   */
  RowsFit(NetworkSpec network, DenseShape shape, double[] parameters, double[][] rows) {
    this.network = network;
    this.shape = shape;
    this.parameters = parameters;
    this.rows = rows;
  }

  /**
   * @param weights what each layer began with; those that look at no rows stay as they are
   * @return what could not be done, a sentence each
   */
  List<String> fit(List<Initialization> weights) {
    double[][] incoming = rows;
    for (int layer = 0; layer < shape.layers(); layer++) {
      if (weights.get(layer) instanceof DataDependent fitted) {
        fit(fitted, layer, incoming);
      }
      if (layer < shape.hiddenLayers()) {
        incoming = activations(layer, sums(layer, incoming));
      }
    }
    balance(weights);
    return notices;
  }

  private void fit(DataDependent fitted, int layer, double[][] incoming) {
    if (fitted instanceof Lsuv) {
      haveVariance(layer, incoming, 1, "--init lsuv");
    } else if (fitted instanceof DataDriven) {
      standardizeUnits(layer, incoming);
    } else if (fitted instanceof Critical) {
      makeCritical(layer, incoming);
    }
  }

  /** Scales weights so that sums of inputs have a variance over rows and units. */
  private void haveVariance(int layer, double[][] incoming, double wanted, String who) {
    double[] biases = new double[shape.units(layer)];
    System.arraycopy(parameters, shape.biases(layer), biases, 0, biases.length);
    double[][] sums = sums(layer, incoming);
    double weight = 0;
    double both = 0;
    double bias = 0;
    double meanWeight = 0;
    double meanBias = 0;
    for (double[] row : sums) {
      for (int unit = 0; unit < biases.length; unit++) {
        double fromWeights = row[unit] - biases[unit];
        meanWeight += fromWeights;
        meanBias += biases[unit];
        weight += fromWeights * fromWeights;
        both += fromWeights * biases[unit];
        bias += biases[unit] * biases[unit];
      }
    }
    double count = (double) sums.length * biases.length;
    meanWeight /= count;
    meanBias /= count;
    weight = weight / count - meanWeight * meanWeight;
    both = both / count - meanWeight * meanBias;
    bias = bias / count - meanBias * meanBias;
    // the variance of s × weights + biases: s² weight + 2 s both + bias
    double root = both * both - weight * (bias - wanted);
    double scale = (-both + Math.sqrt(root)) / weight;
    if (!(weight > 1e-30 && scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      notices.add(
          who
              + ": the weights of "
              + name(layer)
              + " stay as drawn, since no size of theirs gives its sums of inputs the variance "
              + wanted);
      return;
    }
    scale(layer, scale);
  }

  private void standardizeUnits(int layer, double[][] incoming) {
    double[][] sums = sums(layer, incoming);
    int inputs = shape.inputs(layer);
    int constant = 0;
    for (int unit = 0; unit < shape.units(layer); unit++) {
      double mean = 0;
      for (double[] row : sums) {
        mean += row[unit];
      }
      mean /= sums.length;
      double squares = 0;
      for (double[] row : sums) {
        squares += (row[unit] - mean) * (row[unit] - mean);
      }
      double deviation = Math.sqrt(squares / sums.length);
      int bias = shape.biases(layer) + unit;
      if (deviation <= 1e-15 * Math.abs(mean) || deviation == 0) {
        constant++;
        continue;
      }
      int first = shape.weights(layer) + unit * inputs;
      for (int i = first; i < first + inputs; i++) {
        parameters[i] /= deviation;
      }
      parameters[bias] = (parameters[bias] - mean) / deviation;
    }
    if (constant > 0) {
      notices.add(
          ("--init data: %d of the %d units of %s stay as drawn, since their "
                  + "sums of inputs do not vary")
              .formatted(constant, shape.units(layer), name(layer)));
    }
  }

  /**
   * Semi-orthogonal weights have the variance 1 / max(fan-in, units); σ_w² / fan-in is wanted, and
   * in the first layer whatever gives sums of inputs the mean square of the critical point, which
   * is 1 where any would do.
   */
  private void makeCritical(int layer, double[][] incoming) {
    Activation after = layer == 0 ? activation(0) : activation(layer - 1);
    double variance =
        after == null
            ? 0
            : MeanField.criticalVariance(after::value, after::slope, biasVariance(layer));
    boolean none = Double.isNaN(variance);
    if (none) {
      notices.add(
          ("--init critical: %s has no critical point; gradients keep their "
                  + "size where sums of inputs have the variance 1")
              .formatted(after));
    }
    double signal = none || variance < 1e-6 ? 1 : variance;
    if (layer == 0) {
      haveVariance(layer, incoming, signal, "--init critical");
    } else {
      double weightVariance = MeanField.keeping(after::slope, none ? 1 : variance);
      double orthogonal = 1.0 / Math.max(shape.inputs(layer), shape.units(layer));
      scale(layer, Math.sqrt(weightVariance / shape.inputs(layer) / orthogonal));
    }
  }

  private double biasVariance(int layer) {
    double squares = 0;
    for (int unit = 0; unit < shape.units(layer); unit++) {
      double bias = parameters[shape.biases(layer) + unit];
      squares += bias * bias;
    }
    return squares / shape.units(layer);
  }

  /**
   * The between-layer step: a hidden layer whose function is homogeneous may be scaled by r, and
   * the next one's weights by 1/r, without a change of the output. A weight's relative rate of
   * change, its gradient over its size, then changes by 1/r². The output's sum takes the loss's
   * place.
   */
  private void balance(List<Initialization> weights) {
    boolean left = false;
    for (int round = 0; round < ROUNDS; round++) {
      double[] rates = null;
      for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
        boolean both =
            weights.get(layer) instanceof DataDriven
                && weights.get(layer + 1) instanceof DataDriven;
        if (both && !isHomogeneous(activation(layer))) {
          left = true;
        } else if (both) {
          rates = rates == null ? rates() : rates;
          double r = StrictMath.pow(rates[layer] / geometricMean(rates), DAMPING / 2);
          if (r > 0 && r < Double.POSITIVE_INFINITY) {
            scale(layer, r);
            for (int unit = 0; unit < shape.units(layer); unit++) {
              parameters[shape.biases(layer) + unit] *= r;
            }
            scale(layer + 1, 1 / r);
          }
        }
      }
    }
    if (left) {
      notices.add(
          "--init data: units are standardized within each layer; layers are not scaled against"
              + " each other, which would change what the network computes, as "
              + network.activations().get(0)
              + " is not linear on both sides of 0");
    }
  }

  private static boolean isHomogeneous(Activation activation) {
    return activation == Activation.RELU
        || activation == Activation.LEAKYRELU
        || activation == Activation.IDENTITY;
  }

  /** Root of the mean square gradient of the output's sum, over the weights' norm, a layer each. */
  private double[] rates() {
    double[] squares = new double[shape.layers()];
    double[][] incoming = rows;
    List<double[][]> inputs = new ArrayList<>();
    List<double[][]> sums = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      inputs.add(incoming);
      sums.add(sums(layer, incoming));
      if (layer < shape.hiddenLayers()) {
        incoming = activations(layer, sums.get(layer));
      }
    }
    for (int row = 0; row < rows.length; row++) {
      double[] delta = {1};
      for (int layer = shape.layers() - 1; layer >= 0; layer--) {
        squares[layer] += meanSquare(delta) * meanSquare(inputs.get(layer)[row]) / rows.length;
        if (layer > 0) {
          delta = back(layer, delta, sums.get(layer - 1)[row]);
        }
      }
    }
    for (int layer = 0; layer < squares.length; layer++) {
      double norm = 0;
      for (int i = shape.weights(layer); i < shape.biases(layer); i++) {
        norm += parameters[i] * parameters[i];
      }
      squares[layer] = Math.sqrt(squares[layer] / norm);
    }
    return squares;
  }

  private double[] back(int layer, double[] delta, double[] sumsBefore) {
    double[] before = new double[shape.inputs(layer)];
    for (int input = 0; input < before.length; input++) {
      double sum = 0;
      for (int unit = 0; unit < delta.length; unit++) {
        sum += delta[unit] * parameters[shape.weights(layer) + unit * before.length + input];
      }
      before[input] = sum * activation(layer - 1).slope(sumsBefore[input]);
    }
    return before;
  }

  private static double meanSquare(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return squares / values.length;
  }

  private static double geometricMean(double[] values) {
    double logs = 0;
    for (double value : values) {
      logs += StrictMath.log(value);
    }
    return StrictMath.exp(logs / values.length);
  }

  private void scale(int layer, double factor) {
    for (int i = shape.weights(layer); i < shape.biases(layer); i++) {
      parameters[i] *= factor;
    }
  }

  /** [row][unit] of a layer. */
  private double[][] sums(int layer, double[][] incoming) {
    int inputs = shape.inputs(layer);
    double[][] sums = new double[incoming.length][shape.units(layer)];
    for (int row = 0; row < sums.length; row++) {
      int weight = shape.weights(layer);
      for (int unit = 0; unit < sums[row].length; unit++) {
        double sum = 0;
        for (int input = 0; input < inputs; input++) {
          sum += parameters[weight++] * incoming[row][input];
        }
        sums[row][unit] = sum + parameters[shape.biases(layer) + unit];
      }
    }
    return sums;
  }

  private double[][] activations(int layer, double[][] sums) {
    Activation activation = activation(layer);
    double[][] activations = new double[sums.length][shape.units(layer)];
    for (int row = 0; row < sums.length; row++) {
      for (int unit = 0; unit < activations[row].length; unit++) {
        activations[row][unit] = activation.value(sums[row][unit]);
      }
    }
    return activations;
  }

  /** Of a hidden layer; that of a network without any is null. */
  private Activation activation(int layer) {
    return network.hidden().isEmpty() ? null : network.activation(layer);
  }

  private String name(int layer) {
    return layer == shape.hiddenLayers() ? "the output layer" : "hidden layer " + (layer + 1);
  }
}
