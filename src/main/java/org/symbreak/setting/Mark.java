package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/**
 * One character.
 *
 * @param allowed those that it may be; empty for any ASCII character that ends no line
 * @param optional whether null stands for nothing that was said
 * @param words for characters that are better called by a word
 */
public record Mark(
    String allowed, boolean optional, Map<String, Character> words, String expected)
    implements Kind<Character> {
  public Mark {
    words = Map.copyOf(words);
  }

  @Override
  public Character read(String place, String text) {
    if (words.containsKey(text)) {
      return words.get(text);
    }
    boolean fits =
        text.length() == 1
            && (allowed.isEmpty()
                ? text.charAt(0) < 128 && "\0\r\n".indexOf(text.charAt(0)) < 0
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
        : words.entrySet().stream()
            .filter(word -> word.getValue().equals(value) && Character.isLetter(word.getKey().charAt(0)))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(value.toString());
  }

  @Override
  public JsonNode json(Character value) {
    return value == null
        ? NullNode.instance
        : TextNode.valueOf(value == 0 ? text(value) : value.toString());
  }
}
