package org.symbreak.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sees to it that the vertices of a ComputationGraph can be computed one after the other: each from
 * the graph's inputs and from vertices before it.
 */
final class GraphCheck {
  private final EntryPlace place;
  private final JsonNode root;

  GraphCheck(EntryPlace place, JsonNode root) {
    this.place = place;
    this.root = root;
  }

  /**
   * @throws org.symbreak.problem.InputException where a vertex has no inputs, or takes from nowhere
   *     or from itself by a way round
   */
  void check() {
    Set<String> known = new HashSet<>(names(place.property("networkInputs"), "networkInputs"));
    Map<String, List<String>> left = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> vertex : root.path("vertices").properties()) {
      left.put(vertex.getKey(), inputs(vertex.getKey()));
    }
    boolean isMoving = true;
    while (isMoving) {
      List<String> ready =
          left.entrySet().stream()
              .filter(vertex -> known.containsAll(vertex.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      known.addAll(ready);
      ready.forEach(left::remove);
      isMoving = !ready.isEmpty();
    }
    if (!left.isEmpty()) {
      String first = left.keySet().iterator().next();
      throw place
          .property("vertexInputs")
          .property(first)
          .refusal(
              "inputs that can be computed before it",
              EntryPlace.printable(left.get(first).toString()));
    }
    for (String output : names(place.property("networkOutputs"), "networkOutputs")) {
      if (!known.contains(output)) {
        throw place
            .property("networkOutputs")
            .refusal("names of vertices", EntryPlace.printable(output));
      }
    }
  }

  private List<String> inputs(String vertex) {
    EntryPlace where = place.property("vertexInputs").property(vertex);
    List<String> inputs = texts(where, root.path("vertexInputs").path(vertex));
    if (inputs.isEmpty()) {
      throw where.refusal("at least one input", "none");
    }
    return inputs;
  }

  private List<String> names(EntryPlace where, String property) {
    List<String> names = texts(where, root.path(property));
    if (names.isEmpty()) {
      throw where.refusal("at least one name", "none");
    }
    return names;
  }

  private static List<String> texts(EntryPlace where, JsonNode list) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : list) {
      if (!text.isTextual()) {
        throw where.refusal("names", NetworkConfiguration.describe(text));
      }
      texts.add(text.asText());
    }
    return texts;
  }
}
