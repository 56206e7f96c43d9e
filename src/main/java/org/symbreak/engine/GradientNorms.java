package org.symbreak.engine;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.symbreak.network.DenseShape;

/**
 * Takes the norms of a step's gradient in between the backward pass and the updater, which
 * overwrites it.
 */
public final class GradientNorms extends BaseTrainingListener {
  private final DenseShape shape;
  private final Penalty penalty;
  private boolean wanted;
  private double[] last = new double[0];

  public GradientNorms(DenseShape shape, Penalty penalty) {
    this.shape = shape;
    this.penalty = penalty;
  }

  /** Whether somebody may ask for those of the coming step. */
  public void wanted(boolean yes) {
    wanted = yes;
  }

  @Override
  public void onGradientCalculation(Model model) {
    if (!wanted) {
      return;
    }
    MultiLayerNetwork network = (MultiLayerNetwork) model;
    double[] gradient =
        network.getGradientsViewArray().reshape(shape.parameters()).toDoubleVector();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= network.batchSize();
    }
    penalty.add(network.params().reshape(shape.parameters()).toDoubleVector(), gradient);
    last = perLayer(shape, gradient);
  }

  /** Of the last step that was wanted, a layer each; empty before. */
  public double[] last() {
    return last.clone();
  }

  /** Euclidean norms of the layers' parts of a flat gradient, weights and biases together. */
  public static double[] perLayer(DenseShape shape, double[] gradient) {
    double[] norms = new double[shape.layers()];
    for (int layer = 0; layer < norms.length; layer++) {
      double squares = 0;
      for (int i = shape.weights(layer); i < shape.weights(layer + 1); i++) {
        squares += gradient[i] * gradient[i];
      }
      norms[layer] = Math.sqrt(squares);
    }
    return norms;
  }
}
