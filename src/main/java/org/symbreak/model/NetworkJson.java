package org.symbreak.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.symbreak.guard.EntryPlace;
import org.symbreak.guard.NetworkConfiguration;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;

/**
 * A {@link NetworkSpec} as JSON: {@code {"hidden": [16], "activations": ["tanh"], "weights":
 * "gaussian:0.01", "biases": "zeros", "l2": 0.0, "precision": "float"}}.
 */
public final class NetworkJson {
  private static final String AUTO = "auto";

  private NetworkJson() {}

  public static ObjectNode of(NetworkSpec network) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    network.hidden().forEach(json.putArray("hidden")::add);
    network.activations().stream()
        .map(Activation::toString)
        .forEach(json.putArray("activations")::add);
    json.put("weights", network.weights().toString());
    json.put("biases", network.biases().toString());
    if (network.l2() == NetworkSpec.AUTO_L2) {
      json.put("l2", AUTO);
    } else {
      json.put("l2", network.l2());
    }
    return json.put("precision", network.precision().name().toLowerCase(Locale.ROOT));
  }

  /**
   * @param file in which it stands
   * @param property under which it stands there
   * @throws InputException where it is anything else, with the property
   */
  public static NetworkSpec parse(String file, String property, JsonNode json) {
    return parse(EntryPlace.of(file).property(property), json);
  }

  /**
   * @throws InputException where it is anything else, with the property
   */
  static NetworkSpec parse(EntryPlace place, JsonNode json) {
    List<Integer> hidden = new ArrayList<>();
    for (JsonNode units : list(place, json, "hidden")) {
      if (!units.isInt() || units.intValue() < 1) {
        throw place
            .property("hidden")
            .refusal("whole numbers from 1", NetworkConfiguration.describe(units));
      }
      hidden.add(units.intValue());
    }
    List<Activation> activations = new ArrayList<>();
    for (JsonNode name : list(place, json, "activations")) {
      activations.add(parse(place.property("activations"), name, Activation::parse));
    }
    if (activations.isEmpty() && !hidden.isEmpty()) {
      throw place.property("activations").refusal("at least one", "none");
    }
    JsonNode l2 = json.path("l2");
    boolean isAuto = l2.asText().equals(AUTO);
    if (!isAuto && (!l2.isNumber() || !(l2.doubleValue() >= 0))) {
      throw place.property("l2").refusal("a number from 0", NetworkConfiguration.describe(l2));
    }
    return new NetworkSpec(
        hidden,
        activations,
        parse(place.property("weights"), json.path("weights"), Initializations::parseLayers),
        parse(place.property("biases"), json.path("biases"), Initializations::parseLayers),
        isAuto ? NetworkSpec.AUTO_L2 : l2.doubleValue(),
        parse(
            place.property("precision"),
            json.path("precision"),
            name -> Precision.valueOf(name.toUpperCase(Locale.ROOT))));
  }

  private static JsonNode list(EntryPlace place, JsonNode json, String property) {
    JsonNode list = json.path(property);
    if (!list.isArray()) {
      throw place.property(property).refusal("a list", NetworkConfiguration.describe(list));
    }
    return list;
  }

  /** Reads a name of a catalogue; what is wrong with it is said of the place in the file. */
  private static <T> T parse(EntryPlace place, JsonNode name, Function<String, T> catalogue) {
    if (!name.isTextual()) {
      throw place.refusal("a name", NetworkConfiguration.describe(name));
    }
    try {
      return catalogue.apply(name.asText());
    } catch (InputException | IllegalArgumentException e) {
      throw place.refusal(
          "a name that this version knows", "'" + EntryPlace.printable(name.asText()) + "'");
    }
  }
}
