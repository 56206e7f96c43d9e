package org.symbreak.guard;

import java.nio.ByteBuffer;
import java.util.List;
import org.symbreak.problem.InputException;

/**
 * The entry normalizer.bin: the kinds that Deeplearning4j itself writes, laid out exactly so. Of
 * its other kinds, CUSTOM names a class to run.
 *
 * <p>Layout: text NORMALIZER, version 1, kind. Then
 *
 * <ul>
 *   <li>STANDARDIZE, MIN_MAX: whether labels are normalized too; for MIN_MAX the two ends of the
 *       target range; two vectors a feature, then, where labels are normalized, two vectors an
 *       output.
 *   <li>IMAGE_MIN_MAX: the two ends of the target range, and the largest value of a pixel.
 *   <li>MULTI_STANDARDIZE, MULTI_MIN_MAX: the same as their namesakes for so many inputs and
 *       outputs, whose two numbers follow the flag; −1 outputs where labels are not normalized.
 *   <li>MULTI_HYBRID: vectors of numbered inputs and outputs, then a way for all inputs, one for
 *       all outputs, and ways of numbered inputs and outputs.
 * </ul>
 */
final class NormalizerCheck {
  /** More are of no network: a number for each of a million inputs, twice. */
  static final int MOST_BYTES = 1 << 24;

  private static final List<String> KINDS = List.of("STANDARDIZE", "MIN_MAX", "IMAGE_MIN_MAX");

  private static final List<String> KINDS_OF_GRAPHS =
      List.of("MULTI_STANDARDIZE", "MULTI_MIN_MAX", "MULTI_HYBRID");

  private static final int STANDARDIZED = 1;
  private static final int SCALED = 2;

  private final EntryPlace place;
  private final ByteBuffer bytes;
  private final NetworkConfiguration configuration;

  private NormalizerCheck(EntryPlace place, ByteBuffer bytes, NetworkConfiguration configuration) {
    this.place = place;
    this.bytes = bytes;
    this.configuration = configuration;
  }

  /**
   * @throws InputException where it is anything else, or, of a chain of dense layers, not for that
   *     many inputs and outputs; how many features other networks have is not known
   */
  static void check(EntryPlace place, byte[] content, NetworkConfiguration configuration) {
    NormalizerCheck check = new NormalizerCheck(place, ByteBuffer.wrap(content), configuration);
    check.rest(check.kind());
    NdArrayCodec.requireEnd(place, check.bytes);
  }

  private String kind() {
    String header = NdArrayCodec.readText(place, bytes);
    if (!header.equals("NORMALIZER")) {
      throw place.refusal(
          "text NORMALIZER at its beginning", "'" + EntryPlace.printable(header) + "'");
    }
    int version = whole(place);
    if (version != 1) {
      throw place.refusal("version 1", String.valueOf(version));
    }
    String kind = NdArrayCodec.readText(place, bytes);
    boolean known =
        KINDS.contains(kind) || configuration.isGraph() && KINDS_OF_GRAPHS.contains(kind);
    if (!known) {
      String expected = "one of " + String.join(", ", KINDS);
      throw place
          .property("type")
          .refusal(
              configuration.isGraph()
                  ? expected + ", " + String.join(", ", KINDS_OF_GRAPHS)
                  : expected,
              "'" + EntryPlace.printable(kind) + "'");
    }
    return kind;
  }

  private void rest(String kind) {
    switch (kind) {
      case "IMAGE_MIN_MAX" -> {
        requireRange();
        double largest = number(place.property("largest pixel"));
        if (!(largest > 0)) {
          throw place
              .property("largest pixel")
              .refusal("a number above 0", String.valueOf(largest));
        }
      }
      case "MULTI_HYBRID" -> {
        requireNumberedVectors("features");
        requireNumberedVectors("labels");
        requireWay("features");
        requireWay("labels");
        requireNumberedWays("features");
        requireNumberedWays("labels");
      }
      default -> vectors(kind.startsWith("MULTI_"), kind.endsWith("MIN_MAX"));
    }
  }

  private void vectors(boolean several, boolean scaled) {
    boolean labels = labelsToo();
    int inputs = several ? count(place.property("inputs")) : 1;
    int outputs = several ? outputs(labels) : labels ? 1 : 0;
    if (scaled) {
      requireRange();
    }
    for (int i = 0; i < inputs; i++) {
      requireVectors("features", configuration.isDense() ? configuration.inputs() : -1);
    }
    for (int i = 0; i < outputs; i++) {
      requireVectors("labels", configuration.isDense() ? configuration.outputs() : -1);
    }
  }

  private int outputs(boolean labels) {
    EntryPlace where = place.property("outputs");
    if (labels) {
      return count(where);
    }
    int none = whole(where);
    if (none != -1) {
      throw where.refusal("-1, as labels are not normalized", String.valueOf(none));
    }
    return 0;
  }

  private boolean labelsToo() {
    NdArrayCodec.requireRemaining(place, bytes, 1);
    byte labels = bytes.get();
    if (labels != 0 && labels != 1) {
      throw place.refusal("0 or 1 for whether labels are normalized", String.valueOf(labels));
    }
    return labels == 1;
  }

  private void requireNumberedVectors(String name) {
    int vectors = count(place.property(name));
    for (int i = 0; i < vectors; i++) {
      whole(place.property(name));
      int way = whole(place.property(name));
      if (way != STANDARDIZED && way != SCALED) {
        throw place.property(name).refusal("1 or 2 for how", String.valueOf(way));
      }
      requireVectors(name, -1);
    }
  }

  private void requireNumberedWays(String name) {
    int ways = count(place.property(name));
    for (int i = 0; i < ways; i++) {
      whole(place.property(name));
      requireWay(name);
    }
  }

  private void requireWay(String name) {
    int way = whole(place.property(name));
    if (way < 0 || way > SCALED) {
      throw place.property(name).refusal("0, 1 or 2 for how", String.valueOf(way));
    }
    if (way == SCALED) {
      requireRange();
    }
  }

  private void requireRange() {
    EntryPlace range = place.property("target range");
    double from = number(range);
    double to = number(range);
    if (!(Double.isFinite(from) && Double.isFinite(to) && from < to)) {
      throw range.refusal("two finite numbers, the smaller first", from + " and " + to);
    }
  }

  /**
   * @param length of both; -1 where it is not known
   */
  private void requireVectors(String name, int length) {
    EntryPlace where = place.property(name);
    NdArrayCodec.Vector first = NdArrayCodec.read(where, bytes);
    first.require(where, first.type(), length < 0 ? first.values().length : length);
    NdArrayCodec.read(where, bytes).require(where, first.type(), first.values().length);
  }

  /** How many things of at least four bytes follow. */
  private int count(EntryPlace where) {
    int count = whole(where);
    if (count < 0 || count > bytes.remaining() / Integer.BYTES) {
      throw where.refusal(
          "a number of what is in " + bytes.remaining() + " bytes", String.valueOf(count));
    }
    return count;
  }

  private int whole(EntryPlace where) {
    NdArrayCodec.requireRemaining(where, bytes, Integer.BYTES);
    return bytes.getInt();
  }

  private double number(EntryPlace where) {
    NdArrayCodec.requireRemaining(where, bytes, Double.BYTES);
    double number = bytes.getDouble();
    if (!Double.isFinite(number)) {
      throw where.refusal("a finite number", String.valueOf(number));
    }
    return number;
  }
}
