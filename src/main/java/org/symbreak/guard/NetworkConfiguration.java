package org.symbreak.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.symbreak.problem.InputException;

/**
 * What a checked configuration.json says.
 *
 * @param text the document, in ASCII: what is not is escaped, so that it reads the same in any
 *     character set
 * @param isGraph whether it is that of a ComputationGraph
 * @param isDense whether it is a chain of dense layers, with nothing between them but what each
 *     unit does on its own
 * @param layers from the input to the output, those without parameters too; of a graph in the order
 *     in which it names them
 * @param type of all parameters; empty in files of versions before 1.0.0-beta4
 * @param iteration steps taken, from 0
 * @param epoch epochs done, from 0
 * @param state numbers that the optimizer keeps; empty where it is a trusted class that is not
 *     known
 */
public record NetworkConfiguration(
    String text,
    boolean isGraph,
    boolean isDense,
    List<CheckedLayer> layers,
    Optional<ElementType> type,
    int iteration,
    int epoch,
    Optional<Long> state) {
  private static final int MOST_LAYERS = 1024;

  /**
   * @param trusted names of classes that may be named, except as layers, besides those that are
   *     known
   * @throws InputException where this is not the configuration of a network whose numbers can be
   *     counted
   */
  static NetworkConfiguration of(EntryPlace place, String text, Set<String> trusted) {
    JsonNode root = StrictJson.parse(place, text);
    if (!root.isObject()) {
      throw place.refusal("a JSON object", describe(root));
    }
    new ClassCheck(trusted).check(place, root);
    boolean isGraph = root.has("vertices");
    Optional<ElementType> type = type(place, root);
    List<CheckedLayer> layers =
        isGraph
            ? vertices(place.property("vertices"), root.path("vertices"), type)
            : layers(place.property("confs"), root.path("confs"), type);
    if (layers.stream().allMatch(layer -> layer.parameters() == 0)) {
      throw place
          .property(isGraph ? "vertices" : "confs")
          .refusal("at least one layer with weights", "none");
    }
    if (isGraph) {
      new GraphCheck(place, root).check();
    }
    boolean isDense =
        !isGraph
            && root.path("inputPreProcessors").isEmpty()
            && layers.stream().allMatch(CheckedLayer::isOfDenseNetwork);
    if (isDense) {
      requireChain(place, layers);
    }
    return new NetworkConfiguration(
        ascii(text),
        isGraph,
        isDense,
        layers,
        type,
        counter(place, root, "iterationCount"),
        counter(place, root, "epochCount"),
        state(layers));
  }

  private static List<CheckedLayer> layers(
      EntryPlace place, JsonNode confs, Optional<ElementType> type) {
    if (!confs.isArray() || confs.isEmpty() || confs.size() > MOST_LAYERS) {
      throw place.refusal("a list of 1 to " + MOST_LAYERS + " layers", describe(confs));
    }
    List<CheckedLayer> layers = new ArrayList<>();
    for (int i = 0; i < confs.size(); i++) {
      layers.add(layer(place.element(i), confs.get(i), type));
    }
    return List.copyOf(layers);
  }

  private static List<CheckedLayer> vertices(
      EntryPlace place, JsonNode vertices, Optional<ElementType> type) {
    if (!vertices.isObject() || vertices.isEmpty() || vertices.size() > MOST_LAYERS) {
      throw place.refusal("1 to " + MOST_LAYERS + " vertices", describe(vertices));
    }
    List<CheckedLayer> layers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> vertex : vertices.properties()) {
      EntryPlace where = place.property(vertex.getKey());
      if (!vertex.getValue().path("@class").isTextual()) {
        throw where.refusal("an object with an @class", describe(vertex.getValue()));
      }
      if (vertex.getValue().path("@class").asText().endsWith(".LayerVertex")) {
        layers.add(layer(where.property("layerConf"), vertex.getValue().path("layerConf"), type));
      }
    }
    return List.copyOf(layers);
  }

  private static CheckedLayer layer(EntryPlace where, JsonNode conf, Optional<ElementType> type) {
    CheckedLayer layer = CheckedLayer.of(where, conf);
    if (layer.parameters() > GuardedZip.memoryLimit()) {
      throw where
          .property("layer")
          .refusal(
              "at most " + GuardedZip.memoryLimit() + " parameters with this memory (-Xmx)",
              String.valueOf(layer.parameters()));
    }
    counter(where, conf, "iterationCount");
    counter(where, conf, "epochCount");
    if (!type(where, conf).equals(type)) {
      throw where
          .property("dataType")
          .refusal(
              "that of the network, " + type.map(Enum::name).orElse("none"),
              describe(conf.path("dataType")));
    }
    return layer;
  }

  /** Numbers in coefficients.bin. */
  long parameters() {
    return layers.stream().mapToLong(CheckedLayer::parameters).sum();
  }

  /** Of the first dense layer, of which there is one where {@link #isDense}. */
  public int inputs() {
    return layers.stream().filter(CheckedLayer::isDense).findFirst().orElseThrow().inputs();
  }

  int outputs() {
    return layers.stream()
        .filter(CheckedLayer::isDense)
        .reduce((before, layer) -> layer)
        .orElseThrow()
        .units();
  }

  /** What a value is, for messages. */
  public static String describe(JsonNode node) {
    return switch (node.getNodeType()) {
      case MISSING -> "nothing";
      case OBJECT -> "an object";
      case ARRAY -> "a list of " + node.size();
      default -> EntryPlace.printable(node.toString());
    };
  }

  private static Optional<Long> state(List<CheckedLayer> layers) {
    long sum = 0;
    for (CheckedLayer layer : layers) {
      if (layer.state().isEmpty()) {
        return Optional.empty();
      }
      sum += layer.state().get();
    }
    return Optional.of(sum);
  }

  private static Optional<ElementType> type(EntryPlace place, JsonNode node) {
    JsonNode type = node.path("dataType");
    if (type.isMissingNode() || type.isNull()) {
      return Optional.empty();
    }
    for (ElementType known : ElementType.values()) {
      if (type.isTextual() && type.asText().equals(known.name())) {
        return Optional.of(known);
      }
    }
    throw place.property("dataType").refusal("FLOAT, DOUBLE, HALF or BFLOAT16", describe(type));
  }

  private static int counter(EntryPlace place, JsonNode node, String name) {
    JsonNode count = node.path(name);
    if (count.isMissingNode()) {
      return 0;
    }
    if (!count.isInt() || count.intValue() < 0) {
      throw place
          .property(name)
          .refusal("a whole number from 0 to " + Integer.MAX_VALUE, describe(count));
    }
    return count.intValue();
  }

  private static void requireChain(EntryPlace place, List<CheckedLayer> layers) {
    CheckedLayer before = null;
    for (CheckedLayer layer : layers) {
      if (layer.isDense()) {
        if (before != null && before.units() != layer.inputs()) {
          throw place
              .property("confs")
              .refusal(
                  "as many inputs of each layer as the one before it has units",
                  before.units() + " units before " + layer.inputs() + " inputs");
        }
        before = layer;
      }
    }
  }

  private static String ascii(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // strict JSON has such characters within strings alone, where an escape means the same
      ascii.append(c < 128 ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return ascii.toString();
  }
}
