package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.symbreak.problem.Nearest;

/**
 * One of a few, by a word.
 *
 * @param byWord what each word, in lower case, stands for
 * @param optional whether null stands for nothing that was said
 */
public record Choice<T>(Map<String, T> byWord, boolean optional, String expected)
    implements Kind<T> {
  /** The constants of an enumeration, by their names. */
  public static <E extends Enum<E>> Choice<E> of(String expected, E[] constants) {
    Map<String, E> byWord = new LinkedHashMap<>();
    Arrays.stream(constants)
        .forEach(constant -> byWord.put(constant.name().toLowerCase(Locale.ROOT), constant));
    return new Choice<>(byWord, false, expected);
  }

  /** The same, or null where nothing is said. */
  public static <E extends Enum<E>> Choice<E> orNothing(String expected, E[] constants) {
    return new Choice<>(of(expected, constants).byWord(), true, expected);
  }

  /** Words that stand for themselves. */
  public static Choice<String> of(String expected, String... words) {
    Map<String, String> byWord = new LinkedHashMap<>();
    Arrays.stream(words).forEach(word -> byWord.put(word, word));
    return new Choice<>(byWord, false, expected);
  }

  @Override
  public T read(String place, String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (!byWord.containsKey(word)) {
      throw refusal(
          place,
          "'" + text + "'",
          Nearest.names(word, words(), byWord.size()).toArray(String[]::new));
    }
    return byWord.get(word);
  }

  @Override
  public T read(String place, JsonNode json) {
    return json.isNull() && optional ? null : Kind.super.read(place, json);
  }

  @Override
  public String text(T value) {
    return byWord.entrySet().stream()
        .filter(entry -> Objects.equals(entry.getValue(), value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  @Override
  public JsonNode json(T value) {
    return value == null ? NullNode.instance : Kind.super.json(value);
  }

  @Override
  public List<String> words() {
    return List.copyOf(byWord.keySet());
  }
}
