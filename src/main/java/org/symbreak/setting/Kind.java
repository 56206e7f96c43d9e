package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * What the value of a setting may be: read and written the same way wherever it stands, on the
 * command line, in JSON, in a sweep's file or in a page's address.
 *
 * @param <T> the value's type
 */
public interface Kind<T> {
  /** The words of its error, such as {@code a whole number from 1}. */
  String expected();

  /**
   * @param place where the text stands, for the error
   * @throws InputException where it is no such value, NaN included
   */
  T read(String place, String text);

  /** The text from which {@link #read(String, String)} makes an equal value. */
  default String text(T value) {
    return String.valueOf(value);
  }

  /**
   * The value as JSON has it: a text, or a number where the text is one.
   *
   * @throws InputException where it is anything else
   */
  default T read(String place, JsonNode json) {
    if (!json.isTextual() && !json.isNumber()) {
      throw refusal(place, json.isMissingNode() ? "nothing" : json.toString());
    }
    try {
      return read(place, json.asText());
    } catch (InputException e) {
      if (json.isTextual()) {
        throw e;
      }
      Problem problem = e.problems().get(0);
      throw new InputException(
          new Problem(place, problem.expected(), json.toString(), problem.choices()));
    }
  }

  /** What {@link #read(String, JsonNode)} reads. */
  default JsonNode json(T value) {
    return TextNode.valueOf(text(value));
  }

  /** The words that it may be, where there is a list of them: for completion in a shell. */
  default List<String> words() {
    return List.of();
  }

  /** Whether it is a number, of which a sweep may have a range. */
  default boolean isNumber() {
    return false;
  }

  /** What is thrown where a value is none of this kind. */
  default InputException refusal(String place, String found, String... choices) {
    return InputException.of(place, expected(), found, choices);
  }
}
