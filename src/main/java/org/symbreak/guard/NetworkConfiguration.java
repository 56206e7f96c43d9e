package org.symbreak.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbreak.problem.InputException;

/**
 * What a checked configuration.json says.
 *
 * @param text the document, in ASCII: what is not is escaped, so that it reads the same in any
 *     character set
 * @param layers from the input to the output, those without parameters too
 * @param type of all parameters; empty in files of versions before 1.0.0-beta4
 * @param iteration steps taken, from 0
 * @param epoch epochs done, from 0
 * @param state numbers that the optimizer keeps; empty where it is a trusted class that is not
 *     known
 */
public record NetworkConfiguration(
    String text,
    List<CheckedLayer> layers,
    Optional<ElementType> type,
    int iteration,
    int epoch,
    Optional<Long> state) {
  private static final int MOST_LAYERS = 1024;

  /**
   * @param trusted names of classes that may be named, except as layers, besides those that are
   *     known
   * @throws InputException where this is not the configuration of a network of dense layers
   */
  static NetworkConfiguration of(EntryPlace place, String text, Set<String> trusted) {
    JsonNode root = StrictJson.parse(place, text);
    if (!root.isObject()) {
      throw place.refusal("a JSON object", describe(root));
    }
    if (root.has("vertices")) {
      throw place.refusal("a MultiLayerNetwork", "a ComputationGraph");
    }
    new ClassCheck(trusted).check(place, root);
    requirePreProcessors(place.property("inputPreProcessors"), root.path("inputPreProcessors"));
    JsonNode confs = root.path("confs");
    if (!confs.isArray() || confs.isEmpty() || confs.size() > MOST_LAYERS) {
      throw place
          .property("confs")
          .refusal("a list of 1 to " + MOST_LAYERS + " layers", describe(confs));
    }
    List<CheckedLayer> layers = new ArrayList<>();
    Optional<ElementType> type = type(place, root);
    for (int i = 0; i < confs.size(); i++) {
      EntryPlace where = place.property("confs").element(i);
      CheckedLayer layer = CheckedLayer.of(where, confs.get(i));
      if (layer.parameters() > GuardedZip.memoryLimit()) {
        throw where
            .property("layer")
            .refusal(
                "at most " + GuardedZip.memoryLimit() + " parameters with this memory (-Xmx)",
                String.valueOf(layer.parameters()));
      }
      layers.add(layer);
      counter(where, confs.get(i), "iterationCount");
      counter(where, confs.get(i), "epochCount");
      if (!type(where, confs.get(i)).equals(type)) {
        throw where
            .property("dataType")
            .refusal(
                "that of the network, " + type.map(Enum::name).orElse("none"),
                describe(confs.get(i).path("dataType")));
      }
    }
    requireChain(place, layers);
    return new NetworkConfiguration(
        ascii(text),
        List.copyOf(layers),
        type,
        counter(place, root, "iterationCount"),
        counter(place, root, "epochCount"),
        state(layers));
  }

  /** Numbers in coefficients.bin. */
  long parameters() {
    return layers.stream().mapToLong(CheckedLayer::parameters).sum();
  }

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
      if (layer.isDense() && layer.state().isEmpty()) {
        return Optional.empty();
      }
      sum += layer.state().orElse(0L);
    }
    return Optional.of(sum);
  }

  private static void requirePreProcessors(EntryPlace place, JsonNode node) {
    if (!node.isMissingNode() && !node.isNull() && !(node.isObject() && node.isEmpty())) {
      throw place.refusal("none, as dense layers need none", describe(node));
    }
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
    if (before == null) {
      throw place.property("confs").refusal("at least one layer with weights", "none");
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
