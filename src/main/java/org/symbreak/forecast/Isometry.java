package org.symbreak.forecast;

import java.util.Arrays;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;

/**
 * Singular values of the Jacobian of the last hidden layer's sums of inputs with respect to the
 * first hidden layer's, over a few rows: all 1 where the layers turn differences without stretching
 * them. Saxe, McClelland and Ganguli, ICLR 2014; Pennington, Schoenholz and Ganguli, NIPS 2017.
 *
 * @param rows of which the Jacobians were taken
 * @param smallest of all
 * @param median of all
 * @param largest of all
 */
public record Isometry(int rows, double smallest, double median, double largest) {
  private static final int ROWS = 4;

  /** Beyond so many units it is not measured. */
  private static final int WIDEST = 128;

  /** Null with less than two hidden layers, or very wide ones. */
  static Isometry of(TrainingProblem problem, double[] start) {
    NetworkSpec network = problem.network();
    DenseShape shape = network.shape(problem.rows().features());
    if (shape.hiddenLayers() < 2 || network.hidden().stream().anyMatch(units -> units > WIDEST)) {
      return null;
    }
    EncodedRows rows = SampledRows.of(problem.rows(), ROWS);
    DenseNetwork dense = new DenseNetwork(shape, network.activations(), start);
    double[] all = new double[0];
    for (double[] x : rows.first(rows.rows())) {
      double[] values = singularValues(jacobian(network, shape, start, dense.preActivations(x)));
      int before = all.length;
      all = Arrays.copyOf(all, before + values.length);
      System.arraycopy(values, 0, all, before, values.length);
    }
    Arrays.sort(all);
    return new Isometry(rows.rows(), all[0], all[all.length / 2], all[all.length - 1]);
  }

  /** [unit of the last hidden layer][unit of the first]. */
  private static double[][] jacobian(
      NetworkSpec network, DenseShape shape, double[] start, double[][] sums) {
    int first = shape.units(0);
    double[][] product = new double[first][first];
    for (int i = 0; i < first; i++) {
      product[i][i] = 1;
    }
    for (int layer = 1; layer < shape.hiddenLayers(); layer++) {
      int inputs = shape.inputs(layer);
      double[][] next = new double[shape.units(layer)][first];
      for (int unit = 0; unit < next.length; unit++) {
        for (int input = 0; input < inputs; input++) {
          double factor =
              start[shape.weights(layer) + unit * inputs + input]
                  * network.activation(layer - 1).slope(sums[layer - 1][input]);
          for (int i = 0; i < first; i++) {
            next[unit][i] += factor * product[input][i];
          }
        }
      }
      product = next;
    }
    return product;
  }

  /**
   * One-sided Jacobi rotations (Hestenes, 1958), which find small ones to a small relative error,
   * too.
   *
   * @param matrix destroyed
   * @return as many as there are rows or columns, whichever are fewer, ascending
   */
  static double[] singularValues(double[][] matrix) {
    double[][] a = matrix.length <= matrix[0].length ? matrix : transposed(matrix);
    boolean turned = true;
    for (int sweep = 0; turned && sweep < 40; sweep++) {
      turned = false;
      for (int i = 0; i < a.length; i++) {
        for (int j = i + 1; j < a.length; j++) {
          double ii = dot(a[i], a[i]);
          double jj = dot(a[j], a[j]);
          double ij = dot(a[i], a[j]);
          if (Math.abs(ij) > 1e-14 * Math.sqrt(ii * jj) && ij != 0) {
            turned = true;
            double tau = (jj - ii) / (2 * ij);
            double tan = Math.copySign(1, tau) / (Math.abs(tau) + Math.hypot(1, tau));
            double cos = 1 / Math.hypot(1, tan);
            rotate(a[i], a[j], cos, cos * tan);
          }
        }
      }
    }
    return Arrays.stream(a).mapToDouble(row -> Math.sqrt(dot(row, row))).sorted().toArray();
  }

  private static void rotate(double[] a, double[] b, double cos, double sin) {
    for (int k = 0; k < a.length; k++) {
      double ak = a[k];
      a[k] = cos * ak - sin * b[k];
      b[k] = sin * ak + cos * b[k];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[0].length; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return transposed;
  }
}
