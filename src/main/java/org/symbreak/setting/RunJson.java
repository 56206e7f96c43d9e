package org.symbreak.setting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.symbreak.problem.InputException;
import org.symbreak.problem.JsonFault;
import org.symbreak.problem.Problem;

/**
 * How run.json and what belongs to it are written and read: records by the names of their fields,
 * numbers exactly.
 */
public final class RunJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RunJson() {}

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError("records of numbers and texts are always JSON", e);
    }
  }

  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * @param place what to call the text in messages
   * @throws InputException where it is no JSON
   */
  public static JsonNode parse(String place, String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw InputException.of(place, "JSON", "nothing");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw notJson(place, "JSON", e);
    }
  }

  /**
   * @param place what to call the text in messages
   * @throws InputException where the fields are not those of the type
   */
  public static <T> T read(String place, JsonNode node, Class<T> type) {
    try {
      return MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw notJson(place, "what symbreak train writes", e);
    }
  }

  private static InputException notJson(String place, String expected, JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? place
            : "%s line %d, column %d"
                .formatted(place, e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    return new InputException(List.of(new Problem(where, expected, JsonFault.words(e))), e);
  }
}
