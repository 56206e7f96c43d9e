package org.symbreak.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.symbreak.stack.Curve;
import org.symbreak.stack.Curve.Form;
import org.symbreak.stack.Step;

/**
 * What a network or a graph of Deeplearning4j does, step by step, as far as it matters to dense
 * layers.
 */
final class Dl4jSteps {
  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double SELU_SCALE = 1.0507009873554805;

  private static final Map<Class<?>, Form> FORMS =
      Map.ofEntries(
          Map.entry(ActivationTanH.class, Form.TANH),
          Map.entry(ActivationSigmoid.class, Form.SIGMOID),
          Map.entry(ActivationSoftmax.class, Form.SOFTMAX),
          Map.entry(ActivationSoftPlus.class, Form.SOFTPLUS),
          Map.entry(ActivationSoftSign.class, Form.SOFTSIGN),
          Map.entry(ActivationSwish.class, Form.SWISH),
          Map.entry(ActivationHardTanH.class, Form.HARDTANH),
          Map.entry(ActivationReLU6.class, Form.RELU6));

  private final List<Step> steps = new ArrayList<>();
  private final Map<Step, Layer> layers = new HashMap<>();
  private final Set<String> outputs = new HashSet<>();

  private Dl4jSteps() {}

  static Dl4jSteps of(MultiLayerNetwork network) {
    Dl4jSteps made = new Dl4jSteps();
    String value = "input";
    for (int i = 0; i < network.getnLayers(); i++) {
      Layer layer = network.getLayer(i);
      String name = name(layer, "layer" + i);
      if (network.getLayerWiseConfigurations().getInputPreProcess(i) != null) {
        value = made.unknown(name + " input", "preprocessor", List.of(value));
      }
      value = made.layer(layer, name, value);
    }
    made.outputs.add(value);
    return made;
  }

  static Dl4jSteps of(ComputationGraph graph) {
    Dl4jSteps made = new Dl4jSteps();
    Map<String, String> values = new HashMap<>();
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      String name = vertex.getVertexName();
      List<String> inputs = new ArrayList<>();
      for (VertexIndices before :
          vertex.getInputVertices() == null ? new VertexIndices[0] : vertex.getInputVertices()) {
        inputs.add(values.get(graph.getVertices()[before.getVertexIndex()].getVertexName()));
      }
      values.put(name, made.vertex(graph, vertex, inputs));
    }
    graph
        .getConfiguration()
        .getNetworkOutputs()
        .forEach(name -> made.outputs.add(values.get(name)));
    return made;
  }

  private String vertex(ComputationGraph graph, GraphVertex vertex, List<String> inputs) {
    String name = vertex.getVertexName();
    if (vertex.isInputVertex()) {
      return name;
    }
    if (!vertex.hasLayer() || inputs.size() != 1) {
      return unknown(name, vertex.getClass().getSimpleName(), inputs);
    }
    String value = inputs.get(0);
    boolean isPrepared =
        graph.getConfiguration().getVertices().get(name)
                instanceof org.deeplearning4j.nn.conf.graph.LayerVertex conf
            && conf.getPreProcessor() != null;
    if (isPrepared) {
      value = unknown(name + " input", "preprocessor", List.of(value));
    }
    return layer(vertex.getLayer(), name, value);
  }

  /** In an order in which they can be taken. */
  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** Values that are the network's own outputs. */
  Set<String> outputs() {
    return Set.copyOf(outputs);
  }

  /** The layer whose numbers a step has. */
  Layer layer(Step step) {
    return layers.get(step);
  }

  private String layer(Layer layer, String name, String value) {
    org.deeplearning4j.nn.conf.layers.Layer configuration = layer.conf().getLayer();
    if (configuration instanceof DropoutLayer) {
      return step(name, configuration, new Step.Pass(), value, null);
    }
    if (configuration instanceof ActivationLayer activation) {
      return applied(name, activation, activation.getActivationFn(), value);
    }
    if (configuration instanceof LossLayer loss) {
      return applied(name, loss, loss.getActivationFn(), value);
    }
    if (configuration instanceof BatchNormalization normalization) {
      return step(name, normalization, scale(layer, normalization), value, layer);
    }
    boolean isDense =
        (configuration instanceof DenseLayer dense && !dense.hasLayerNorm())
            || configuration.getClass() == OutputLayer.class;
    if (!isDense) {
      return unknown(name, configuration.getClass().getSimpleName(), List.of(value));
    }
    String sums = step(name, configuration, dense(layer), value, layer);
    return applied(
        name + " activation", configuration, ((BaseLayer) configuration).getActivationFn(), sums);
  }

  private String applied(
      String name,
      org.deeplearning4j.nn.conf.layers.Layer configuration,
      IActivation activation,
      String value) {
    if (activation instanceof ActivationIdentity) {
      return step(name, configuration, new Step.Pass(), value, null);
    }
    Optional<Curve> curve = curve(activation);
    return curve.isPresent()
        ? step(name, configuration, new Step.Apply(curve.get()), value, null)
        : unknown(name, activation.toString(), List.of(value));
  }

  private String step(
      String name,
      org.deeplearning4j.nn.conf.layers.Layer configuration,
      Step.What what,
      String value,
      Layer layer) {
    Step step =
        new Step(
            name,
            configuration.getClass().getSimpleName(),
            what,
            List.of(value),
            List.of(name + " value"));
    steps.add(step);
    if (layer != null) {
      layers.put(step, layer);
    }
    return step.outputs().get(0);
  }

  private String unknown(String name, String kind, List<String> inputs) {
    Step step = new Step(name, kind, new Step.Unknown(), inputs, List.of(name + " value"));
    steps.add(step);
    return step.outputs().get(0);
  }

  private static Step.Dense dense(Layer layer) {
    INDArray matrix = layer.getParam("W");
    int inputs = matrix.rows();
    double[] flat = Dl4jLayers.numbers(matrix);
    double[][] weights = new double[matrix.columns()][];
    Arrays.setAll(weights, unit -> Arrays.copyOfRange(flat, unit * inputs, (unit + 1) * inputs));
    return new Step.Dense(weights, numbers(layer, "b"), false);
  }

  /** γ (x − μ) / σ + β, as the trained layer computes it. */
  private static Step.Scale scale(Layer layer, BatchNormalization normalization) {
    double[] means = numbers(layer, "mean");
    double[] variances =
        normalization.isUseLogStd()
            ? Arrays.stream(numbers(layer, "log10stdev"))
                .map(log -> Math.pow(10, 2 * log))
                .toArray()
            : numbers(layer, "var");
    double[] gammas = numbers(layer, "gamma");
    double[] betas = numbers(layer, "beta");
    double[] factors = new double[means.length];
    double[] offsets = new double[means.length];
    for (int unit = 0; unit < means.length; unit++) {
      double gamma = gammas == null ? normalization.getGamma() : gammas[unit];
      double beta = betas == null ? normalization.getBeta() : betas[unit];
      factors[unit] = gamma / Math.sqrt(variances[unit] + normalization.getEps());
      offsets[unit] = beta - factors[unit] * means[unit];
    }
    return new Step.Scale(factors, offsets, gammas == null);
  }

  private static double[] numbers(Layer layer, String parameter) {
    return layer.paramTable().containsKey(parameter)
        ? Dl4jLayers.numbers(layer.getParam(parameter))
        : null;
  }

  /** Empty where it is none that is known here. */
  private static Optional<Curve> curve(IActivation activation) {
    Form form = FORMS.get(activation.getClass());
    if (form != null) {
      return Optional.of(Curve.of(form));
    }
    if (activation instanceof ActivationReLU relu) {
      return relu(relu);
    }
    if (activation instanceof ActivationLReLU leaky) {
      return Optional.of(new Curve(Form.LEAKYRELU, leaky.getAlpha(), 0));
    }
    if (activation instanceof ActivationELU elu) {
      return Optional.of(new Curve(Form.ELU, elu.getAlpha(), 0));
    }
    if (activation instanceof ActivationSELU) {
      return Optional.of(new Curve(Form.SELU, SELU_ALPHA, SELU_SCALE));
    }
    if (activation instanceof ActivationHardSigmoid) {
      return Optional.of(new Curve(Form.HARDSIGMOID, 0.2, 0.5));
    }
    if (activation instanceof ActivationGELU gelu) {
      boolean isExact = gelu.toString().equals("gelu(precise=true)");
      return Optional.of(Curve.of(isExact ? Form.GELU : Form.GELUTANH));
    }
    return Optional.empty();
  }

  /** Without a limit above or a threshold. */
  private static Optional<Curve> relu(ActivationReLU relu) {
    boolean isPlain =
        (relu.getMax() == null || relu.getMax() == 0)
            && (relu.getThreshold() == null || relu.getThreshold() == 0);
    double slope = relu.getNegativeSlope() == null ? 0 : relu.getNegativeSlope();
    return isPlain
        ? Optional.of(slope == 0 ? Curve.of(Form.RELU) : new Curve(Form.LEAKYRELU, slope, 0))
        : Optional.empty();
  }

  private static String name(Layer layer, String otherwise) {
    String name = layer.conf().getLayer().getLayerName();
    return name == null || name.isEmpty() ? otherwise : name;
  }
}
