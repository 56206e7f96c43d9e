package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * One character.
 *
 * @param allowed those that it may be; empty for any ASCII character that ends no line
 * @param optional whether null stands for nothing that was said
 */
public record Mark(String allowed, boolean optional, String expected) implements Kind<Character> {
  private static final String SPACES = "spaces";

  @Override
  public Character read(String place, String text) {
    if (allowed.isEmpty() && (List.of("tab", "\\t", "\t").contains(text))) {
      return '\t';
    }
    if (allowed.isEmpty() && text.equals(SPACES)) {
      return ' ';
    }
    boolean fits =
        text.length() == 1
            && (allowed.isEmpty()
                ? text.charAt(0) >= ' ' && text.charAt(0) <= '~'
                : allowed.contains(text));
    if (!fits) {
      throw refusal(place, "'" + text + "'");
    }
    return text.charAt(0);
  }

  @Override
  public Character read(String place, JsonNode json) {
    return json.isNull() && optional ? null : Kind.super.read(place, json);
  }

  @Override
  public String text(Character value) {
    return value == null
        ? ""
        : value == '\t' ? "tab" : value == ' ' && allowed.isEmpty() ? SPACES : value.toString();
  }

  @Override
  public JsonNode json(Character value) {
    return value == null ? NullNode.instance : TextNode.valueOf(value.toString());
  }
}
