package org.symbreak.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.formats.DenseFile.Change;
import org.symbreak.init.Initialization;
import org.symbreak.model.OpenedModel;
import org.symbreak.stack.DenseBlock;

/** A zip of Deeplearning4j, ours or not, computed by Deeplearning4j. */
final class Dl4jModel implements ReadModel, ReadChain {
  private static final int BATCH = 1024;

  private final OpenedModel model;
  private final Dl4jLayers layers;

  Dl4jModel(OpenedModel model) {
    this.model = model;
    this.layers = Dl4jLayers.of(model.network());
  }

  @Override
  public Path file() {
    return model.file();
  }

  @Override
  public String format() {
    return "deeplearning4j zip";
  }

  @Override
  public String writtenBy() {
    return model.saved().isPresent() ? "symbreak" : "deeplearning4j";
  }

  @Override
  public Optional<MemberBlocks> members() {
    return model.saved().flatMap(saved -> MemberBlocks.of(saved.provenance(), blocks()));
  }

  @Override
  public String precision() {
    return model.checked().type().toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public long parameters() {
    return model.checked().parameters().length;
  }

  @Override
  public String updater() {
    return ((BaseLayer) model.network().getLayer(layers.first()[0]).conf().getLayer())
        .getIUpdater()
        .toString();
  }

  @Override
  public Long iteration() {
    return (long) model.checked().configuration().iteration();
  }

  @Override
  public Long epoch() {
    return (long) model.checked().configuration().epoch();
  }

  @Override
  public List<String> unread() {
    return List.of();
  }

  @Override
  public boolean isMendable() {
    return true;
  }

  @Override
  public List<ReadChain> chains() {
    return List.of(this);
  }

  @Override
  public MendedNetwork mended(List<Change> changes) {
    return MendedNetwork.of(model, layers, changes.get(0).blocks());
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public List<DenseBlock> blocks() {
    return layers.blocks();
  }

  @Override
  public double ulp() {
    return model.checked().type().numbers().ulp();
  }

  @Override
  public double[][] ranges() {
    return model.ranges();
  }

  @Override
  public String initialization(int layer) {
    return model
        .saved()
        .map(saved -> ofLayer(saved.network().weights().layers(), layer))
        .orElseGet(
            () ->
                initialization(
                    model
                        .checked()
                        .configuration()
                        .layers()
                        .get(layers.first()[layer])
                        .json()
                        .path("weightInitFn")));
  }

  private static String ofLayer(List<Initialization> initializations, int layer) {
    return initializations.get(Math.min(layer, initializations.size() - 1)).toString();
  }

  /** {@code WeightInitXavier}; {@code NormalDistribution(mean 0.0, std 0.01)}. */
  private static String initialization(JsonNode init) {
    JsonNode distribution = init.path("distribution");
    List<String> numbers = new ArrayList<>();
    distribution
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNumber()) {
                numbers.add(field.getKey() + " " + field.getValue());
              }
            });
    JsonNode named = distribution.isObject() ? distribution.path("type") : init.path("@class");
    String name = named.asText().substring(named.asText().lastIndexOf('.') + 1);
    return numbers.isEmpty() ? name : name + "(" + String.join(", ", numbers) + ")";
  }

  @Override
  public NetworkProbe probe(ProbeSource source) {
    int most = NetworkProbe.mostRows(blocks());
    if (source.file() == null) {
      return NetworkProbe.random(model.inputs(), model.ranges(), most);
    }
    return model.pipeline().isPresent()
        ? NetworkProbe.encoded(source, model.pipeline().get(), most)
        : NetworkProbe.numbers(
            source,
            model.inputs(),
            most,
            rows -> model.checked().normalizer().ifPresent(by -> normalize(by, rows)));
  }

  private static void normalize(Normalizer<?> normalizer, double[][] rows) {
    INDArray features = Nd4j.createFromArray(rows);
    ((DataNormalization) normalizer).transform(features);
    double[] columns = Dl4jLayers.numbers(features);
    for (int row = 0; row < rows.length; row++) {
      for (int input = 0; input < rows[row].length; input++) {
        rows[row][input] = columns[input * rows.length + row];
      }
    }
  }

  @Override
  public double[][][] activations(NetworkProbe probe) {
    return activations(model.network(), layers, probe.rows());
  }

  /** What the units of each dense layer put out, [layer][unit][row]. */
  static double[][][] activations(MultiLayerNetwork network, Dl4jLayers layers, double[][] rows) {
    double[][][] activations = new double[layers.blocks().size()][][];
    Arrays.setAll(
        activations, layer -> new double[layers.blocks().get(layer).units()][rows.length]);
    for (int from = 0; from < rows.length; from += BATCH) {
      List<INDArray> ofLayers = network.feedForward(inputs(network, rows, from), false);
      for (int layer = 0; layer < activations.length; layer++) {
        double[] flat = Dl4jLayers.numbers(ofLayers.get(layers.last()[layer] + 1));
        int count = flat.length / activations[layer].length;
        for (int unit = 0; unit < activations[layer].length; unit++) {
          System.arraycopy(flat, unit * count, activations[layer][unit], from, count);
        }
      }
    }
    return activations;
  }

  @Override
  public double[] outputs(NetworkProbe probe) {
    return outputs(model.network(), probe.rows());
  }

  /** All outputs of a network on some rows, row after row. */
  static double[] outputs(MultiLayerNetwork network, double[][] rows) {
    List<double[]> rowByRow = new ArrayList<>();
    for (int from = 0; from < rows.length; from += BATCH) {
      INDArray outputs = network.output(inputs(network, rows, from));
      double[] flat = outputs.dup('c').data().asDouble();
      rowByRow.add(flat);
    }
    return rowByRow.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static INDArray inputs(MultiLayerNetwork network, double[][] rows, int from) {
    double[][] batch = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + BATCH));
    return Nd4j.createFromArray(batch).castTo(network.params().dataType());
  }
}
