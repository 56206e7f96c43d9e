package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

/**
 * Any text.
 *
 * @param optional whether null stands for nothing that was said
 */
public record Text(boolean optional) implements Kind<String> {
  @Override
  public String expected() {
    return "a text";
  }

  @Override
  public String read(String place, String text) {
    return text;
  }

  @Override
  public String read(String place, JsonNode json) {
    if (json.isNull() && optional) {
      return null;
    }
    if (!json.isTextual()) {
      throw refusal(place, json.isMissingNode() ? "nothing" : json.toString());
    }
    return json.asText();
  }

  @Override
  public String text(String value) {
    return value == null ? "" : value;
  }

  @Override
  public JsonNode json(String value) {
    return value == null ? NullNode.instance : Kind.super.json(value);
  }
}
