package org.symbreak.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.symbreak.symmetry.FlatZone;
import org.symbreak.symmetry.LayerProbe;
import org.symbreak.symmetry.LayerSymmetry;
import org.symbreak.symmetry.LayerUnits;

/**
 * Reads the hidden dense layers of any {@link MultiLayerNetwork} or {@link ComputationGraph} into
 * plain arrays. Copies at once and keeps nothing of the network.
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
      if (isDense(network.getLayer(i))) {
        INDArray active = activations.isEmpty() ? null : activations.get(i + 1);
        layers.add(measure(network.getLayer(i), i + 1, active));
      }
    }
    return layers;
  }

  /**
   * The same of a graph, whose layers are numbered from 1 in the order in which it computes them;
   * {@link #names} tells which they are.
   *
   * @param probe one array an input of the graph, rows first; null to measure the weights alone
   */
  static List<LayerSymmetry> measure(ComputationGraph graph, INDArray[] probe) {
    Map<String, INDArray> activations = probe == null ? Map.of() : graph.feedForward(probe, false);
    List<LayerSymmetry> layers = new ArrayList<>();
    for (int i = 0; i < graph.getLayers().length; i++) {
      Layer layer = graph.getLayers()[i];
      if (isHidden(graph, layer) && isDense(layer)) {
        layers.add(measure(layer, i + 1, activations.get(name(layer))));
      }
    }
    return layers;
  }

  /** In words: which layer of a graph has which number, and which are passed over. */
  static String names(ComputationGraph graph) {
    List<String> watched = new ArrayList<>();
    List<String> passed = new ArrayList<>();
    for (int i = 0; i < graph.getLayers().length; i++) {
      Layer layer = graph.getLayers()[i];
      if (isHidden(graph, layer) && isDense(layer)) {
        watched.add((i + 1) + " " + name(layer));
      } else if (isHidden(graph, layer) && layer.numParams() > 0) {
        passed.add(name(layer));
      }
    }
    return "Hidden layers that are watched: "
        + (watched.isEmpty() ? "none" : String.join(", ", watched))
        + (passed.isEmpty() ? "" : "; passed over: " + String.join(", ", passed));
  }

  private static boolean isHidden(ComputationGraph graph, Layer layer) {
    return !graph.getConfiguration().getNetworkOutputs().contains(name(layer));
  }

  private static String name(Layer layer) {
    return layer.conf().getLayer().getLayerName();
  }

  /** Whether each column of its weights is a unit: recurrent layers keep their gates so. */
  private static boolean isDense(Layer layer) {
    INDArray weights = layer.paramTable().get(WEIGHTS);
    return weights != null
        && weights.rank() == 2
        && !(layer.conf().getLayer() instanceof BaseRecurrentLayer);
  }

  private static LayerSymmetry measure(Layer layer, int number, INDArray active) {
    INDArray weights = layer.paramTable().get(WEIGHTS);
    return LayerProbe.measure(
        number,
        units(weights, layer.paramTable()),
        byUnit(active, weights.columns()),
        zone(layer),
        LayerProbe.TOLERANCE);
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
