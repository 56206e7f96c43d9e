package org.symbreak.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.symbreak.guard.EntryPlace;
import org.symbreak.problem.InputException;
import org.symbreak.stack.NumberType;

/**
 * An array as NumPy's save writes it, versions 1 to 3 of the format: real numbers, or one short
 * text. Arrays of Python objects are pickles, which run code, and are refused. Format: numpy.org,
 * "numpy.lib.format".
 *
 * @param bytes of the whole entry
 */
record NpyArray(byte[] bytes, Optional<NamedTensor> tensor, Optional<String> text) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 4096;
  private static final int LONGEST_TEXT = 64;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([^']{1,16})', 'fortran_order': (True|False), 'shape': \\(([0-9,"
              + " ]{0,128})\\),? ?\\}\\s*");

  /**
   * @param name of the array
   * @throws InputException where it is no such array
   */
  static NpyArray read(EntryPlace place, String name, byte[] bytes, Budget budget) {
    budget.item(place);
    if (bytes.length < 12 || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      throw place.refusal("an array of NumPy", "something else");
    }
    int version = bytes[6];
    ByteBuffer content = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(8);
    long length = version == 1 ? content.getShort() & 0xffff : content.getInt() & 0xffffffffL;
    if (version < 1 || version > 3 || length > Math.min(LONGEST_HEADER, content.remaining())) {
      throw place.refusal("a header of version 1 to 3", "version " + version);
    }
    byte[] text = new byte[(int) length];
    content.get(text);
    String header = new String(text, StandardCharsets.ISO_8859_1);
    Matcher parts = HEADER.matcher(header);
    if (!parts.matches()) {
      throw place.refusal(
          "{'descr': ..., 'fortran_order': ..., 'shape': ...}", EntryPlace.printable(header));
    }
    int[] sizes = sizes(place, parts.group(3));
    String type = parts.group(1);
    if (type.matches("[<>|]?U\\d{1,3}") && sizes.length == 0) {
      return new NpyArray(bytes, Optional.empty(), Optional.of(text(place, type, content)));
    }
    return new NpyArray(
        bytes,
        Optional.of(
            numbers(place, name, type, parts.group(2).equals("True"), sizes, content, budget)),
        Optional.empty());
  }

  private static NamedTensor numbers(
      EntryPlace place,
      String name,
      String type,
      boolean columnsFirst,
      int[] sizes,
      ByteBuffer content,
      Budget budget) {
    NumberType numbers =
        switch (type.substring(1)) {
          case "f8" -> NumberType.DOUBLE;
          case "f4" -> NumberType.FLOAT;
          case "f2" -> NumberType.HALF;
          default ->
              throw place.refusal(
                  type.endsWith("O")
                      ? "numbers, as arrays of Python objects are pickles, which can run code"
                      : "float64, float32 or float16",
                  EntryPlace.printable(type));
        };
    NamedTensor.requireBytes(place, sizes, numbers.bytes(), content.remaining());
    ByteBuffer ordered =
        content
            .slice()
            .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    if (!columnsFirst || sizes.length < 2) {
      return NamedTensor.read(place, name, numbers, sizes, ordered, budget);
    }
    if (sizes.length > 2) {
      throw place.refusal("at most 2 dimensions", String.valueOf(sizes.length));
    }
    int[] turned = {sizes[1], sizes[0]};
    NamedTensor columns = NamedTensor.read(place, name, numbers, turned, ordered, budget);
    return columns.values().length == 0
        ? columns.with(columns.values(), sizes)
        : columns.with(columns.matrix(true), false);
  }

  private static int[] sizes(EntryPlace place, String text) {
    String[] parts =
        text.isBlank() ? new String[0] : text.strip().replaceFirst(",$", "").split(",");
    int[] sizes = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (parts.length > 8 || !parts[i].strip().matches("\\d{1,9}")) {
        throw place.refusal("at most 8 sizes from 0 to 999999999", EntryPlace.printable(text));
      }
      sizes[i] = Integer.parseInt(parts[i].strip());
    }
    return sizes;
  }

  /** Four bytes a character, zeros behind. */
  private static String text(EntryPlace place, String type, ByteBuffer content) {
    int length = content.remaining() / 4;
    if (length > LONGEST_TEXT || content.remaining() % 4 != 0) {
      throw place.refusal("a text of at most " + LONGEST_TEXT + " characters", length + "");
    }
    ByteBuffer ordered =
        content
            .slice()
            .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    StringBuilder text = new StringBuilder();
    while (ordered.hasRemaining()) {
      int character = ordered.getInt();
      if (character != 0) {
        text.appendCodePoint(Character.isValidCodePoint(character) ? character : '?');
      }
    }
    return text.toString();
  }

  /** An array as NumPy writes it. */
  static byte[] write(NamedTensor tensor) {
    String type =
        switch (tensor.numbers()) {
          case DOUBLE -> "<f8";
          case FLOAT -> "<f4";
          case HALF -> "<f2";
          case BFLOAT16 -> throw new IllegalArgumentException("NumPy has no bfloat16");
        };
    String shape =
        Arrays.stream(tensor.sizes()).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(type, tensor.sizes().length > 1 ? shape.replaceFirst(",$", "") : shape);
    int padding = Math.floorMod(-(10 + header.length() + 1), 64);
    byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + text.length + tensor.values().length * tensor.numbers().bytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length).put(text);
    tensor.put(bytes);
    return bytes.array();
  }
}
