package org.symbreak.engine;

import org.symbreak.network.DenseShape;

/**
 * ½ λ ‖W‖² over the weights of every layer; biases are free.
 *
 * @param shape of the network
 * @param l2 the coefficient λ, from 0
 */
public record Penalty(DenseShape shape, double l2) {
  /**
   * @param parameters flat vector
   * @param gradient to which λ W is added
   * @return the penalty
   */
  public double add(double[] parameters, double[] gradient) {
    double squares = 0;
    if (l2 > 0) {
      for (int layer = 0; layer < shape.layers(); layer++) {
        for (int i = shape.weights(layer); i < shape.biases(layer); i++) {
          squares += parameters[i] * parameters[i];
          gradient[i] += l2 * parameters[i];
        }
      }
    }
    return l2 / 2 * squares;
  }
}
