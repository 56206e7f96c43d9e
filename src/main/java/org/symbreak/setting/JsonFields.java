package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * Reads the fields of a JSON object and collects all that is wrong with them; what cannot be read
 * is replaced by something harmless until the end.
 */
public final class JsonFields {
  private final String file;
  private final String path;
  private final JsonNode object;
  private final List<Problem> problems;
  private final Set<String> read = new HashSet<>();

  /**
   * @param file what to call the text in messages
   */
  public JsonFields(String file, JsonNode object) {
    this(file, "", object, new ArrayList<>());
  }

  private JsonFields(String file, String path, JsonNode object, List<Problem> problems) {
    this.file = file;
    this.path = path;
    this.object = object;
    this.problems = problems;
    if (!object.isObject()) {
      problem(path, "an object", object);
    }
  }

  public JsonFields object(String name) {
    return new JsonFields(file, path + name + ".", field(name), problems);
  }

  public String text(String name) {
    JsonNode field = field(name);
    return field.isTextual() ? field.asText() : wrong(name, "a text", field, "");
  }

  String textOrNull(String name) {
    return field(name).isNull() ? null : text(name);
  }

  boolean truth(String name) {
    JsonNode field = field(name);
    return field.isBoolean() ? field.booleanValue() : wrong(name, "true or false", field, false);
  }

  public double number(String name, String expected, DoublePredicate allowed, double otherwise) {
    JsonNode field = field(name);
    boolean fits = field.isNumber() && allowed.test(field.doubleValue());
    return fits ? field.doubleValue() : wrong(name, expected, field, otherwise);
  }

  public long whole(String name, String expected, LongPredicate allowed, long otherwise) {
    JsonNode field = field(name);
    boolean fits =
        field.isIntegralNumber() && field.canConvertToLong() && allowed.test(field.longValue());
    return fits ? field.longValue() : wrong(name, expected, field, otherwise);
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    JsonNode field = field(name);
    if (!field.isArray()) {
      wrong(name, "a list of texts", field, "");
    }
    for (JsonNode text : field) {
      texts.add(text.isTextual() ? text.asText() : wrong(name, "a list of texts", text, ""));
    }
    return texts;
  }

  char character(String name, char otherwise) {
    String text = text(name);
    return text.length() == 1 && text.charAt(0) > 0 && text.charAt(0) < 128
        ? text.charAt(0)
        : wrong(name, "one ASCII character", field(name), otherwise);
  }

  /** A value of an enumeration, in lower case. */
  <E extends Enum<E>> E choice(String name, E[] choices) {
    String text = text(name);
    for (E choice : choices) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(text)) {
        return choice;
      }
    }
    String expected =
        "one of "
            + String.join(
                ", ", Arrays.stream(choices).map(c -> c.name().toLowerCase(Locale.ROOT)).toList());
    return wrong(name, expected, field(name), choices[0]);
  }

  /** Whether the field is this very text. */
  boolean is(String name, String text) {
    return field(name).isTextual() && field(name).asText().equals(text);
  }

  boolean has(String name) {
    return object.has(name);
  }

  public boolean isNull(String name) {
    return field(name).isNull();
  }

  /** Complains of a field that was read. */
  void refuse(String name, String expected) {
    wrong(name, expected, field(name), null);
  }

  /** Something that another reader reads; its complaints are taken over. */
  public <T> T other(String name, Function<JsonNode, T> reader) {
    try {
      return reader.apply(field(name));
    } catch (InputException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  /** Complains of fields that nobody has read. */
  void refuseOthers() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!read.contains(name)) {
                problems.add(
                    new Problem(
                        file + ", " + path + name, "no such field", object.get(name).toString()));
              }
            });
  }

  /**
   * @throws InputException with all that was wrong
   */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
  }

  private JsonNode field(String name) {
    read.add(name);
    return object.path(name);
  }

  private <T> T wrong(String name, String expected, JsonNode found, T otherwise) {
    problem(path + name, expected, found);
    return otherwise;
  }

  private void problem(String where, String expected, JsonNode found) {
    problems.add(
        new Problem(
            where.isEmpty() ? file : file + ", " + where,
            expected,
            found.isMissingNode() ? "nothing" : found.toString()));
  }
}
