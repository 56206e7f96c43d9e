package org.symbreak.inspect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.formats.Cut;
import org.symbreak.formats.DenseFile;
import org.symbreak.formats.Unread;
import org.symbreak.guard.CheckedModel;
import org.symbreak.guard.ModelGuard;
import org.symbreak.guard.NdArrayCodec;
import org.symbreak.guard.PlainZip;
import org.symbreak.stack.Chain;
import org.symbreak.stack.NumberType;
import org.symbreak.stack.Step;

/**
 * A zip of Deeplearning4j with a graph, or with other layers than dense ones: the chains of dense
 * layers that are in it.
 */
final class Dl4jGraph implements DenseFile {
  private final CheckedModel checked;
  private final Model network;
  private final Dl4jSteps steps;
  private final List<Chain> chains;

  /**
   * @param checked let in by the guard
   */
  Dl4jGraph(CheckedModel checked) {
    this.checked = checked;
    if (checked.configuration().isGraph()) {
      ComputationGraph graph = checked.restoreGraph();
      network = graph;
      steps = Dl4jSteps.of(graph);
    } else {
      MultiLayerNetwork layers = checked.restore();
      network = layers;
      steps = Dl4jSteps.of(layers);
    }
    chains = Chain.of(steps.steps(), steps.outputs(), numbers());
  }

  @Override
  public String format() {
    return checked.configuration().isGraph()
        ? "deeplearning4j zip, computation graph"
        : "deeplearning4j zip";
  }

  @Override
  public String writtenBy() {
    return "deeplearning4j";
  }

  @Override
  public NumberType numbers() {
    return checked.type().numbers();
  }

  @Override
  public long parameters() {
    return network.numParams();
  }

  @Override
  public List<Chain> chains() {
    return chains;
  }

  /** Nobody knows here what comes before the first layer of a chain. */
  @Override
  public boolean takesRows(Chain chain) {
    return false;
  }

  @Override
  public List<String> unread() {
    return Unread.of(steps.steps());
  }

  /** Ready to go on training with the optimizer's state as it is before the first step. */
  @Override
  public Written with(List<Change> changes) {
    Map<Layer, Map<String, double[]>> numbers = new HashMap<>();
    Map<Layer, int[]> sizes = new HashMap<>();
    for (int i = 0; i < chains.size(); i++) {
      cut(chains.get(i), changes.get(i), numbers, sizes);
    }
    byte[] bytes =
        network instanceof ComputationGraph graph
            ? written(resized(graph, sizes), graph.getLayers(), numbers)
            : written(
                resized((MultiLayerNetwork) network, sizes),
                ((MultiLayerNetwork) network).getLayers(),
                numbers);
    return new Written(
        bytes, new Dl4jGraph(ModelGuard.STRICT.check(checked.zip().toString(), bytes)));
  }

  private void cut(
      Chain chain,
      Change change,
      Map<Layer, Map<String, double[]>> numbers,
      Map<Layer, int[]> sizes) {
    int[] inputs = Cut.all(chain.links().get(0).block().inputs());
    for (int i = 0; i < chain.links().size(); i++) {
      Chain.Link link = chain.links().get(i);
      int[] units = change.kept().get(i);
      Step.Dense dense = (Step.Dense) link.dense().what();
      Cut cut =
          Cut.of(
              dense.weights(),
              dense.biases(),
              link.scale().map(step -> ((Step.Scale) step.what()).factors()).orElse(null),
              link.block(),
              change.blocks().get(i),
              units,
              inputs);
      Layer layer = steps.layer(link.dense());
      numbers.put(layer, named(cut.weights(), cut.biases()));
      sizes.put(layer, new int[] {inputs.length, units.length});
      if (link.scale().isPresent()) {
        Layer scale = steps.layer(link.scale().get());
        numbers.put(scale, left(scale, units, cut.shifts()));
        sizes.put(scale, new int[] {units.length, units.length});
      }
      inputs = units;
    }
  }

  private static Map<String, double[]> named(double[][] weights, double[] biases) {
    Map<String, double[]> named = new LinkedHashMap<>();
    named.put("W", Arrays.stream(weights).flatMapToDouble(Arrays::stream).toArray());
    if (biases != null) {
      named.put("b", biases);
    }
    return named;
  }

  /** A normalization's numbers of the units that are left; shifts go into its offset. */
  private static Map<String, double[]> left(Layer scale, int[] units, double[] shifts) {
    Map<String, double[]> left = new LinkedHashMap<>();
    scale
        .paramTable()
        .forEach(
            (name, values) -> {
              double[] old = Dl4jLayers.numbers(values);
              double[] kept = Arrays.stream(units).mapToDouble(unit -> old[unit]).toArray();
              for (int i = 0; name.equals("beta") && i < kept.length; i++) {
                kept[i] += shifts[i];
              }
              left.put(name, kept);
            });
    return left;
  }

  private ComputationGraph resized(ComputationGraph graph, Map<Layer, int[]> sizes) {
    ComputationGraphConfiguration configuration =
        ComputationGraphConfiguration.fromJson(checked.configuration().text());
    sizes.forEach(
        (layer, size) -> {
          String name = layer.conf().getLayer().getLayerName();
          org.deeplearning4j.nn.conf.graph.LayerVertex vertex =
              (org.deeplearning4j.nn.conf.graph.LayerVertex) configuration.getVertices().get(name);
          resize(vertex.getLayerConf().getLayer(), size);
        });
    ComputationGraph other = new ComputationGraph(configuration);
    other.init();
    return other;
  }

  private MultiLayerNetwork resized(MultiLayerNetwork network, Map<Layer, int[]> sizes) {
    MultiLayerConfiguration configuration =
        MultiLayerConfiguration.fromJson(checked.configuration().text());
    for (int i = 0; i < network.getnLayers(); i++) {
      int[] size = sizes.get(network.getLayer(i));
      if (size != null) {
        resize(configuration.getConf(i).getLayer(), size);
      }
    }
    MultiLayerNetwork other = new MultiLayerNetwork(configuration);
    other.init();
    return other;
  }

  private static void resize(org.deeplearning4j.nn.conf.layers.Layer layer, int[] size) {
    FeedForwardLayer sized = (FeedForwardLayer) layer;
    sized.setNIn(size[0]);
    sized.setNOut(size[1]);
  }

  private byte[] written(
      ComputationGraph graph, Layer[] before, Map<Layer, Map<String, double[]>> numbers) {
    fill(before, graph.getLayers(), numbers);
    INDArray state = graph.getUpdater(true).getUpdaterStateViewArray();
    return zip(graph.getConfiguration().toJson(), graph.params(), state);
  }

  private byte[] written(
      MultiLayerNetwork other, Layer[] before, Map<Layer, Map<String, double[]>> numbers) {
    fill(before, other.getLayers(), numbers);
    INDArray state = other.getUpdater(true).getStateViewArray();
    return zip(other.getLayerWiseConfigurations().toJson(), other.params(), state);
  }

  /** What the changes leave alone keeps its bits. */
  private static void fill(
      Layer[] before, Layer[] layers, Map<Layer, Map<String, double[]>> numbers) {
    for (int i = 0; i < layers.length; i++) {
      Map<String, double[]> changed = numbers.getOrDefault(before[i], Map.of());
      Map<String, INDArray> old = before[i].paramTable();
      layers[i]
          .paramTable()
          .forEach(
              (name, parameter) -> {
                double[] values = changed.get(name);
                parameter.assign(
                    values == null
                        ? old.get(name)
                        : Nd4j.createFromArray(values)
                            .reshape('f', parameter.shape())
                            .castTo(parameter.dataType()));
              });
    }
  }

  private byte[] zip(String configuration, INDArray parameters, INDArray state) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(ModelGuard.CONFIGURATION, configuration.getBytes(StandardCharsets.UTF_8));
    entries.put(
        ModelGuard.COEFFICIENTS,
        NdArrayCodec.encode(Dl4jLayers.numbers(parameters), checked.type()));
    if (state != null && state.length() > 0) {
      entries.put(
          ModelGuard.UPDATER_STATE, NdArrayCodec.encode(Dl4jLayers.numbers(state), checked.type()));
    }
    checked
        .normalizerBytes()
        .ifPresent(normalizer -> entries.put(ModelGuard.NORMALIZER, normalizer));
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      PlainZip.write(out, entries);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("nothing can fail in memory", e);
    }
  }
}
