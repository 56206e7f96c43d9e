package org.symbreak.guard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.symbreak.problem.InputException;
import org.symbreak.problem.JsonFault;

/**
 * JSON that a file nobody vouches for may hold: one document in UTF-8, no name twice in an object,
 * nothing too deep, too long or too many, every number finite.
 */
public final class StrictJson {
  /** Bytes of a document; as a tree it takes some twenty times that. */
  private static final int LONGEST = (int) Math.min(1 << 26, GuardedZip.memoryLimit() / 4);

  /**
   * Times that a document may be larger than its compressed form, where it is larger than {@link
   * #SMALL}.
   */
  private static final int HIGHEST_RATIO = 200;

  private static final int SMALL = 1 << 18;
  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 40;
  private static final int LONGEST_STRING = 1 << 20;
  private static final int LONGEST_NAME = 1 << 10;
  private static final int MOST_TOKENS = LONGEST / 8;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxStringLength(LONGEST_STRING)
                          .maxNameLength(LONGEST_NAME)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /** An entry of a zip as JSON, its size and compression capped. */
  static JsonNode read(GuardedZip zip, String name) {
    return parse(zip.place(name), readText(zip, name));
  }

  /** An entry of a zip as text, its size and compression capped; not parsed yet. */
  public static String readText(GuardedZip zip, String name) {
    if (zip.size(name) > SMALL && zip.ratio(name) > HIGHEST_RATIO) {
      throw zip.place(name)
          .refusal(
              "a text compressed to no less than a " + HIGHEST_RATIO + "th",
              String.format(Locale.ROOT, "%d bytes, a %.0fth", zip.size(name), zip.ratio(name)));
    }
    return decode(zip.place(name), zip.read(name, LONGEST));
  }

  /**
   * @throws InputException where the text is not one such document, with line and column
   */
  public static JsonNode parse(EntryPlace place, String text) {
    if (text.length() > LONGEST) {
      throw place.refusal(
          "at most " + LONGEST + " characters with this memory (-Xmx)",
          String.valueOf(text.length()));
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : String.format(
                  Locale.ROOT,
                  " in line %d, column %d",
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr());
      throw place.refusal(
          "JSON", "a fault" + where + ": " + EntryPlace.printable(JsonFault.words(e)));
    }
    if (root.isMissingNode()) {
      throw place.refusal("JSON", "nothing");
    }
    requireFiniteNumbers(place, root);
    return root;
  }

  static String decode(EntryPlace place, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw place.refusal("text in UTF-8", "other bytes");
    }
  }

  /** The depth is bounded, so recursion is. */
  private static void requireFiniteNumbers(EntryPlace place, JsonNode node) {
    if (node.isNumber() && (node.isBigInteger() || !Double.isFinite(node.doubleValue()))) {
      throw place.refusal(
          "numbers that a double or a long can hold", EntryPlace.printable(node.asText()));
    }
    for (JsonNode child : node) {
      requireFiniteNumbers(place, child);
    }
  }
}
