package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;
import org.symbreak.problem.InputException;

/**
 * Something that holds or does not; on the command line it is said by naming it.
 *
 * @param given what holds where it is named
 * @param on word for what is named, such as {@code balanced}; null where the name is enough
 */
public record Flag(boolean given, String on) implements Kind<Boolean> {
  @Override
  public String expected() {
    return on == null ? "true or false" : "one of the choices";
  }

  @Override
  public Boolean read(String place, String text) {
    String word = text.strip();
    if (on != null ? word.equalsIgnoreCase(on) : word.equals("true")) {
      return on == null || given;
    }
    if (word.equalsIgnoreCase(on == null ? "false" : "none")) {
      return on != null && !given;
    }
    throw refusal(place, "'" + text + "'", words().toArray(String[]::new));
  }

  @Override
  public String text(Boolean value) {
    return on == null ? value.toString() : value == given ? on : "none";
  }

  @Override
  public Boolean read(String place, JsonNode json) {
    if (!json.isBoolean()) {
      throw refusal(place, json);
    }
    return json.booleanValue();
  }

  @Override
  public JsonNode json(Boolean value) {
    return BooleanNode.valueOf(value);
  }

  @Override
  public List<String> words() {
    return on == null ? List.of("true", "false") : List.of("none", on);
  }

  private static InputException refusal(String place, JsonNode json) {
    return InputException.of(
        place, "true or false", json.isMissingNode() ? "nothing" : json.toString());
  }
}
