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
import org.symbreak.stack.DenseBlock;

/**
 * The dense layers of a network of Deeplearning4j, each with the layers without parameters behind
 * it.
 *
 * @param first index of each dense layer in the network, from 0
 * @param last index of the last layer before the next dense one
 */
record Dl4jLayers(List<DenseBlock> blocks, int[] first, int[] last) {
  /**
   * @throws IllegalArgumentException where the network has layers of other kinds
   */
  static Dl4jLayers of(MultiLayerNetwork network) {
    List<DenseBlock> blocks = new ArrayList<>();
    List<Integer> firsts = new ArrayList<>();
    List<Integer> lasts = new ArrayList<>();
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
        blocks.add(block(network.getLayer(first), activations));
        firsts.add(first);
        lasts.add(last);
      }
      first = last + 1;
    }
    return new Dl4jLayers(blocks, indices(firsts), indices(lasts));
  }

  private static int[] indices(List<Integer> indices) {
    return indices.stream().mapToInt(Integer::intValue).toArray();
  }

  private static DenseBlock block(Layer layer, List<IActivation> activations) {
    INDArray matrix = layer.getParam("W");
    int inputs = matrix.rows();
    double[] flat = numbers(matrix);
    double[][] weights = new double[matrix.columns()][];
    Arrays.setAll(weights, unit -> Arrays.copyOfRange(flat, unit * inputs, (unit + 1) * inputs));
    return new DenseBlock(
        "",
        weights,
        optional(layer, "b"),
        optional(layer, "g"),
        new Dl4jFunction(activations, matrix.dataType()),
        false);
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
}
