package org.symbreak.forecast;

import org.symbreak.data.EncodedRows;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.setting.OptimizerSpec;

/**
 * A network while its weights are small: all that its first layer sees of the rows are moments,
 * E[(y − c) x] and E x (of a rectifier's unit, on the rows that pass it), and every layer behind it
 * is linear around what the first layer puts out on average. The optimizer takes its own steps on
 * that loss's gradient, from the run's own first weights. docs/forecast.md derives it.
 */
final class SmallWeights {
  /** Share by which the fastest layer may change where steps are taken together. */
  private static final double TOGETHER = 0.02;

  /** Learning rate of many steps at once, at the most: the output's bias bears no more. */
  private static final double LONGEST_STEP = 1;

  private final NetworkSpec network;
  private final OptimizerSpec optimizer;
  private final DenseShape shape;
  private final double[] weights;
  private final double[] ascent;
  private final double[] mean;
  private final double[] square;

  private final double[][] x;

  /** Of a row, weighted, less the share of class 1, over the number of rows. */
  private final double[] residual;

  private final double share;
  private final double meanWeight;

  /** Of the first layer's units: slope of a row; null where all rows have the same. */
  private final double[][] gates;

  /** Of the first layer's units, with the bias's last: E[(y − c) gate x] and E[gate x]. */
  private final double[][] told;

  private final double[][] usual;

  /** Of a rectifier's layer: the share of its rows that a unit passes, or nearly. */
  private final double[][] passing;

  /** Of each layer's units: what they put out on average, what tells the classes, their slopes. */
  private final double[][] constant;

  private final double[][] signal;
  private final double[][] slope;
  private long step;
  private double output;

  /**
   * @param start flat vector
   * @param most rows of which the moments are taken
   */
  SmallWeights(TrainingProblem problem, double[] start, int most) {
    network = problem.network();
    optimizer = problem.optimizer();
    shape = network.shape(problem.rows().features());
    weights = start.clone();
    ascent = new double[start.length];
    mean = new double[start.length];
    square = new double[start.length];
    EncodedRows rows = SampledRows.of(problem.rows(), most);
    x = rows.first(rows.rows());
    residual = new double[x.length];
    double ones = 0;
    double all = 0;
    double[] counts = new double[x.length];
    for (int row = 0; row < x.length; row++) {
      counts[row] =
          rows.weight(row)
              * (rows.label(row) == 1 ? problem.weightOfOne() : problem.weightOfZero());
      ones += rows.label(row) * counts[row];
      all += counts[row];
    }
    share = ones / all;
    meanWeight = all / x.length;
    for (int row = 0; row < x.length; row++) {
      residual[row] = counts[row] * (rows.label(row) - share) / x.length;
    }
    int hidden = shape.hiddenLayers();
    constant = new double[hidden][];
    signal = new double[hidden][];
    slope = new double[hidden][];
    passing = new double[hidden][];
    for (int layer = 0; layer < hidden; layer++) {
      constant[layer] = new double[shape.units(layer)];
      signal[layer] = new double[shape.units(layer)];
      slope[layer] = new double[shape.units(layer)];
    }
    gates = rectifies(0) ? new double[x.length][shape.units(0)] : null;
    told = new double[shape.units(0)][shape.inputs(0) + 1];
    usual = new double[shape.units(0)][];
    moments(counts);
    pass();
  }

  private boolean rectifies(int layer) {
    Activation activation = network.activation(layer);
    return activation == Activation.RELU || activation == Activation.LEAKYRELU;
  }

  private void moments(double[] counts) {
    for (int unit = 0; unit < told.length; unit++) {
      if (unit > 0 && gates == null) {
        told[unit] = told[0];
        usual[unit] = usual[0];
        continue;
      }
      usual[unit] = new double[shape.inputs(0) + 1];
      for (int row = 0; row < x.length; row++) {
        double gate = gate(unit, row);
        for (int i = 0; i <= x[row].length; i++) {
          double value = gate * (i < x[row].length ? x[row][i] : 1);
          told[unit][i] += residual[row] * value;
          usual[unit][i] += counts[row] * value / x.length / meanWeight;
        }
      }
    }
    passing();
  }

  private double gate(int unit, int row) {
    if (gates == null) {
      return 1;
    }
    double sum = weights[shape.biases(0) + unit] + dot(0, unit, x[row]);
    return gates[row][unit] = network.activation(0).slope(sum);
  }

  /** Over the rows, at the first weights. */
  private void passing() {
    for (int layer = 1; layer < shape.hiddenLayers(); layer++) {
      passing[layer] = rectifies(layer) ? new double[shape.units(layer)] : null;
    }
    for (double[] row : x) {
      double[] activations = row;
      for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
        double[] next = new double[shape.units(layer)];
        for (int unit = 0; unit < next.length; unit++) {
          double sum = weights[shape.biases(layer) + unit] + dot(layer, unit, activations);
          next[unit] = network.activation(layer).value(sum);
          if (passing[layer] != null) {
            passing[layer][unit] += network.activation(layer).slope(sum) / x.length;
          }
        }
        activations = next;
      }
    }
  }

  private double dot(int layer, int unit, double[] vector) {
    int first = shape.weights(layer) + unit * shape.inputs(layer);
    double sum = 0;
    for (int i = 0; i < shape.inputs(layer); i++) {
      sum += weights[first + i] * vector[i];
    }
    return sum;
  }

  /** Forward and back: what each layer puts out, and which way the loss falls. */
  private void pass() {
    int hidden = shape.hiddenLayers();
    for (int layer = 0; layer < hidden; layer++) {
      for (int unit = 0; unit < shape.units(layer); unit++) {
        double bias = weights[shape.biases(layer) + unit];
        double usually =
            layer == 0 ? dot(0, unit, usual[unit]) : dot(layer, unit, constant[layer - 1]);
        double tells = layer == 0 ? dot(0, unit, told[unit]) : dot(layer, unit, signal[layer - 1]);
        if (rectifies(layer)) {
          double passed = layer == 0 ? 1 : passing[layer][unit];
          double biased = layer == 0 ? bias * last(usual[unit]) : bias;
          slope[layer][unit] = passed;
          constant[layer][unit] = passed * (usually + biased);
          signal[layer][unit] = passed * (tells + (layer == 0 ? bias * last(told[unit]) : 0));
        } else {
          slope[layer][unit] = network.activation(layer).slope(usually + bias);
          constant[layer][unit] = network.activation(layer).value(usually + bias);
          signal[layer][unit] = slope[layer][unit] * tells;
        }
      }
    }
    output = weights[shape.biases(hidden)] + dot(hidden, 0, constant[hidden - 1]);
    back();
  }

  private static double last(double[] moments) {
    return moments[moments.length - 1];
  }

  private void back() {
    double missing = meanWeight * (share - Activation.SIGMOID.value(output));
    double[] delta = {1};
    for (int layer = shape.hiddenLayers(); layer >= 0; layer--) {
      int inputs = shape.inputs(layer);
      double[] before = layer == 0 ? null : new double[inputs];
      for (int unit = 0; unit < delta.length; unit++) {
        int first = shape.weights(layer) + unit * inputs;
        double[] signals = layer == 0 ? told[unit] : signal[layer - 1];
        double[] constants = layer == 0 ? usual[unit] : constant[layer - 1];
        for (int i = 0; i < inputs; i++) {
          ascent[first + i] =
              delta[unit] * (signals[i] + missing * constants[i])
                  - network.l2() * weights[first + i];
          if (layer > 0) {
            before[i] += delta[unit] * weights[first + i] * slope[layer - 1][i];
          }
        }
        ascent[shape.biases(layer) + unit] =
            delta[unit] * (layer == 0 ? last(told[unit]) + missing * last(usual[unit]) : missing);
      }
      delta = layer == 0 ? delta : before;
    }
  }

  long step() {
    return step;
  }

  /** s |m|, to the power of the depth in s; see {@link EscapeLaw}. */
  double drive() {
    double drive = 0;
    for (double[] unit : told) {
      double squares = 0;
      for (int i = 0; i + 1 < unit.length; i++) {
        squares += unit[i] * unit[i];
      }
      drive += Math.sqrt(squares) / told.length;
    }
    for (int layer = 0; layer < shape.hiddenLayers(); layer++) {
      boolean gated = layer == 0 && gates != null;
      drive *= gated ? 1 : rectifies(layer) ? Math.sqrt(0.5) : network.activation(layer).slope(0);
    }
    return drive;
  }

  /**
   * The loss: a constant's, less what the signal gains, with what it costs to the second order.
   *
   * @param enough above which the second order does not matter
   */
  double loss(double enough) {
    int hidden = shape.hiddenLayers();
    double flat =
        -meanWeight
            * (share * Math.log(Activation.SIGMOID.value(output))
                + (1 - share) * Math.log(Activation.SIGMOID.value(-output)));
    double gain = dot(hidden, 0, signal[hidden - 1]);
    return flat - gain > enough
        ? flat - gain
        : flat - gain + 0.5 * meanWeight * share * (1 - share) * variance();
  }

  /** Of what the rows differ in at the output. */
  private double variance() {
    double[] through = {1};
    for (int layer = shape.hiddenLayers(); layer > 0; layer--) {
      double[] before = new double[shape.inputs(layer)];
      for (int unit = 0; unit < through.length; unit++) {
        for (int i = 0; i < before.length; i++) {
          before[i] +=
              through[unit]
                  * weights[shape.weights(layer) + unit * before.length + i]
                  * slope[layer - 1][i];
        }
      }
      through = before;
    }
    double[] direction = gates == null ? direction(through) : null;
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < x.length; row++) {
      double value = 0;
      if (direction != null) {
        for (int i = 0; i < direction.length; i++) {
          value += direction[i] * x[row][i];
        }
      } else {
        for (int unit = 0; unit < through.length; unit++) {
          double gate = gates[row][unit];
          value += gate == 0 ? 0 : through[unit] * gate * dot(0, unit, x[row]);
        }
      }
      sum += value / x.length;
      squares += value * value / x.length;
    }
    return Math.max(0, squares - sum * sum);
  }

  /** u. */
  private double[] direction(double[] through) {
    double[] direction = new double[shape.inputs(0)];
    for (int unit = 0; unit < through.length; unit++) {
      for (int i = 0; i < direction.length; i++) {
        direction[i] += through[unit] * weights[shape.weights(0) + unit * direction.length + i];
      }
    }
    return direction;
  }

  /** Root of the sum of the squares of the hidden layers' weights and the output's. */
  double size() {
    double squares = 0;
    for (int layer = 0; layer < shape.layers(); layer++) {
      squares += squares(weights, layer);
    }
    return Math.sqrt(squares);
  }

  private double squares(double[] values, int layer) {
    double squares = 0;
    for (int i = shape.weights(layer); i < shape.biases(layer); i++) {
      squares += values[i] * values[i];
    }
    return squares;
  }

  /** Takes steps, one of Adam's or as many of the others as change no layer much. */
  void advance() {
    if (optimizer.kind() == OptimizerSpec.Kind.ADAM) {
      adam();
    } else {
      double rate =
          optimizer.kind() == OptimizerSpec.Kind.NESTEROV
              ? optimizer.learningRate() / (1 - optimizer.momentum())
              : optimizer.learningRate();
      double fastest = Math.abs(ascent[shape.biases(shape.hiddenLayers())]);
      for (int layer = 0; layer < shape.layers(); layer++) {
        fastest =
            Math.max(
                fastest,
                Math.sqrt(squares(ascent, layer) / Math.max(squares(weights, layer), 1e-300)));
      }
      long together = (long) Math.max(1, Math.min(LONGEST_STEP, TOGETHER / fastest) / rate);
      for (int i = 0; i < weights.length; i++) {
        weights[i] += together * rate * ascent[i];
      }
      step += together;
    }
    pass();
  }

  /** As Deeplearning4j takes it: ε beside the root before it is corrected. */
  private void adam() {
    step++;
    double b1 = OptimizerSpec.ADAM_BETA1;
    double b2 = OptimizerSpec.ADAM_BETA2;
    double rate =
        optimizer.learningRate() * Math.sqrt(1 - Math.pow(b2, step)) / (1 - Math.pow(b1, step));
    for (int i = 0; i < weights.length; i++) {
      mean[i] = b1 * mean[i] + (1 - b1) * ascent[i];
      square[i] = b2 * square[i] + (1 - b2) * ascent[i] * ascent[i];
      weights[i] += rate * mean[i] / (Math.sqrt(square[i]) + OptimizerSpec.ADAM_EPSILON);
    }
  }
}
