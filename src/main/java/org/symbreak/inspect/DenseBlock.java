package org.symbreak.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.symbreak.symmetry.LayerUnits;

/**
 * A dense layer of a network in plain arrays, with the layers without parameters behind it.
 *
 * @param first index of the dense layer in the network, from 0
 * @param last index of the last layer before the next dense one
 * @param weights [unit][input]
 * @param biases one a unit; null where the layer has none
 * @param gains one a unit, where the layer normalizes its sums over its units; null otherwise
 */
record DenseBlock(
    int first,
    int last,
    double[][] weights,
    double[] biases,
    double[] gains,
    UnitFunction function) {
  /**
   * @throws IllegalArgumentException where the network has layers of other kinds
   */
  static List<DenseBlock> of(MultiLayerNetwork network) {
    List<DenseBlock> blocks = new ArrayList<>();
    for (int first = 0; first < network.getnLayers(); ) {
      int last = first;
      List<IActivation> activations = new ArrayList<>();
      if (isDense(network.getLayer(first))) {
        activations.add(((BaseLayer) configuration(network.getLayer(first))).getActivationFn());
      }
      while (last + 1 < network.getnLayers() && !isDense(network.getLayer(last + 1))) {
        last++;
        addActivation(network.getLayer(last), activations);
      }
      if (isDense(network.getLayer(first))) {
        blocks.add(of(network.getLayer(first), first, last, activations));
      }
      first = last + 1;
    }
    return blocks;
  }

  private static DenseBlock of(Layer layer, int first, int last, List<IActivation> activations) {
    INDArray matrix = layer.getParam("W");
    int inputs = matrix.rows();
    double[] flat = numbers(matrix);
    double[][] weights = new double[matrix.columns()][];
    Arrays.setAll(weights, unit -> Arrays.copyOfRange(flat, unit * inputs, (unit + 1) * inputs));
    return new DenseBlock(
        first,
        last,
        weights,
        optional(layer, "b"),
        optional(layer, "g"),
        new UnitFunction(activations, matrix.dataType()));
  }

  private static double[] optional(Layer layer, String parameter) {
    return layer.paramTable().containsKey(parameter) ? numbers(layer.getParam(parameter)) : null;
  }

  /** Column after column. */
  static double[] numbers(INDArray array) {
    return array.dup('f').data().asDouble();
  }

  private static boolean isDense(Layer layer) {
    org.deeplearning4j.nn.conf.layers.Layer configuration = configuration(layer);
    return configuration instanceof DenseLayer
        || configuration instanceof BaseOutputLayer && layer.numParams() > 0;
  }

  private static void addActivation(Layer layer, List<IActivation> activations) {
    org.deeplearning4j.nn.conf.layers.Layer configuration = configuration(layer);
    if (configuration instanceof ActivationLayer activation) {
      activations.add(activation.getActivationFn());
    } else if (configuration instanceof LossLayer loss) {
      activations.add(loss.getActivationFn());
    } else if (!(configuration instanceof DropoutLayer)) {
      throw new IllegalArgumentException(
          "expected dense layers and layers without parameters, found a "
              + configuration.getClass().getSimpleName());
    }
  }

  private static org.deeplearning4j.nn.conf.layers.Layer configuration(Layer layer) {
    return layer.conf().getLayer();
  }

  int units() {
    return weights.length;
  }

  int inputs() {
    return weights[0].length;
  }

  double bias(int unit) {
    return biases == null ? 0 : biases[unit];
  }

  long parameters() {
    return (long) units() * inputs()
        + (biases == null ? 0 : units())
        + (gains == null ? 0 : units());
  }

  /**
   * Whether a unit can be changed without changing others: no normalization over the units, and no
   * softmax.
   */
  boolean unitsAreIndependent() {
    return gains == null && !function.couplesUnits();
  }

  /** The units as they are compared; a gain counts as one more weight. */
  LayerUnits asUnits() {
    int fanIn = inputs() + (gains == null ? 0 : 1);
    double[] flat = new double[units() * fanIn];
    double[] flatBiases = new double[units()];
    for (int unit = 0; unit < units(); unit++) {
      System.arraycopy(weights[unit], 0, flat, unit * fanIn, inputs());
      if (gains != null) {
        flat[unit * fanIn + inputs()] = gains[unit];
      }
      flatBiases[unit] = bias(unit);
    }
    return new LayerUnits(fanIn, flat, flatBiases);
  }

  /** With these units of its own only, in this order. */
  DenseBlock keepingUnits(int[] kept) {
    return new DenseBlock(
        first,
        last,
        Arrays.stream(kept).mapToObj(unit -> weights[unit]).toArray(double[][]::new),
        pick(biases, kept),
        pick(gains, kept),
        function);
  }

  /** With these inputs only, in this order. */
  DenseBlock keepingInputs(int[] kept) {
    double[][] fewer = new double[units()][];
    Arrays.setAll(fewer, unit -> pick(weights[unit], kept));
    return new DenseBlock(first, last, fewer, biases, gains, function);
  }

  /** A copy whose arrays may be changed. */
  DenseBlock copy() {
    double[][] copied = new double[units()][];
    Arrays.setAll(copied, unit -> weights[unit].clone());
    return new DenseBlock(
        first,
        last,
        copied,
        biases == null ? null : biases.clone(),
        gains == null ? null : gains.clone(),
        function);
  }

  private static double[] pick(double[] values, int[] kept) {
    return values == null ? null : Arrays.stream(kept).mapToDouble(i -> values[i]).toArray();
  }
}
