package org.symbreak.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.symbreak.init.Initialization;
import org.symbreak.model.OpenedModel;
import org.symbreak.symmetry.LayerSymmetry;

/**
 * What a network of dense layers is made of, and what is wrong with its hidden units: for any zip
 * that Deeplearning4j wrote, ours or not.
 *
 * @param model the file
 * @param writtenBy {@code symbreak} or {@code deeplearning4j}
 * @param precision data type of the parameters
 * @param parameters how many
 * @param updater the optimizer, as Deeplearning4j prints it
 * @param iteration steps taken
 * @param epoch epochs done
 * @param layers the dense layers, the output last
 * @param probe the rows that the units were measured on, in words
 * @param rows how many
 * @param hidden the hidden layers' units
 * @param findings what a user should know, alarms first
 */
public record ModelInspection(
    String model,
    String writtenBy,
    String precision,
    long parameters,
    String updater,
    long iteration,
    long epoch,
    List<LayerDescription> layers,
    String probe,
    int rows,
    List<LayerInspection> hidden,
    List<Finding> findings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public ModelInspection {
    layers = List.copyOf(layers);
    hidden = List.copyOf(hidden);
    findings = List.copyOf(findings);
  }

  /**
   * Reads a file through the guarded door and inspects the network.
   *
   * @param source the rows to measure units on
   * @param tolerance difference relative to a layer's largest weight up to which units count as the
   *     same
   * @param trusted classes that the configuration may name besides the known ones
   * @throws org.symbreak.problem.InputException where the file, or the file of rows, is refused
   */
  public static ModelInspection of(
      Path file, ProbeSource source, double tolerance, Set<String> trusted) {
    OpenedModel model = OpenedModel.open(file, trusted);
    MultiLayerNetwork network = model.network();
    List<DenseBlock> blocks = DenseBlock.of(network);
    NetworkProbe probe = NetworkProbe.of(model, source);
    List<LayerInspection> hidden =
        UnitInspection.of(network, blocks, probe, model.ranges(), tolerance);
    List<LayerDescription> layers = new ArrayList<>();
    for (int layer = 0; layer < blocks.size(); layer++) {
      layers.add(describe(model, blocks.get(layer), layer));
    }
    return new ModelInspection(
        file.toString(),
        model.saved().isPresent() ? "symbreak" : "deeplearning4j",
        model.checked().type().toString().toLowerCase(Locale.ROOT),
        model.checked().parameters().length,
        ((BaseLayer) configuration(network, blocks.get(0))).getIUpdater().toString(),
        model.checked().configuration().iteration(),
        model.checked().configuration().epoch(),
        layers,
        probe.source(),
        probe.rows().length,
        hidden,
        Findings.of(blocks, hidden, probe.source()));
  }

  /**
   * Whether a build should stop: identical units, a dead unit, or a layer that puts out nothing but
   * constants.
   */
  public boolean alarm() {
    return findings.stream().anyMatch(Finding::alarm);
  }

  /** What is to be said in the end, and what to do. */
  public String verdict() {
    if (hidden.isEmpty()) {
      return "No hidden layer: nothing that could be symmetric.";
    }
    if (!alarm()) {
      return "No alarm: "
          + hidden.stream()
              .map(LayerInspection::symmetry)
              .map(ModelInspection::distinct)
              .collect(Collectors.joining("; "))
          + ".";
    }
    return findings.stream()
        .filter(Finding::alarm)
        .map(Finding::text)
        .collect(Collectors.joining(" "));
  }

  private static String distinct(LayerSymmetry layer) {
    return String.format(
        Locale.ROOT,
        "%d of %d units of hidden layer %d distinct, effective rank %.1f",
        layer.distinctUnitsWithinTolerance(),
        layer.hiddenUnits(),
        layer.layer(),
        layer.effectiveRank());
  }

  /**
   * One JSON object: the fields, {@code symmetry} with the worst layer's fields and {@code layers},
   * {@code alarm} and {@code verdict}.
   */
  public String toJson() {
    ObjectNode json = JSON.valueToTree(this);
    List<LayerSymmetry> symmetries = hidden.stream().map(LayerInspection::symmetry).toList();
    LayerSymmetry.worst(symmetries)
        .ifPresentOrElse(
            worst ->
                json.set(
                    "symmetry",
                    ((ObjectNode) JSON.valueToTree(worst))
                        .set("layers", JSON.valueToTree(symmetries))),
            () -> json.putNull("symmetry"));
    return json.put("alarm", alarm()).put("verdict", verdict()).toPrettyString();
  }

  private static LayerDescription describe(OpenedModel model, DenseBlock block, int layer) {
    String initialization =
        model
            .saved()
            .map(saved -> ofLayer(saved.network().weights().layers(), layer))
            .orElseGet(
                () ->
                    initialization(
                        model
                            .checked()
                            .configuration()
                            .layers()
                            .get(block.first())
                            .json()
                            .path("weightInitFn")));
    return new LayerDescription(
        layer + 1,
        block.inputs(),
        block.units(),
        block.function().name(),
        initialization,
        block.parameters());
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

  private static Layer configuration(MultiLayerNetwork network, DenseBlock block) {
    return network.getLayer(block.first()).conf().getLayer();
  }
}
