package org.symbreak.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.symmetry.LayerProbe;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.LayerUnits;

/**
 * Reads the hidden layers of any {@link MultiLayerNetwork} into plain arrays. Copies at once and
 * keeps nothing of the network.
 */
final class Dl4jHiddenUnits {
  private static final String WEIGHTS = "W";
  private static final String BIASES = "b";

  private Dl4jHiddenUnits() {}

  /**
   * Measures each hidden layer that has a matrix of weights (dense ones and their like); others are
   * passed over, but counted.
   *
   * @param probe inputs, rows first; null to measure the weights alone
   */
  static List<LayerSymmetry> measure(MultiLayerNetwork network, INDArray probe) {
    List<INDArray> activations = probe == null ? List.of() : network.feedForward(probe, false);
    List<LayerSymmetry> layers = new ArrayList<>();
    for (int i = 0; i + 1 < network.getnLayers(); i++) {
      Layer layer = network.getLayer(i);
      INDArray weights = layer.paramTable().get(WEIGHTS);
      if (weights != null && weights.rank() == 2) {
        INDArray active = activations.isEmpty() ? null : activations.get(i + 1);
        layers.add(
            LayerProbe.measure(
                i + 1,
                units(weights, layer.paramTable()),
                byUnit(active, weights.columns()),
                zone(layer),
                LayerProbe.TOLERANCE));
      }
    }
    return layers;
  }

  private static LayerUnits units(INDArray weights, Map<String, INDArray> parameters) {
    INDArray biases = parameters.get(BIASES);
    return new LayerUnits(
        weights.rows(),
        columns(weights),
        biases == null ? new double[weights.columns()] : columns(biases));
  }

  private static FlatZone zone(Layer layer) {
    return layer.conf().getLayer() instanceof BaseLayer dense
        ? FlatZone.named(dense.getActivationFn().toString())
        : FlatZone.NONE;
  }

  /** [unit][row]; null where the layer's output is no matrix of a column a unit. */
  private static double[][] byUnit(INDArray activations, int units) {
    if (activations == null || activations.rank() != 2 || activations.columns() != units) {
      return null;
    }
    double[] flat = columns(activations);
    int rows = activations.rows();
    double[][] byUnit = new double[units][rows];
    for (int unit = 0; unit < units; unit++) {
      System.arraycopy(flat, unit * rows, byUnit[unit], 0, rows);
    }
    return byUnit;
  }

  /** The numbers of an array column after column. */
  private static double[] columns(INDArray array) {
    return array.dup('f').data().asDouble();
  }

  /**
   * Norm of each layer's gradient of the mean loss, penalty included, before the updater: what
   * Deeplearning4j has computed is the sum over the batch, without.
   */
  static List<Double> gradientNorms(MultiLayerNetwork network) {
    Map<String, INDArray> gradients = network.gradient().gradientForVariable();
    List<Double> norms = new ArrayList<>();
    for (int i = 0; i < network.getnLayers(); i++) {
      Layer layer = network.getLayer(i);
      double squares = 0;
      for (String parameter : layer.paramTable().keySet()) {
        INDArray gradient = gradients.get(i + "_" + parameter);
        if (gradient != null) {
          INDArray mean =
              layer.conf().isMiniBatch() ? gradient.div(network.batchSize()) : gradient.dup();
          addPenalty(network, layer, parameter, mean);
          double norm = mean.norm2Number().doubleValue();
          squares += norm * norm;
        }
      }
      norms.add(Math.sqrt(squares));
    }
    return norms;
  }

  private static void addPenalty(
      MultiLayerNetwork network, Layer layer, String name, INDArray gradient) {
    List<Regularization> penalties = layer.getConfig().getRegularizationByParam(name);
    for (Regularization penalty : penalties == null ? List.<Regularization>of() : penalties) {
      if (penalty.applyStep() == Regularization.ApplyStep.BEFORE_UPDATER) {
        penalty.apply(
            layer.getParam(name),
            gradient,
            0,
            network.getIterationCount(),
            network.getEpochCount()); // L1 and L2 take no notice of the learning rate
      }
    }
  }
}
