package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;

/** Units of one hidden layer, from 1. */
record Units(String expected) implements Kind<Integer> {
  @Override
  public Integer read(String place, String text) {
    return Whole.of(1, Integer.MAX_VALUE, expected).read(place, text).intValue();
  }

  @Override
  public JsonNode json(Integer units) {
    return IntNode.valueOf(units);
  }
}
