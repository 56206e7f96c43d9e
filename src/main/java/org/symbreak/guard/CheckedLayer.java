package org.symbreak.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A layer of a checked configuration.
 *
 * @param type simple name of its class, such as DenseLayer
 * @param json its object in configuration.json
 * @param inputs from 1; 0 where the layer is not dense
 * @param units from 1; 0 where the layer is not dense
 * @param numbers how many it has
 */
public record CheckedLayer(
    String type, JsonNode json, int inputs, int units, LayerNumbers numbers) {
  private static final Set<String> DENSE = Set.of("DenseLayer", "OutputLayer");

  /** Without numbers, and with nothing but what each unit does on its own. */
  private static final Set<String> BETWEEN = Set.of("ActivationLayer", "DropoutLayer", "LossLayer");

  static CheckedLayer of(EntryPlace confPlace, JsonNode conf) {
    LayerFields layer = new LayerFields(confPlace.property("layer"), conf.path("layer"));
    String name = layer.json().path("@class").asText();
    if (!KnownClasses.LAYERS.contains(name)) {
      throw layer
          .place()
          .refusal(
              "an object whose @class is a layer", NetworkConfiguration.describe(layer.json()));
    }
    String type = name.substring(name.lastIndexOf('.') + 1);
    boolean isDense = DENSE.contains(type);
    if (isDense || type.equals("ActivationLayer") || type.endsWith("LossLayer")) {
      layer.requireObject("activationFn");
    }
    if (type.endsWith("OutputLayer") || type.endsWith("LossLayer")) {
      layer.requireObject("lossFn");
    }
    LayerNumbers numbers = LayerNumbers.of(layer).orElseThrow();
    if (isDense) {
      layer.requireObject("iupdater");
    }
    requireVariables(confPlace.property("variables"), conf.path("variables"), numbers);
    return new CheckedLayer(
        type,
        layer.json(),
        isDense ? layer.size("nin") : 0,
        isDense ? layer.size("nout") : 0,
        numbers);
  }

  boolean isDense() {
    return units > 0;
  }

  /** Whether a network of such layers is a chain of dense ones. */
  boolean isOfDenseNetwork() {
    return isDense() || BETWEEN.contains(type);
  }

  /** Numbers in coefficients.bin: weights, unit after unit, then biases, then gains. */
  long parameters() {
    return numbers.parameters();
  }

  public boolean bias() {
    return numbers.variables().contains("b");
  }

  /** Whether the layer normalizes its sums, and units have a gain. */
  public boolean layerNorm() {
    return numbers.variables().contains("g");
  }

  /** Simple name of the activation's class, such as ActivationTanH; empty where there is none. */
  public Optional<String> activation() {
    return Optional.ofNullable(json.path("activationFn").path("@class").textValue())
        .map(name -> name.substring(name.lastIndexOf('.') + 1));
  }

  /** Numbers that the optimizer keeps for this layer; empty where that is not known. */
  Optional<Long> state() {
    if (numbers.parameters() == 0) {
      return Optional.of(0L);
    }
    JsonNode weightUpdater = json.path("iupdater");
    JsonNode biasUpdater =
        json.path("biasUpdater").isObject() ? json.path("biasUpdater") : weightUpdater;
    Optional<Updater> ofWeights = Updater.of(weightUpdater.path("@class").asText());
    Optional<Updater> ofBiases = Updater.of(biasUpdater.path("@class").asText());
    if (ofWeights.isEmpty() || ofBiases.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        (parameters() - numbers.biases() - numbers.fixed()) * ofWeights.get().state()
            + numbers.biases() * ofBiases.get().state());
  }

  /** A list of others would make Deeplearning4j lay them out in another way. */
  private static void requireVariables(EntryPlace place, JsonNode variables, LayerNumbers numbers) {
    List<String> found = new ArrayList<>();
    variables.forEach(variable -> found.add(variable.asText()));
    if (!found.isEmpty() && !found.equals(numbers.variables())) {
      throw place.refusal(numbers.variables().toString(), EntryPlace.printable(found.toString()));
    }
  }
}
