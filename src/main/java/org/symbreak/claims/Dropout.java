package org.symbreak.claims;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.random.Streams;

/**
 * Gradient descent in which each row sees each hidden unit of one layer or does not, by the toss of
 * a coin (Srivastava and others, JMLR 15, 2014). What is kept is not scaled up: it is the symmetry
 * that matters here, not the size.
 */
final class Dropout {
  private Dropout() {}

  /**
   * @param network of one hidden layer
   * @param start parameters, left as they are
   * @return the parameters after so many full-batch steps
   */
  static double[] after(
      ClaimData data, NetworkSpec network, double[] start, double rate, int steps) {
    DenseShape shape = network.shape(data.features());
    double[] parameters = start.clone();
    RandomGenerator coin = Streams.of(data.seed(), 12);
    int rows = data.y().length;
    for (int step = 0; step < steps; step++) {
      double[] sum = new double[parameters.length];
      for (int row = 0; row < rows; row++) {
        addGradient(data, network, shape, parameters, row, coin, sum);
      }
      for (int i = 0; i < sum.length; i++) {
        parameters[i] -= rate * sum[i] / rows;
      }
    }
    return parameters;
  }

  /** Of the network without the units that are dropped: weights from them are zero, and stay. */
  private static void addGradient(
      ClaimData data,
      NetworkSpec network,
      DenseShape shape,
      double[] parameters,
      int row,
      RandomGenerator coin,
      double[] sum) {
    double[] thinned = parameters.clone();
    boolean[] dropped = new boolean[shape.units(0)];
    for (int unit = 0; unit < dropped.length; unit++) {
      dropped[unit] = coin.nextBoolean();
      if (dropped[unit]) {
        thinned[shape.weights(1) + unit] = 0;
      }
    }
    double[] gradient = new double[parameters.length];
    new DenseNetwork(shape, network.activations(), thinned)
        .lossAndGradient(
            Arrays.copyOfRange(data.x(), row, row + 1),
            new int[] {data.y()[row]},
            new SigmoidCrossEntropy(),
            0,
            gradient);
    for (int i = 0; i < gradient.length; i++) {
      boolean isFromDropped =
          i >= shape.weights(1) && i < shape.biases(1) && dropped[i - shape.weights(1)];
      sum[i] += isFromDropped ? 0 : gradient[i];
    }
  }
}
