package org.symbreak.guard;

import java.nio.ByteBuffer;
import org.symbreak.network.Precision;
import org.symbreak.stack.NumberType;

/**
 * Kinds of numbers that ND4J keeps network parameters in, and the bit that names the kind in an
 * array's header.
 */
public enum ElementType {
  FLOAT(NumberType.FLOAT, 1L << 13),
  DOUBLE(NumberType.DOUBLE, 1L << 14),
  HALF(NumberType.HALF, 1L << 12),
  BFLOAT16(NumberType.BFLOAT16, 1L << 11);

  private final NumberType numbers;
  private final long headerBit;

  ElementType(NumberType numbers, long headerBit) {
    this.numbers = numbers;
    this.headerBit = headerBit;
  }

  public static ElementType of(Precision precision) {
    return precision == Precision.FLOAT ? FLOAT : DOUBLE;
  }

  public NumberType numbers() {
    return numbers;
  }

  /** Size of one number. */
  int bytes() {
    return numbers.bytes();
  }

  /** ND4J's ArrayOptionsHelper.DTYPE_*_BIT. */
  long headerBit() {
    return headerBit;
  }

  double get(ByteBuffer from) {
    return numbers.get(from);
  }

  void put(ByteBuffer into, double value) {
    numbers.put(into, value);
  }
}
