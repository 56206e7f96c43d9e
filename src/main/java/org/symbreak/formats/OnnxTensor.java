package org.symbreak.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.symbreak.guard.EntryPlace;
import org.symbreak.problem.InputException;
import org.symbreak.stack.NumberType;

/**
 * A TensorProto of onnx.proto3, whose numbers are read when they are asked for.
 *
 * @param type its TensorProto.DataType
 * @param sizes of each dimension, each from 0
 */
record OnnxTensor(String name, int type, long[] sizes, Wire message) {
  static final int FLOAT = 1;
  static final int INT64 = 7;
  static final int STRING = 8;
  static final int BOOL = 9;
  private static final int HALF = 10;
  static final int DOUBLE = 11;
  private static final int BFLOAT16 = 16;
  private static final int EXTERNAL = 1;
  private static final int MOST_DIMENSIONS = 16;

  /**
   * @throws InputException where it is no tensor, or its numbers are in another file
   */
  static OnnxTensor of(Wire message, Budget budget) {
    String name = "";
    long type = 0;
    List<Long> sizes = new ArrayList<>();
    boolean external = false;
    Wire fields = message.again();
    while (fields.next()) {
      switch (fields.field()) {
        case 1 -> fields.numbers(size -> addSize(sizes, size, message.place()));
        case 2 -> type = fields.number();
        case 8 -> name = fields.text();
        case 13 -> external = true;
        case 14 -> external |= fields.number() == EXTERNAL;
        default -> {}
      }
    }
    budget.item(message.place());
    EntryPlace place = message.place().property("tensor " + name);
    if (external) {
      throw place.refusal(
          "its numbers in this file", "a reference to another one, which is not followed");
    }
    if (type < 0 || type > 64) {
      throw place.refusal("a data type of ONNX", String.valueOf(type));
    }
    return new OnnxTensor(
        name, (int) type, sizes.stream().mapToLong(Long::longValue).toArray(), message);
  }

  private static void addSize(List<Long> sizes, long size, EntryPlace place) {
    if (size < 0 || sizes.size() == MOST_DIMENSIONS) {
      throw place.refusal(
          "at most " + MOST_DIMENSIONS + " dimensions, each from 0", String.valueOf(size));
    }
    sizes.add(size);
  }

  EntryPlace place() {
    return message.place().property("tensor " + name);
  }

  /** How many numbers it announces; Long.MAX_VALUE where that is beyond all bounds. */
  long count() {
    long count = 1;
    for (long size : sizes) {
      if (size != 0 && count > Integer.MAX_VALUE / size) {
        return Long.MAX_VALUE;
      }
      count *= size;
    }
    return count;
  }

  /** What its numbers are; null where they are no reals. */
  NumberType numbers() {
    return switch (type) {
      case FLOAT -> NumberType.FLOAT;
      case DOUBLE -> NumberType.DOUBLE;
      case HALF -> NumberType.HALF;
      case BFLOAT16 -> NumberType.BFLOAT16;
      default -> null;
    };
  }

  /** The data type that ONNX calls these numbers. */
  static int type(NumberType numbers) {
    return switch (numbers) {
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case HALF -> HALF;
      case BFLOAT16 -> BFLOAT16;
    };
  }

  /**
   * Its real numbers, the last dimension the fastest.
   *
   * @throws InputException where they are no reals, not finite, or not as many as announced
   */
  double[] values(Budget budget) {
    NumberType numbers = numbers();
    long count = count();
    if (numbers == null) {
      throw place().refusal("float, double, float16 or bfloat16", "data type " + type);
    }
    budget.numbers(place(), Math.min(count, message.size()));
    Values values = new Values(place(), numbers, count);
    Wire fields = message.again();
    while (fields.next()) {
      switch (fields.field()) {
        case 4 -> values.packed(fields, NumberType.FLOAT, type == FLOAT);
        case 5 -> fields.numbers(bits -> values.bits(bits));
        case 9 -> values.packed(fields, numbers, true);
        case 10 -> values.packed(fields, NumberType.DOUBLE, type == DOUBLE);
        default -> {}
      }
    }
    return values.all();
  }

  /** Collects numbers, none of which is allocated before its bytes are seen. */
  private static final class Values {
    private final EntryPlace place;
    private final NumberType numbers;
    private final long count;
    private double[] values = {};
    private int size;

    Values(EntryPlace place, NumberType numbers, long count) {
      this.place = place;
      this.numbers = numbers;
      this.count = count;
    }

    void packed(Wire field, NumberType type, boolean right) {
      if (!right) {
        throw place.refusal("numbers of one type", "several");
      }
      if (!field.isBytes() && type == NumberType.FLOAT) {
        room(1);
        values[size++] = field.real();
        return;
      }
      ByteBuffer content = field.content();
      if (content.remaining() % type.bytes() != 0) {
        throw place.refusal(
            "numbers of " + type.bytes() + " bytes each", content.remaining() + " bytes");
      }
      room(content.remaining() / type.bytes());
      while (content.hasRemaining()) {
        values[size++] = type.get(content);
      }
    }

    /** Half precision in an int32 each. */
    void bits(long bits) {
      if (numbers.bytes() != 2) {
        throw place.refusal("numbers of one type", "several");
      }
      room(1);
      values[size++] = numbers.get(ByteBuffer.allocate(2).putShort(0, (short) bits));
    }

    private void room(int more) {
      if ((long) size + more > count) {
        throw wrongCount("more");
      }
      if (size + more > values.length) {
        values =
            Arrays.copyOf(
                values, (int) Math.min(count, Math.max((long) size + more, 2L * values.length)));
      }
    }

    double[] all() {
      if (size != count) {
        throw wrongCount(String.valueOf(size));
      }
      for (double value : values) {
        if (!Double.isFinite(value)) {
          throw place.refusal("finite numbers", String.valueOf(value));
        }
      }
      return values;
    }

    private InputException wrongCount(String found) {
      return place.refusal(String.format(Locale.ROOT, "%d numbers", count), found);
    }
  }

  /**
   * A tensor as ONNX writes it.
   *
   * @param sizes of each dimension
   * @param values the last dimension the fastest; each becomes the nearest number of the type
   */
  static WireWriter write(String name, NumberType numbers, long[] sizes, double[] values) {
    WireWriter tensor = new WireWriter();
    for (long size : sizes) {
      tensor.number(1, size);
    }
    ByteBuffer raw =
        ByteBuffer.allocate(Math.multiplyExact(values.length, numbers.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      numbers.put(raw, value);
    }
    return tensor.number(2, type(numbers)).text(8, name).bytes(9, raw.array());
  }
}
