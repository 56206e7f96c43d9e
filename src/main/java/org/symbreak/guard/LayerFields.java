package org.symbreak.guard;

import com.fasterxml.jackson.databind.JsonNode;

/** The properties of a layer's configuration that say how many numbers it has. */
record LayerFields(EntryPlace place, JsonNode json) {
  /** A whole number from 1. */
  int size(String property) {
    return size(place.property(property), json.path(property));
  }

  /** The product of a list of whole numbers from 1, such as a kernel's sides. */
  long product(String property) {
    JsonNode list = json.path(property);
    if (!list.isArray() || list.isEmpty()) {
      throw place
          .property(property)
          .refusal("a list of whole numbers from 1", NetworkConfiguration.describe(list));
    }
    long product = 1;
    for (int i = 0; i < list.size(); i++) {
      product = times(product, size(place.property(property).element(i), list.get(i)));
    }
    return product;
  }

  /** The first of a list of whole numbers from 1. */
  int first(String property) {
    product(property);
    return json.path(property).get(0).intValue();
  }

  boolean flag(String property, boolean otherwise) {
    JsonNode flag = json.path(property);
    if (!flag.isMissingNode() && !flag.isBoolean()) {
      throw place.property(property).refusal("true or false", NetworkConfiguration.describe(flag));
    }
    return flag.asBoolean(otherwise);
  }

  /** The properties of a layer within this one. */
  LayerFields within(String property) {
    return new LayerFields(place.property(property), json.path(property));
  }

  /** A product that is a layer's own number of numbers. */
  long times(long... factors) {
    long product = 1;
    for (long factor : factors) {
      if (Math.multiplyHigh(product, factor) != 0 || product * factor < 0) {
        throw place.refusal("fewer parameters than 2^63", "more");
      }
      product *= factor;
    }
    return product;
  }

  /** Whether there is an object with a class. */
  void requireObject(String property) {
    if (!json.path(property).path("@class").isTextual()) {
      throw place
          .property(property)
          .refusal("an object with an @class", NetworkConfiguration.describe(json.path(property)));
    }
  }

  private static int size(EntryPlace place, JsonNode size) {
    if (!size.isInt() || size.intValue() < 1) {
      throw place.refusal(
          "a whole number from 1 to " + Integer.MAX_VALUE, NetworkConfiguration.describe(size));
    }
    return size.intValue();
  }
}
