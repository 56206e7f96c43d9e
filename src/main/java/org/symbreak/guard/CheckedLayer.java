package org.symbreak.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A layer of a checked configuration.
 *
 * @param type simple name of its class: DenseLayer, OutputLayer, or one without parameters:
 *     LossLayer, ActivationLayer, DropoutLayer
 * @param json its object in configuration.json
 * @param inputs from 1; 0 for layers without parameters
 * @param units from 1; 0 for layers without parameters
 * @param bias whether units have a bias
 * @param layerNorm whether the layer normalizes its sums, and units have a gain
 */
public record CheckedLayer(
    String type, JsonNode json, int inputs, int units, boolean bias, boolean layerNorm) {
  static CheckedLayer of(EntryPlace confPlace, JsonNode conf) {
    EntryPlace place = confPlace.property("layer");
    JsonNode layer = conf.path("layer");
    String name = layer.path("@class").asText();
    if (!KnownClasses.LAYERS.contains(name)) {
      throw place.refusal(
          "an object whose @class is a layer", NetworkConfiguration.describe(layer));
    }
    String type = name.substring(name.lastIndexOf('.') + 1);
    boolean dense = type.equals("DenseLayer") || type.equals("OutputLayer");
    if (!type.equals("DropoutLayer")) {
      requireObject(place, layer, "activationFn");
    }
    if (type.equals("OutputLayer") || type.equals("LossLayer")) {
      requireObject(place, layer, "lossFn");
    }
    if (!dense) {
      return new CheckedLayer(type, layer, 0, 0, false, false);
    }
    requireObject(place, layer, "iupdater");
    CheckedLayer checked =
        new CheckedLayer(
            type,
            layer,
            size(place, layer, "nin"),
            size(place, layer, "nout"),
            flag(place, layer, "hasBias", true),
            type.equals("DenseLayer") && flag(place, layer, "hasLayerNorm", false));
    checked.requireVariables(confPlace.property("variables"), conf.path("variables"));
    return checked;
  }

  boolean isDense() {
    return units > 0;
  }

  /** Numbers in coefficients.bin: weights, unit after unit, then biases, then gains. */
  long parameters() {
    return (long) inputs * units + biases() + (layerNorm ? units : 0);
  }

  /** Simple name of the activation's class, such as ActivationTanH; empty where there is none. */
  public Optional<String> activation() {
    return Optional.ofNullable(json.path("activationFn").path("@class").textValue())
        .map(name -> name.substring(name.lastIndexOf('.') + 1));
  }

  /** Numbers that the optimizer keeps for this layer; empty where that is not known. */
  Optional<Long> state() {
    JsonNode weightUpdater = json.path("iupdater");
    JsonNode biasUpdater =
        json.path("biasUpdater").isObject() ? json.path("biasUpdater") : weightUpdater;
    Optional<Updater> ofWeights = Updater.of(weightUpdater.path("@class").asText());
    Optional<Updater> ofBiases = Updater.of(biasUpdater.path("@class").asText());
    if (ofWeights.isEmpty() || ofBiases.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        (parameters() - biases()) * ofWeights.get().state() + biases() * ofBiases.get().state());
  }

  private long biases() {
    return bias ? units : 0;
  }

  /**
   * Names of the layer's parameters as Deeplearning4j lists them once it has made them; a list of
   * others would make it lay them out in another way.
   */
  private void requireVariables(EntryPlace place, JsonNode variables) {
    List<String> expected = new ArrayList<>(List.of("W"));
    if (bias) {
      expected.add("b");
    }
    if (layerNorm) {
      expected.add("g");
    }
    List<String> found = new ArrayList<>();
    variables.forEach(variable -> found.add(variable.asText()));
    if (!found.isEmpty() && !found.equals(expected)) {
      throw place.refusal(expected.toString(), EntryPlace.printable(found.toString()));
    }
  }

  private static void requireObject(EntryPlace place, JsonNode layer, String property) {
    if (!layer.path(property).path("@class").isTextual()) {
      throw place
          .property(property)
          .refusal("an object with an @class", NetworkConfiguration.describe(layer.path(property)));
    }
  }

  private static int size(EntryPlace place, JsonNode layer, String property) {
    JsonNode size = layer.path(property);
    if (!size.isInt() || size.intValue() < 1) {
      throw place
          .property(property)
          .refusal(
              "a whole number from 1 to " + Integer.MAX_VALUE, NetworkConfiguration.describe(size));
    }
    return size.intValue();
  }

  private static boolean flag(
      EntryPlace place, JsonNode layer, String property, boolean otherwise) {
    JsonNode flag = layer.path(property);
    if (!flag.isMissingNode() && !flag.isBoolean()) {
      throw place.property(property).refusal("true or false", NetworkConfiguration.describe(flag));
    }
    return flag.asBoolean(otherwise);
  }
}
