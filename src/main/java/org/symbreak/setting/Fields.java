package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * Reads the fields of a JSON object and gathers all that is wrong with them, each with its place.
 */
public final class Fields {
  private final String place;
  private final JsonNode json;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param place what to call the object in messages, such as the file's name
   */
  public Fields(String place, JsonNode json) {
    this.place = place;
    this.json = json;
    if (!json.isObject()) {
      problems.add(
          new Problem(place, "an object", json.isMissingNode() ? "nothing" : json.toString()));
    }
  }

  /**
   * A field.
   *
   * @param path names, with points between those of objects within each other
   * @return null where it is none of this kind, which {@link #refuse} tells
   */
  public <T> T read(String path, Kind<T> kind) {
    return other(path, node -> kind.read(place + ", " + path, node));
  }

  /** A field that another reader reads; its complaints are taken over. */
  public <T> T other(String path, Function<JsonNode, T> reader) {
    try {
      return reader.apply(at(path));
    } catch (InputException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  /** Whether there is such a field. */
  public boolean has(String path) {
    return !at(path).isMissingNode();
  }

  /** Whether the field says that there is nothing. */
  public boolean isNull(String path) {
    return at(path).isNull();
  }

  /** Complains of every field that is none of these paths or on the way to one. */
  void refuseOthers(List<String> paths) {
    refuseOthers("", json, paths);
  }

  private void refuseOthers(String before, JsonNode object, List<String> paths) {
    object
        .properties()
        .forEach(
            field -> {
              String path = before + field.getKey();
              if (paths.stream().anyMatch(known -> known.startsWith(path + "."))) {
                refuseOthers(path + ".", field.getValue(), paths);
              } else if (!paths.contains(path)) {
                problems.add(
                    new Problem(place + ", " + path, "no such field", field.getValue().toString()));
              }
            });
  }

  /** Whether nothing is wrong so far. */
  boolean isRight() {
    return problems.isEmpty();
  }

  void add(List<Problem> others) {
    problems.addAll(others);
  }

  /**
   * @throws InputException with all that is wrong, if anything is
   */
  public void refuse() {
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
  }

  private JsonNode at(String path) {
    JsonNode node = json;
    for (String name : path.split("\\.")) {
      node = node.path(name);
    }
    return node;
  }
}
