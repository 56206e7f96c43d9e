package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * A list of values of one kind: between layers stands a slash, between alternatives a comma.
 *
 * @param each what one of them may be
 * @param separator between them
 * @param none word for an empty list; null where there is none
 */
public record Several<T>(Kind<T> each, String separator, String none, String expected)
    implements Kind<List<T>> {
  @Override
  public List<T> read(String place, String text) {
    List<T> values = new ArrayList<>();
    if (!text.strip().equalsIgnoreCase(none)) {
      for (String part : text.split(separator, -1)) {
        try {
          values.add(each.read(place, part));
        } catch (InputException e) {
          Problem problem = e.problems().get(0);
          throw new InputException(
              new Problem(place, problem.expected(), "'" + text + "'", problem.choices()));
        }
      }
    }
    return List.copyOf(values);
  }

  @Override
  public List<T> read(String place, JsonNode json) {
    if (!json.isArray()) {
      throw refusal(place, json.isMissingNode() ? "nothing" : json.toString());
    }
    List<T> values = new ArrayList<>();
    json.forEach(part -> values.add(each.read(place, part)));
    return List.copyOf(values);
  }

  @Override
  public String text(List<T> values) {
    return values.isEmpty() && none != null
        ? none
        : values.stream().map(each::text).collect(Collectors.joining(separator));
  }

  @Override
  public JsonNode json(List<T> values) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> json.add(each.json(value)));
    return json;
  }

  @Override
  public List<String> words() {
    return each.words();
  }
}
