package org.symbreak.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.symbreak.problem.InputException;

/**
 * Sees to it that Jackson, whatever it makes of the document, meets no class but known ones.
 * Jackson takes a class's name from the property @class, that of a distribution from the property
 * type, or, in place of an object, from a list that begins with text.
 *
 * @param trusted names of classes that may be named, except as layers, besides those that are known
 */
record ClassCheck(Set<String> trusted) {
  /**
   * Properties that hold lists of text; elsewhere such a list could stand for an object of any
   * class.
   */
  private static final Set<String> LISTS_OF_TEXT =
      Set.of(
          "variables",
          "params",
          "networkInputs",
          "networkOutputs",
          "topologicalOrderStr",
          "vertexInput");

  /** Tables by a name or a number, and as what each of their values is checked. */
  private static final Map<String, String> TABLES =
      Map.of(
          "vertices", "vertex",
          "vertexInputs", "vertexInput",
          "inputPreProcessors", "preProcessor");

  /** Properties whose object has a class by its place. */
  private static final Set<String> OF_ONE_CLASS =
      Set.of("confs", "weights", "layerConf", "defaultConfiguration");

  /**
   * Properties, in lower case, from which Jackson takes a class: that of a distribution from the
   * second.
   */
  private static final Set<String> NAMES_OF_CLASSES = Set.of("@class", "type");

  private static final Set<String> TYPES_OF_WEIGHTS = Set.of("FLOAT", "DOUBLE", "HALF");

  /**
   * @throws InputException where the document names a class, or could, that is not known where it
   *     stands
   */
  void check(EntryPlace place, JsonNode root) {
    check(place, "", root);
  }

  private void check(EntryPlace place, String property, JsonNode node) {
    if (node.isObject()) {
      checkObject(place, property, node);
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        EntryPlace where = place.element(i);
        JsonNode element = node.get(i);
        boolean allowed =
            element.isObject()
                || element.isNumber()
                || element.isTextual() && LISTS_OF_TEXT.contains(property);
        if (!allowed) {
          throw where.refusal(
              LISTS_OF_TEXT.contains(property) ? "text" : "an object or a number",
              NetworkConfiguration.describe(element));
        }
        check(where, property, element);
      }
    }
  }

  private void checkObject(EntryPlace place, String property, JsonNode node) {
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!names.add(field.getKey().toLowerCase(Locale.ROOT))) {
        throw place
            .property(field.getKey())
            .refusal("names that differ in more than upper and lower case", "another one");
      }
      check(
          place.property(field.getKey()),
          TABLES.getOrDefault(property, field.getKey()),
          field.getValue());
      if (NAMES_OF_CLASSES.contains(field.getKey().toLowerCase(Locale.ROOT))) {
        requireKnown(place.property(field.getKey()), property, field.getValue());
      }
    }
    if (node.has("@class")) {
      if (property.equals("lossFn")) {
        checkLossWeights(place.property("weights"), node.path("weights"));
      }
    } else if (!property.isEmpty()
        && !OF_ONE_CLASS.contains(property)
        && !TABLES.containsKey(property)) {
      requireNumbers(place, node);
    }
  }

  private void requireKnown(EntryPlace place, String property, JsonNode name) {
    boolean known =
        name.isTextual()
            && (KnownClasses.of(property).contains(name.asText())
                || trusted.contains(name.asText()) && !KnownClasses.isCounted(property));
    if (!known) {
      throw place.refusal(
          "a class that is known to be harmless there, or that you trust",
          NetworkConfiguration.describe(name));
    }
  }

  /**
   * An object without a class can be a table of numbers, such as a schedule's; text stands for NaN
   * and the infinities.
   */
  private static void requireNumbers(EntryPlace place, JsonNode node) {
    for (JsonNode value : node) {
      if (!value.isNumber() && !value.isTextual()) {
        throw place.refusal("an @class, or numbers alone", NetworkConfiguration.describe(value));
      }
    }
  }

  /** A loss's weights of outputs: an array as ND4J writes it as text, or a list of numbers. */
  private static void checkLossWeights(EntryPlace place, JsonNode weights) {
    if (weights.isMissingNode() || weights.isNull()) {
      return;
    }
    JsonNode data = weights.isObject() ? weights.path("data") : weights;
    boolean numbers = data.isArray() && !data.isEmpty();
    for (JsonNode number : data) {
      numbers &= number.isNumber();
    }
    if (!numbers) {
      throw place.refusal("a list of numbers", NetworkConfiguration.describe(data));
    }
    if (weights.isObject()) {
      requireShape(place, weights, data.size());
    }
  }

  private static void requireShape(EntryPlace place, JsonNode weights, int length) {
    String type = weights.path("dataType").asText();
    JsonNode shape = weights.path("shape");
    boolean vector =
        shape.isArray()
            && (shape.size() == 1
                || shape.size() == 2 && shape.get(0).isInt() && shape.get(0).intValue() == 1);
    vector =
        vector
            && shape.get(shape.size() - 1).isInt()
            && shape.get(shape.size() - 1).intValue() == length;
    if (!vector || !TYPES_OF_WEIGHTS.contains(type) || weights.size() != 3) {
      throw place.refusal(
          "dataType, shape and data of one vector of " + length,
          "shape "
              + EntryPlace.printable(shape.toString())
              + " of type "
              + EntryPlace.printable(type));
    }
  }
}
