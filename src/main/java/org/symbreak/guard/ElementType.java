package org.symbreak.guard;

import java.nio.ByteBuffer;
import org.symbreak.network.Precision;

/**
 * Kinds of numbers that ND4J keeps network parameters in: bytes each, and the bit that names the
 * kind in an array's header.
 */
public enum ElementType {
  FLOAT(4, 1L << 13) {
    @Override
    double get(ByteBuffer from) {
      return from.getFloat();
    }

    @Override
    void put(ByteBuffer into, double value) {
      into.putFloat((float) value);
    }
  },
  DOUBLE(8, 1L << 14) {
    @Override
    double get(ByteBuffer from) {
      return from.getDouble();
    }

    @Override
    void put(ByteBuffer into, double value) {
      into.putDouble(value);
    }
  },
  /** IEEE 754 binary16: 1 sign bit, 5 of exponent, 10 of fraction. */
  HALF(2, 1L << 12) {
    @Override
    double get(ByteBuffer from) {
      int bits = from.getShort();
      int exponent = bits >> 10 & 0x1f;
      int fraction = bits & 0x3ff;
      double magnitude =
          switch (exponent) {
            case 0 -> Math.scalb((double) fraction, -24);
            case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb((double) (fraction | 0x400), exponent - 25);
          };
      return bits < 0 ? -magnitude : magnitude;
    }

    /** Of values that {@link #get} returned: exact. */
    @Override
    void put(ByteBuffer into, double value) {
      int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
      double magnitude = Math.abs(value);
      int exponent = Math.max(Math.getExponent(magnitude), -15) + 15;
      int bits =
          exponent == 0
              ? (int) Math.scalb(magnitude, 24)
              : exponent << 10 | (int) Math.scalb(magnitude, 25 - exponent) & 0x3ff;
      into.putShort((short) (sign | bits));
    }
  },
  /** The upper half of a float. */
  BFLOAT16(2, 1L << 11) {
    @Override
    double get(ByteBuffer from) {
      return Float.intBitsToFloat(from.getShort() << 16);
    }

    /** Of values that {@link #get} returned: exact. */
    @Override
    void put(ByteBuffer into, double value) {
      into.putShort((short) (Float.floatToRawIntBits((float) value) >> 16));
    }
  };

  private final int bytes;
  private final long headerBit;

  ElementType(int bytes, long headerBit) {
    this.bytes = bytes;
    this.headerBit = headerBit;
  }

  public static ElementType of(Precision precision) {
    return precision == Precision.FLOAT ? FLOAT : DOUBLE;
  }

  /** Size of one number. */
  int bytes() {
    return bytes;
  }

  /** ND4J's ArrayOptionsHelper.DTYPE_*_BIT. */
  long headerBit() {
    return headerBit;
  }

  abstract double get(ByteBuffer from);

  abstract void put(ByteBuffer into, double value);
}
