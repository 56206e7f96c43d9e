package org.symbreak.stack;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Kinds of numbers that networks are kept in. */
public enum NumberType {
  DOUBLE(8, 0x1p-52) {
    @Override
    public double round(double value) {
      return value;
    }

    @Override
    public double get(ByteBuffer from) {
      return from.getDouble();
    }

    @Override
    public void put(ByteBuffer into, double value) {
      into.putDouble(value);
    }
  },
  FLOAT(4, 0x1p-23) {
    @Override
    public double round(double value) {
      return (float) value;
    }

    @Override
    public double get(ByteBuffer from) {
      return from.getFloat();
    }

    @Override
    public void put(ByteBuffer into, double value) {
      into.putFloat((float) value);
    }
  },
  /** IEEE 754 binary16: 1 sign bit, 5 of exponent, 10 of fraction. */
  HALF(2, 0x1p-10) {
    @Override
    public double round(double value) {
      return toDouble(bits(value));
    }

    @Override
    public double get(ByteBuffer from) {
      return toDouble(from.getShort());
    }

    @Override
    public void put(ByteBuffer into, double value) {
      into.putShort(bits(value));
    }

    private static double toDouble(short bits) {
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

    /** The nearest, ties to even. */
    private static short bits(double value) {
      int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
      double magnitude = Math.abs(value);
      if (Double.isNaN(value)) {
        return (short) 0x7e00;
      }
      int exponent = Math.min(16, Math.max(Math.getExponent(magnitude), -14));
      double fraction = Math.rint(Math.scalb(magnitude, 10 - exponent));
      // a fraction of 2048 carries into the exponent, as it should
      long rounded = (long) fraction + ((long) (exponent + 14) << 10);
      return (short) (sign | (magnitude > 65519.99 ? 0x7c00 : (int) Math.min(rounded, 0x7c00)));
    }
  },
  /** The upper half of a float. */
  BFLOAT16(2, 0x1p-7) {
    @Override
    public double round(double value) {
      return Float.intBitsToFloat(bits(value) << 16);
    }

    @Override
    public double get(ByteBuffer from) {
      return Float.intBitsToFloat(from.getShort() << 16);
    }

    @Override
    public void put(ByteBuffer into, double value) {
      into.putShort(bits(value));
    }

    /** The nearest, ties to even. */
    private static short bits(double value) {
      int bits = Float.floatToRawIntBits((float) value);
      boolean special = (bits & 0x7f800000) == 0x7f800000;
      return (short) ((special ? bits : bits + 0x7fff + (bits >> 16 & 1)) >> 16);
    }
  };

  private final int bytes;
  private final double ulp;

  NumberType(int bytes, double ulp) {
    this.bytes = bytes;
    this.ulp = ulp;
  }

  /** Size of one number. */
  public int bytes() {
    return bytes;
  }

  /** Distance from 1 to the next number. */
  public double ulp() {
    return ulp;
  }

  /** The nearest number of this kind. */
  public abstract double round(double value);

  /** The next number, in the buffer's byte order. */
  public abstract double get(ByteBuffer from);

  /** Writes the nearest number, in the buffer's byte order. */
  public abstract void put(ByteBuffer into, double value);

  /** {@code float}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
