package org.symbreak.model;

import org.symbreak.data.FittedPipeline;
import org.symbreak.data.Pooling;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;

/**
 * What of a saved model foretells raw rows, without what training on would need.
 *
 * @param pipeline from a raw row to features
 * @param parameters flat, in the shape's order; not copied, not to be changed
 * @param threshold probability from which a row counts as positive, in [0, 1]
 */
public record Scorer(
    FittedPipeline pipeline, NetworkSpec network, double[] parameters, double threshold) {
  /** Sizes of the layers. */
  public DenseShape shape() {
    return network.shape(pipeline.featureNames().size());
  }

  /** Foretells as the network does, in plain Java. */
  public Predictor predictor() {
    return new DenseNetwork(shape(), network.activations(), parameters)::probability;
  }

  /** Foretells raw rows. */
  public Classifier classifier() {
    return Classifier.of(this);
  }

  /**
   * The same without the features that a pooling has left out: rows without a forgotten value get
   * the same bits, as all that is gone from their sums is zeros.
   *
   * @param pooling of this pipeline
   */
  public Scorer pooled(Pooling pooling) {
    int[] features = pooling.features();
    DenseShape before = shape();
    DenseShape after = network.shape(features.length);
    double[] left = new double[after.parameters()];
    for (int unit = 0; unit < after.units(0); unit++) {
      for (int i = 0; i < features.length; i++) {
        left[after.weights(0) + unit * features.length + i] =
            parameters[before.weights(0) + unit * before.inputs(0) + features[i]];
      }
    }
    int behind = before.biases(0);
    System.arraycopy(parameters, behind, left, after.biases(0), parameters.length - behind);
    return new Scorer(pooling.pipeline(), network, left, threshold);
  }
}
