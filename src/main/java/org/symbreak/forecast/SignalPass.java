package org.symbreak.forecast;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.theory.MeanField;

/** Forward and backward passes over rows at several seeds, and mean-field theory beside them. */
final class SignalPass {
  static final int SEEDS = 5;
  static final int ROWS = 128;

  private final NetworkSpec network;
  private final DenseShape shape;
  private final EncodedRows rows;
  private final double[][] x;
  private final double[] sums;
  private final double[] across;
  private final double[] saturated;
  private final double[] gradients;
  private final double[] weightSquares;
  private final double[] weightMeans;
  private final double[] biasSquares;

  private SignalPass(TrainingProblem problem) {
    network = problem.network();
    rows = SampledRows.of(problem.rows(), ROWS);
    shape = network.shape(rows.features());
    x = rows.first(rows.rows());
    int layers = shape.layers();
    sums = new double[layers];
    across = new double[layers];
    saturated = new double[layers];
    gradients = new double[layers];
    weightSquares = new double[layers];
    weightMeans = new double[layers];
    biasSquares = new double[layers];
  }

  /** A layer each, the output last. */
  static List<LayerSignal> of(TrainingProblem problem) {
    SignalPass pass = new SignalPass(problem);
    for (int seed = 0; seed < SEEDS; seed++) {
      pass.add(
          pass.network.initialParameters(
              pass.shape.inputs(0), problem.seed() + seed, problem.rows()::first));
    }
    return pass.layers();
  }

  private void add(double[] parameters) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      double count = (double) shape.inputs(layer) * shape.units(layer) * SEEDS;
      for (int i = shape.weights(layer); i < shape.biases(layer); i++) {
        weightSquares[layer] += parameters[i] * parameters[i] / count;
        weightMeans[layer] += parameters[i] / count;
      }
      for (int i = shape.biases(layer); i < shape.weights(layer + 1); i++) {
        biasSquares[layer] += parameters[i] * parameters[i] / shape.units(layer) / SEEDS;
      }
    }
    DenseNetwork dense = new DenseNetwork(shape, network.activations(), parameters);
    double[][][] all = new double[x.length][][];
    for (int row = 0; row < x.length; row++) {
      all[row] = dense.preActivations(x[row]);
    }
    double share = 1.0 / SEEDS / x.length;
    for (int row = 0; row < x.length; row++) {
      double[][] other = all[(row + x.length / 2) % x.length];
      for (int layer = 0; layer < shape.layers(); layer++) {
        sums[layer] += share * mean(all[row][layer], all[row][layer]);
        across[layer] += share * mean(all[row][layer], other[layer]);
        if (layer < shape.hiddenLayers()) {
          saturated[layer] += share * flat(network.activation(layer), all[row][layer]);
        }
      }
      back(parameters, all[row], rows.label(row), share);
    }
  }

  private static double flat(Activation activation, double[] sums) {
    FlatZone zone = FlatZone.named(activation.toString());
    double flat = 0;
    for (double sum : sums) {
      flat += zone.saturates() && zone.holds(activation.value(sum)) ? 1 : 0;
    }
    return flat / sums.length;
  }

  private void back(double[] parameters, double[][] z, int label, double share) {
    int last = shape.layers() - 1;
    double[] delta = {Activation.SIGMOID.value(z[last][0]) - label};
    for (int layer = last; layer >= 0; layer--) {
      gradients[layer] += share * mean(delta, delta);
      if (layer > 0) {
        double[] before = new double[shape.inputs(layer)];
        for (int input = 0; input < before.length; input++) {
          double sum = 0;
          for (int unit = 0; unit < delta.length; unit++) {
            sum += delta[unit] * parameters[shape.weights(layer) + unit * before.length + input];
          }
          before[input] = sum * network.activation(layer - 1).slope(z[layer - 1][input]);
        }
        delta = before;
      }
    }
  }

  private static double mean(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum / a.length;
  }

  /** Weights that look random with mean 0, as theory takes them to be. */
  private boolean isRandom(int layer) {
    double count = (double) shape.inputs(layer) * shape.units(layer) * SEEDS;
    return weightSquares[layer] > 0
        && weightMeans[layer] * weightMeans[layer] < 16 * weightSquares[layer] / count;
  }

  private List<LayerSignal> layers() {
    Double[] q = new Double[shape.layers()];
    Double[] c = new Double[shape.layers()];
    double square = 0;
    double pairs = 0;
    for (int row = 0; row < x.length; row++) {
      square += mean(x[row], x[row]) / x.length;
      pairs += mean(x[row], x[(row + x.length / 2) % x.length]) / x.length;
    }
    for (int layer = 0; layer < shape.layers() && isRandom(layer); layer++) {
      double weights = shape.inputs(layer) * weightSquares[layer];
      if (layer == 0) {
        q[0] = weights * square + biasSquares[0];
        c[0] = (weights * pairs + biasSquares[0]) / q[0];
      } else {
        Activation before = network.activation(layer - 1);
        MeanField field = new MeanField(before::value, before::slope, weights, biasSquares[layer]);
        q[layer] = field.variance(q[layer - 1]);
        c[layer] = field.correlation(c[layer - 1], q[layer - 1]);
      }
    }
    Double[] g = new Double[shape.layers()];
    g[shape.layers() - 1] = gradients[shape.layers() - 1];
    for (int layer = shape.layers() - 2; layer >= 0 && q[shape.layers() - 1] != null; layer--) {
      Activation activation = network.activation(layer);
      g[layer] =
          g[layer + 1]
              * shape.units(layer + 1)
              * weightSquares[layer + 1]
              / MeanField.keeping(activation::slope, q[layer]);
    }
    List<LayerSignal> signals = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      signals.add(
          new LayerSignal(
              layer + 1,
              shape.units(layer),
              sums[layer],
              q[layer],
              layer < shape.hiddenLayers() ? (Double) saturated[layer] : null,
              gradients[layer],
              g[layer],
              sums[layer] == 0 ? 0 : across[layer] / sums[layer],
              c[layer]));
    }
    return signals;
  }
}
