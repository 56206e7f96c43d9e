package org.symbreak.inspect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.guard.ElementType;
import org.symbreak.guard.ModelGuard;
import org.symbreak.guard.NdArrayCodec;
import org.symbreak.guard.PlainZip;
import org.symbreak.model.OpenedModel;
import org.symbreak.model.SavedModel;

/**
 * A network with other units in place of a model's own, ready to go on training with the
 * optimizer's state as it is before the first step.
 *
 * @param original the model that it was made from
 * @param blocks what it consists of
 */
record MendedNetwork(OpenedModel original, List<DenseBlock> blocks, MultiLayerNetwork network) {
  static MendedNetwork of(OpenedModel original, List<DenseBlock> blocks) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(resized(original.checked().configuration().text(), blocks));
    double[] parameters = parameters(blocks);
    network.init(
        Nd4j.createFromArray(parameters)
            .reshape(1, parameters.length)
            .castTo(original.network().params().dataType()),
        false);
    return new MendedNetwork(original, blocks, network);
  }

  /** Writes a zip with what the original's has: ours stays ours. */
  void save(Path file, MendReport report) throws IOException {
    Destination.file(file);
    if (original.saved().isPresent()) {
      SavedModel saved = original.saved().get();
      new SavedModel(
              saved.network().withHidden(hidden()),
              saved.loss(),
              configuration(),
              parameters(),
              updaterState(),
              saved.pipeline(),
              saved.threshold(),
              provenance(saved.provenance(), report))
          .save(file);
      return;
    }
    ElementType type = original.checked().type();
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(ModelGuard.CONFIGURATION, configuration().getBytes(StandardCharsets.UTF_8));
    entries.put(ModelGuard.COEFFICIENTS, NdArrayCodec.encode(parameters(), type));
    if (updaterState().length > 0) {
      entries.put(ModelGuard.UPDATER_STATE, NdArrayCodec.encode(updaterState(), type));
    }
    original
        .checked()
        .normalizerBytes()
        .ifPresent(normalizer -> entries.put(ModelGuard.NORMALIZER, normalizer));
    AtomicFile.write(file, out -> PlainZip.write(out, entries));
  }

  private static MultiLayerConfiguration resized(String json, List<DenseBlock> blocks) {
    MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(json);
    for (DenseBlock block : blocks) {
      resize(configuration, block.first(), block.inputs(), block.units());
      for (int behind = block.first() + 1; behind <= block.last(); behind++) {
        resize(configuration, behind, block.units(), block.units());
      }
    }
    return configuration;
  }

  /** Layers without parameters may, but need not, know sizes. */
  private static void resize(
      MultiLayerConfiguration configuration, int layer, int inputs, int units) {
    if (configuration.getConf(layer).getLayer() instanceof FeedForwardLayer sized
        && sized.getNOut() > 0) {
      sized.setNIn(inputs);
      sized.setNOut(units);
    }
  }

  private String configuration() {
    return network.getLayerWiseConfigurations().toJson();
  }

  private double[] parameters() {
    return DenseBlock.numbers(network.params());
  }

  private double[] updaterState() {
    INDArray state = network.getUpdater().getStateViewArray();
    return state == null ? new double[0] : DenseBlock.numbers(state);
  }

  private List<Integer> hidden() {
    return blocks.subList(0, blocks.size() - 1).stream().map(DenseBlock::units).toList();
  }

  private static String provenance(String json, MendReport report) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode provenance = (ObjectNode) mapper.readTree(json);
    return provenance.set("mended", mapper.valueToTree(report)).toPrettyString();
  }

  /**
   * In Deeplearning4j's flat order: of each layer weights, unit after unit, then biases, then
   * gains.
   */
  private static double[] parameters(List<DenseBlock> blocks) {
    double[] flat =
        new double[Math.toIntExact(blocks.stream().mapToLong(DenseBlock::parameters).sum())];
    int at = 0;
    for (DenseBlock block : blocks) {
      for (double[] weights : block.weights()) {
        at = append(flat, at, weights);
      }
      at = append(flat, at, block.biases());
      at = append(flat, at, block.gains());
    }
    return flat;
  }

  private static int append(double[] flat, int at, double[] values) {
    if (values == null) {
      return at;
    }
    System.arraycopy(values, 0, flat, at, values.length);
    return at + values.length;
  }
}
