package org.symbreak.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.symbreak.guard.EntryPlace;
import org.symbreak.problem.InputException;

/**
 * A message of Protocol Buffers, field after field, as a range of bytes that are not copied.
 * Format: protobuf.dev, "Encoding". Groups, which are of the past, are refused.
 */
final class Wire {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private static final long HIGHEST_FIELD = (1L << 29) - 1;

  private final EntryPlace place;
  private final byte[] bytes;
  private final int from;
  private final int to;
  private int at;
  private int begin;
  private int field;
  private int type;
  private long number;
  private int length;

  Wire(EntryPlace place, byte[] bytes) {
    this(place, bytes, 0, bytes.length);
  }

  Wire(EntryPlace place, byte[] bytes, int from, int to) {
    this.place = place;
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.at = from;
  }

  /**
   * Goes to the next field.
   *
   * @return whether there is one
   * @throws InputException where the bytes are no message
   */
  boolean next() {
    if (at == to) {
      return false;
    }
    begin = at;
    long tag = readVarint();
    type = (int) (tag & 7);
    if (tag >>> 3 < 1 || tag >>> 3 > HIGHEST_FIELD) {
      throw refusal("a field's number", String.valueOf(tag >>> 3));
    }
    field = (int) (tag >>> 3);
    switch (type) {
      case VARINT -> number = readVarint();
      case FIXED64 -> skip(8);
      case FIXED32 -> skip(4);
      case BYTES -> {
        long announced = readVarint();
        if (announced < 0 || announced > to - at) {
          throw refusal("at most " + (to - at) + " bytes more", Long.toUnsignedString(announced));
        }
        skip((int) announced);
      }
      default -> throw refusal("a field of a known kind", "kind " + type);
    }
    return true;
  }

  private void skip(int count) {
    if (count > to - at) {
      throw refusal(count + " bytes more", String.valueOf(to - at));
    }
    length = count;
    at += count;
  }

  private long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == to) {
        throw refusal("more bytes", "the end");
      }
      byte part = bytes[at++];
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw refusal("a number of at most 10 bytes", "a longer one");
  }

  /** Number of the current field. */
  int field() {
    return field;
  }

  /** Whether the current field holds bytes: a text, a message, packed numbers. */
  boolean isBytes() {
    return type == BYTES;
  }

  /** The current field's whole number. */
  long number() {
    if (type != VARINT) {
      throw refusal("a whole number in field " + field, "something else");
    }
    return number;
  }

  /** The current field's float. */
  float real() {
    if (type != FIXED32) {
      throw refusal("a float in field " + field, "something else");
    }
    return content().getFloat();
  }

  /** The current field's message. */
  Wire message() {
    requireBytes("a message");
    return new Wire(place, bytes, at - length, at);
  }

  /**
   * @throws InputException where the current field is no text in UTF-8
   */
  String text() {
    requireBytes("a text");
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, at - length, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw refusal("text in UTF-8 in field " + field, "other bytes");
    }
  }

  /** The current field's bytes, in little-endian order. */
  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, at - length, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The whole numbers of a repeated field: packed or one. */
  void numbers(LongConsumer each) {
    if (type == VARINT) {
      each.accept(number);
      return;
    }
    Wire packed = message();
    while (packed.at < packed.to) {
      each.accept(packed.readVarint());
    }
  }

  /** The current field with its tag, as it stands in the file. */
  ByteBuffer whole() {
    return ByteBuffer.wrap(bytes, begin, at - begin);
  }

  /** This message from its first field on. */
  Wire again() {
    return new Wire(place, bytes, from, to);
  }

  /** Number of its bytes. */
  int size() {
    return to - from;
  }

  EntryPlace place() {
    return place;
  }

  private void requireBytes(String what) {
    if (type != BYTES) {
      throw refusal(what + " in field " + field, "a number");
    }
  }

  private InputException refusal(String expected, String found) {
    return place
        .property(String.format(Locale.ROOT, "byte %d", Math.min(at, begin)))
        .refusal(expected, found);
  }
}
