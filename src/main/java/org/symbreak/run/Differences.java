package org.symbreak.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** In what two JSON objects differ. */
final class Differences {
  private Differences() {}

  /**
   * @param path of the objects, empty or ending with a dot
   * @return a sentence for each field that differs, such as {@code optimizer.learningRate is 0.1
   *     instead of 0.01}
   */
  static List<String> between(String path, JsonNode expected, JsonNode found) {
    List<String> differences = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    expected.fieldNames().forEachRemaining(names::add);
    found.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      JsonNode was = expected.path(name);
      JsonNode is = found.path(name);
      if (was.isObject() && is.isObject()) {
        differences.addAll(between(path + name + ".", was, is));
      } else if (!was.equals(is)) {
        differences.add("%s%s is %s instead of %s".formatted(path, name, is, was));
      }
    }
    return differences;
  }
}
