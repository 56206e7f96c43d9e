package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.DoublePredicate;

/**
 * A finite number within limits.
 *
 * @param allowed false for NaN and infinities
 * @param names words that stand for a number, such as {@code auto}
 */
public record Real(DoublePredicate allowed, Map<String, Double> names, String expected)
    implements Kind<Double> {
  private static final double LARGEST_RATE = 1e6;

  public Real {
    names = Map.copyOf(names);
  }

  /** A number in [0, 1). */
  public static Real share() {
    return of(x -> x >= 0 && x < 1, "a share from 0 to below 1, such as 0.2");
  }

  /** A number in (0, 1). */
  public static Real innerShare() {
    return of(x -> x > 0 && x < 1, "a share above 0 and below 1, such as 0.6");
  }

  /** A number from 0. */
  public static Real fromZero() {
    return of(x -> x >= 0 && x < Double.POSITIVE_INFINITY, "a finite number from 0");
  }

  /** A number above 0. */
  public static Real positive() {
    return of(x -> x > 0 && x < Double.POSITIVE_INFINITY, "a positive number");
  }

  /** A learning rate that is no slip of the finger. */
  public static Real rate() {
    return of(
        x -> x > 0 && x <= LARGEST_RATE,
        "a learning rate above 0 and up to 1e6, usually between 0.0001 and 10");
  }

  /** A number in [0, 1]. */
  public static Real probability() {
    return of(x -> x >= 0 && x <= 1, "a probability from 0 to 1");
  }

  /** Without words for numbers. */
  public static Real of(DoublePredicate allowed, String expected) {
    return new Real(allowed, Map.of(), expected);
  }

  @Override
  public Double read(String place, String text) {
    String plain = text.strip();
    if (names.containsKey(plain)) {
      return names.get(plain);
    }
    try {
      double value = Double.parseDouble(plain);
      // Java's own parser also takes "1d" and "0x1p3"
      if (allowed.test(value) && plain.matches("[-+0-9.eE]+")) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below, with what was expected
    }
    throw refusal(place, "'" + text + "'");
  }

  @Override
  public String text(Double value) {
    return names.entrySet().stream()
        .filter(name -> name.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(value.toString());
  }

  @Override
  public JsonNode json(Double value) {
    return names.containsValue(value) ? TextNode.valueOf(text(value)) : DoubleNode.valueOf(value);
  }

  @Override
  public boolean isNumber() {
    return true;
  }
}
