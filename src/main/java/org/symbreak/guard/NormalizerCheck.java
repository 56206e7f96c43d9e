package org.symbreak.guard;

import java.nio.ByteBuffer;
import org.symbreak.problem.InputException;

/**
 * The entry normalizer.bin: Deeplearning4j's STANDARDIZE or MIN_MAX, laid out exactly so. Of its
 * other types, CUSTOM names a class to run.
 *
 * <p>Layout: text NORMALIZER, version 1, type, whether labels are normalized too; for MIN_MAX the
 * two ends of the target range; two vectors a feature, then, where labels are normalized, two
 * vectors an output.
 */
final class NormalizerCheck {
  private NormalizerCheck() {}

  /**
   * @throws InputException where it is anything else, or not for that many inputs and outputs
   */
  static void check(EntryPlace place, byte[] content, int inputs, int outputs) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    String header = NdArrayCodec.readText(place, bytes);
    if (!header.equals("NORMALIZER")) {
      throw place.refusal(
          "text NORMALIZER at its beginning", "'" + EntryPlace.printable(header) + "'");
    }
    NdArrayCodec.requireRemaining(place, bytes, Integer.BYTES);
    int version = bytes.getInt();
    if (version != 1) {
      throw place.refusal("version 1", String.valueOf(version));
    }
    String type = NdArrayCodec.readText(place, bytes);
    if (!type.equals("STANDARDIZE") && !type.equals("MIN_MAX")) {
      throw place.refusal("type STANDARDIZE or MIN_MAX", "'" + EntryPlace.printable(type) + "'");
    }
    NdArrayCodec.requireRemaining(place, bytes, 1);
    byte labels = bytes.get();
    if (labels != 0 && labels != 1) {
      throw place.refusal("0 or 1 for whether labels are normalized", String.valueOf(labels));
    }
    if (type.equals("MIN_MAX")) {
      requireRange(place.property("target range"), bytes);
    }
    requireVectors(place.property("features"), bytes, inputs);
    if (labels == 1) {
      requireVectors(place.property("labels"), bytes, outputs);
    }
    NdArrayCodec.requireEnd(place, bytes);
  }

  private static void requireRange(EntryPlace place, ByteBuffer bytes) {
    NdArrayCodec.requireRemaining(place, bytes, 2 * Double.BYTES);
    double from = bytes.getDouble();
    double to = bytes.getDouble();
    if (!(Double.isFinite(from) && Double.isFinite(to) && from < to)) {
      throw place.refusal("two finite numbers, the smaller first", from + " and " + to);
    }
  }

  private static void requireVectors(EntryPlace place, ByteBuffer bytes, int length) {
    NdArrayCodec.Vector first = NdArrayCodec.read(place, bytes);
    first.require(place, first.type(), length);
    NdArrayCodec.read(place, bytes).require(place, first.type(), length);
  }
}
