package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A whole number within limits.
 *
 * @param least smallest allowed
 * @param most largest allowed
 * @param names words that stand for a number, such as {@code full}
 */
public record Whole(long least, long most, Map<String, Long> names, String expected)
    implements Kind<Long> {
  public Whole {
    names = Map.copyOf(names);
  }

  /** Without words for numbers. */
  public static Whole of(long least, long most, String expected) {
    return new Whole(least, most, Map.of(), expected);
  }

  /** A count, from 1. */
  public static Whole fromOne() {
    return of(1, Integer.MAX_VALUE, "a whole number from 1");
  }

  /** What chance may come from. */
  public static Whole seed() {
    return of(Long.MIN_VALUE, Long.MAX_VALUE, "a whole number of at most 64 bits");
  }

  @Override
  public Long read(String place, String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    if (names.containsKey(plain)) {
      return names.get(plain);
    }
    try {
      long value = Long.parseLong(plain);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below, with what was expected
    }
    throw refusal(place, "'" + text + "'");
  }

  @Override
  public String text(Long value) {
    return names.entrySet().stream()
        .filter(name -> name.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(value.toString());
  }

  @Override
  public JsonNode json(Long value) {
    return names.containsValue(value) ? TextNode.valueOf(text(value)) : LongNode.valueOf(value);
  }

  @Override
  public List<String> words() {
    return names.keySet().stream().sorted().toList();
  }

  @Override
  public boolean isNumber() {
    return true;
  }
}
