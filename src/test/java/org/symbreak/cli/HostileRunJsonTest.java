package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run.json of which one value was replaced, and texts that are none: {@code train --from} refuses
 * it in words or trains; no name of a Java class comes out, and nothing else is thrown.
 */
@Tag("slow")
class HostileRunJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern INTERNALS =
      Pattern.compile(
          "\\bat"
              + " [\\w.$]+\\(|Exception\\b|com\\.fasterxml|java\\.(lang|util|nio|io)\\.|org\\.symbreak\\.\\w+\\.[A-Z]");

  @TempDir private Path directory;

  @Test
  void isRefusedInWordsOrTrained() throws IOException {
    Path run = directory.resolve("run");
    CommandRun made =
        CommandRun.of("train", "data/circles.csv", "--epochs", "3", "--no-report", "--out", run);
    assertThat(made.code()).as(made.err()).isZero();
    String genuine = Files.readString(run.resolve("run.json"));
    Map<String, byte[]> cases = new LinkedHashMap<>();
    texts(genuine).forEach((name, text) -> cases.put(name, text.getBytes(StandardCharsets.UTF_8)));
    cases.put("not UTF-8", (genuine + "é").getBytes(StandardCharsets.ISO_8859_1));
    ObjectNode tree = (ObjectNode) JSON.readTree(genuine);
    tree.remove("result"); // what came out is not read here
    for (String pointer : pointers(tree, "")) {
      for (JsonNode value :
          List.of(
              NullNode.getInstance(),
              JsonNodeFactory.instance.arrayNode(),
              TextNode.valueOf("x\0"),
              DoubleNode.valueOf(-1e308))) {
        ObjectNode changed = tree.deepCopy();
        int at = pointer.lastIndexOf('/');
        ((ObjectNode) changed.at(pointer.substring(0, at))).set(pointer.substring(at + 1), value);
        cases.put(pointer + " = " + value, JSON.writeValueAsBytes(changed));
      }
    }
    List<String> faults = new ArrayList<>();
    int refused = 0;
    Path hostile = directory.resolve("hostile.json");
    for (Map.Entry<String, byte[]> one : cases.entrySet()) {
      Files.write(hostile, one.getValue());
      CommandRun tried =
          CommandRun.of(
              "train",
              "--from",
              hostile,
              "--out",
              directory.resolve("out"),
              "--force",
              "--no-report");
      boolean held =
          tried.code() <= ExitCode.WRONG_INPUT
              && !INTERNALS.matcher(tried.err()).find()
              && (tried.code() == 0 || !tried.err().isBlank());
      if (!held) {
        faults.add(one.getKey() + " -> " + tried.code() + ": " + tried.err());
      }
      refused += tried.code() == ExitCode.WRONG_INPUT ? 1 : 0;
    }
    System.out.println(cases.size() + " hostile run.json, " + refused + " refused");
    assertThat(faults).isEmpty();
    assertThat(refused).isBetween(cases.size() / 2, cases.size() - 1);
  }

  private static Map<String, String> texts(String genuine) {
    return Map.of(
        "nothing",
        "",
        "null",
        "null",
        "an array",
        "[]",
        "a number",
        "1",
        "half",
        genuine.substring(0, genuine.length() / 2),
        "deep",
        "[".repeat(100_000),
        "twice",
        genuine + genuine,
        "a NUL in a name",
        genuine.replace("\"format\"", "\"form\\u0000at\""),
        "a number of 5000 digits",
        genuine.replaceFirst("(\"seed\" : )", "$1" + "9".repeat(5000)));
  }

  private static List<String> pointers(JsonNode node, String at) {
    List<String> all = new ArrayList<>();
    node.fields()
        .forEachRemaining(
            field -> {
              String pointer = at + "/" + field.getKey();
              all.add(pointer);
              all.addAll(pointers(field.getValue(), pointer));
            });
    return all;
  }
}
