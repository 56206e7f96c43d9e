package org.symbreak.guard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.symbreak.network.Precision;
import org.symbreak.problem.InputException;

/**
 * ND4J's binary layout of a vector, that of coefficients.bin and updaterState.bin, in plain Java:
 * the bytes that {@code Nd4j.write} writes, without loading ND4J's native library.
 *
 * <p>Layout, all big-endian: a buffer of shape information, then a buffer of values. A buffer is
 * the text of its allocation mode, its length, the text of its data type (text as in {@link
 * java.io.DataOutput#writeUTF}), then its elements. Shape information is LONG: rank, sizes,
 * strides, data type bits, stride between elements, order ('c' or 'f').
 */
public final class NdArrayCodec {
  private static final String MODE = "MIXED_DATA_TYPES";

  /** What versions before 1.0.0-beta4 wrote: as long, and without data type bits. */
  private static final String OLDER_MODE = "LONG_SHAPE";

  private static final int LONGEST_TEXT = 32;

  private NdArrayCodec() {}

  /**
   * A vector's bytes.
   *
   * @param values with FLOAT each is rounded to the nearest float
   */
  public static byte[] encode(double[] values, Precision precision) {
    return encode(values, ElementType.of(precision));
  }

  public static byte[] encode(double[] values, ElementType type) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(encodedLength(type, 1, values.length)));
    putHeader(bytes, 6, "LONG");
    for (long information : new long[] {1, values.length, 1, type.headerBit(), 1, 'c'}) {
      bytes.putLong(information);
    }
    putHeader(bytes, values.length, type.name());
    for (double value : values) {
      type.put(bytes, value);
    }
    return bytes.array();
  }

  /**
   * A vector's values, where the bytes are exactly one dense vector of finite numbers.
   *
   * @param place names the array in messages
   * @param length how many numbers there must be
   * @throws InputException where the bytes are anything else
   */
  public static double[] decode(String place, byte[] bytes, Precision precision, int length) {
    EntryPlace where = EntryPlace.of(place);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Vector vector = read(where, buffer);
    vector.require(where, ElementType.of(precision), length);
    requireEnd(where, buffer);
    return vector.values();
  }

  /** Bytes of an array of this kind, in the newer mode. */
  static long encodedLength(ElementType type, int rank, long length) {
    long header = 2 + MODE.length() + Long.BYTES + 2;
    return header
        + "LONG".length()
        + (2L * rank + 4) * Long.BYTES
        + header
        + type.name().length()
        + length * type.bytes();
  }

  /**
   * The most bytes that an array of that many numbers takes in any of the layouts that are read.
   */
  static long longestEncoding(ElementType type, long length) {
    return encodedLength(type, 2, length);
  }

  /**
   * A dense vector of finite numbers as it was read.
   *
   * @param values each a number of that type
   */
  record Vector(ElementType type, double[] values) {
    /** Refuses a vector of another type or length. */
    void require(EntryPlace place, ElementType expectedType, long expectedLength) {
      if (type != expectedType || values.length != expectedLength) {
        throw place.refusal(
            expectedLength + " numbers of type " + expectedType,
            values.length + " of type " + type);
      }
    }
  }

  /**
   * Reads one array from where the buffer stands, and leaves it behind the array. Nothing is
   * allocated before the announced length is known to be there.
   *
   * @throws InputException where there is no dense vector ([n], [1, n] or [n, 1]) of finite numbers
   */
  static Vector read(EntryPlace place, ByteBuffer bytes) {
    Header shapeHeader = readHeader(place.property("shape"), bytes);
    if (!shapeHeader.type.equals("LONG") || shapeHeader.length != 6 && shapeHeader.length != 8) {
      throw place
          .property("shape")
          .refusal(
              "6 or 8 numbers of type LONG",
              shapeHeader.length + " of type " + EntryPlace.printable(shapeHeader.type));
    }
    requireRemaining(place.property("shape"), bytes, shapeHeader.length * Long.BYTES);
    long[] shape = new long[(int) shapeHeader.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = bytes.getLong();
    }
    Header header = readHeader(place.property("values"), bytes);
    ElementType type = elementType(place.property("values"), header.type);
    requireDenseVector(
        place.property("shape"), shape, type, header.length, shapeHeader.mode.equals(OLDER_MODE));
    if (header.length < 0 || header.length > bytes.remaining() / type.bytes()) {
      throw place
          .property("values")
          .refusal(header.length + " numbers of type " + type, bytes.remaining() + " bytes");
    }
    double[] values = new double[(int) header.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.get(bytes);
      if (!Double.isFinite(values[i])) {
        throw place
            .property("values")
            .element(i)
            .refusal("a finite number", String.valueOf(values[i]));
      }
    }
    return new Vector(type, values);
  }

  static void requireEnd(EntryPlace place, ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      throw place.refusal(
          "its end after " + bytes.position() + " bytes", bytes.remaining() + " more bytes");
    }
  }

  /**
   * Shape information that says: one dense vector of that many numbers of that type, and nothing
   * else.
   */
  private static void requireDenseVector(
      EntryPlace place, long[] shape, ElementType type, long length, boolean older) {
    int rank = (shape.length - 4) / 2;
    long[] sizes = Arrays.copyOfRange(shape, 1, 1 + rank);
    long[] strides = Arrays.copyOfRange(shape, 1 + rank, 1 + 2 * rank);
    long bits = shape[shape.length - 3];
    long order = shape[shape.length - 1];
    boolean vector =
        shape[0] == rank
            && length >= 0
            && (rank == 1
                ? sizes[0] == length
                : Arrays.equals(sizes, new long[] {1, length})
                    || Arrays.equals(sizes, new long[] {length, 1}));
    for (int i = 0; vector && i < rank; i++) {
      // the stride of a dimension of size 1 leads nowhere; ND4J writes 1 or the vector's length
      vector = strides[i] == 1 || sizes[i] == 1 && strides[i] == length;
    }
    boolean dense = shape[shape.length - 2] == 1 && (order == 'c' || order == 'f');
    if (!vector || !dense || !(bits == type.headerBit() || older && bits == 0)) {
      throw place.refusal(
          "a dense vector of " + length + " numbers of type " + type,
          "shape information " + Arrays.toString(shape));
    }
  }

  private static ElementType elementType(EntryPlace place, String name) {
    return Arrays.stream(ElementType.values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                place.refusal(
                    "data type FLOAT, DOUBLE, HALF or BFLOAT16",
                    "'" + EntryPlace.printable(name) + "'"));
  }

  private record Header(String mode, long length, String type) {}

  private static Header readHeader(EntryPlace place, ByteBuffer bytes) {
    String mode = readText(place, bytes);
    if (!mode.equals(MODE) && !mode.equals(OLDER_MODE)) {
      throw place.refusal("allocation mode " + MODE, "'" + EntryPlace.printable(mode) + "'");
    }
    requireRemaining(place, bytes, Long.BYTES);
    long length = bytes.getLong();
    return new Header(mode, length, readText(place, bytes));
  }

  private static void putHeader(ByteBuffer bytes, long length, String type) {
    putText(bytes, MODE);
    bytes.putLong(length);
    putText(bytes, type);
  }

  private static void putText(ByteBuffer bytes, String text) {
    bytes.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Short text as DataOutput.writeUTF writes it; ASCII stays ASCII, anything else will not equal
   * what is looked for.
   */
  static String readText(EntryPlace place, ByteBuffer bytes) {
    requireRemaining(place, bytes, Short.BYTES);
    int length = Short.toUnsignedInt(bytes.getShort());
    if (length > LONGEST_TEXT) {
      throw place.refusal("a name of at most " + LONGEST_TEXT + " bytes", length + " bytes");
    }
    requireRemaining(place, bytes, length);
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  static void requireRemaining(EntryPlace place, ByteBuffer bytes, long needed) {
    if (bytes.remaining() < needed) {
      throw place.refusal(needed + " more bytes", "the end after " + bytes.remaining());
    }
  }
}
