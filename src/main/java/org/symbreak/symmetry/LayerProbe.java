package org.symbreak.symmetry;

/** Measures how alike the units of a layer are. */
public final class LayerProbe {
  private LayerProbe() {}

  /**
   * @param layer number of the hidden layer, from 1
   * @param weights units × fanIn, unit after unit
   * @param biases one a unit
   * @param activations [unit][row] on the probe rows; null without any
   * @param zone where the layer's activation function is flat
   */
  public static LayerSymmetry measure(
      int layer, double[] weights, double[] biases, double[][] activations, FlatZone zone) {
    throw new UnsupportedOperationException();
  }
}
