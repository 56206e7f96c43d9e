package org.symbreak.experiment;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.symbreak.problem.InputException;
import org.symbreak.problem.JsonFault;
import org.symbreak.problem.Problem;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads a sweep's YAML: one mapping of keys to a value or a list of values, and nothing else of
 * YAML. No anchors, no tags, no documents in a row, no nesting; at most {@value #LARGEST} bytes.
 */
public final class SweepFile {
  private static final int LARGEST = 1 << 20;

  private SweepFile() {}

  /**
   * @throws InputException where there is no such file; with everything that is not of that form,
   *     each with its line
   */
  public static List<SweepEntry> read(Path path) throws IOException {
    if (!Files.exists(path) || Files.isDirectory(path)) {
      throw InputException.of(
          path.toString(),
          "a spec in YAML",
          Files.isDirectory(path) ? "a directory" : "nothing of that name");
    }
    if (Files.size(path) > LARGEST) {
      throw InputException.of(
          path.toString(), "at most " + LARGEST + " bytes", Files.size(path) + " bytes");
    }
    List<Problem> problems = new ArrayList<>();
    List<SweepEntry> entries = new ArrayList<>();
    try (YAMLParser yaml = parser(Files.readString(path, StandardCharsets.UTF_8))) {
      mapping(path, yaml, entries, problems);
    } catch (JsonProcessingException e) {
      problems.add(new Problem(place(path, e.getLocation()), "YAML", fault(e)));
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return entries;
  }

  private static YAMLParser parser(String text) throws IOException {
    LoaderOptions limits = new LoaderOptions();
    limits.setNestingDepthLimit(5);
    limits.setMaxAliasesForCollections(0);
    limits.setCodePointLimit(LARGEST);
    return YAMLFactory.builder().loaderOptions(limits).build().createParser(text);
  }

  private static void mapping(
      Path path, YAMLParser yaml, List<SweepEntry> entries, List<Problem> problems)
      throws IOException {
    if (yaml.nextToken() != JsonToken.START_OBJECT) {
      problems.add(
          new Problem(
              path.toString(),
              "keys with values, such as init: [zeros, glorot]",
              yaml.currentToken() == null ? "nothing" : "something else"));
      return;
    }
    while (yaml.nextToken() == JsonToken.FIELD_NAME) {
      String key = yaml.currentName();
      String place = place(path, yaml.currentTokenLocation()) + ", '" + key + "'";
      SweepEntry entry = new SweepEntry(key, place, values(yaml, place, problems));
      if (entries.stream().anyMatch(earlier -> earlier.key().equals(key))) {
        problems.add(new Problem(place, "each key once", "it a second time"));
      }
      entries.add(entry);
    }
    if (yaml.nextToken() != null) {
      problems.add(
          new Problem(
              place(path, yaml.currentTokenLocation()), "the end of the file", "another document"));
    }
  }

  /** The value or the values after a key; the parser is left at the last token of them. */
  private static List<String> values(YAMLParser yaml, String place, List<Problem> problems)
      throws IOException {
    List<String> values = new ArrayList<>();
    if (yaml.nextToken() != JsonToken.START_ARRAY || yaml.getTypeId() != null) {
      value(yaml, place, values, problems);
      return values;
    }
    if (yaml.nextToken() == JsonToken.END_ARRAY) {
      problems.add(new Problem(place, "a value or a list of values", "an empty list"));
    }
    for (; yaml.currentToken() != JsonToken.END_ARRAY; yaml.nextToken()) {
      value(yaml, place, values, problems);
    }
    return values;
  }

  private static void value(
      YAMLParser yaml, String place, List<String> values, List<Problem> problems)
      throws IOException {
    String found =
        yaml.isCurrentAlias()
            ? "an alias"
            : yaml.getTypeId() != null
                ? "a tag"
                : !yaml.currentToken().isScalarValue()
                    ? "nested ones"
                    : yaml.currentToken() == JsonToken.VALUE_NULL || yaml.getText().isBlank()
                        ? "nothing"
                        : "";
    if (found.isEmpty()) {
      values.add(yaml.getText().strip());
    } else {
      problems.add(new Problem(place, "a value or a list of values", found));
    }
    yaml.skipChildren();
  }

  private static String fault(JsonProcessingException e) {
    return e.getCause() instanceof MarkedYAMLException marked
        ? marked.getProblem()
        : JsonFault.words(e);
  }

  private static String place(Path path, JsonLocation location) {
    return location == null ? path.toString() : path + " line " + location.getLineNr();
  }
}
