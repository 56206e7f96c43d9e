package org.symbreak.formats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a message of Protocol Buffers. */
final class WireWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  WireWriter number(int field, long value) {
    tag(field, Wire.VARINT);
    varint(value);
    return this;
  }

  WireWriter real(int field, float value) {
    tag(field, Wire.FIXED32);
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    return this;
  }

  WireWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  WireWriter message(int field, WireWriter message) {
    return bytes(field, message.toBytes());
  }

  WireWriter bytes(int field, byte[] value) {
    tag(field, Wire.BYTES);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  /** A field as it stood elsewhere, tag and all. */
  WireWriter whole(ByteBuffer field) {
    out.write(field.array(), field.arrayOffset() + field.position(), field.remaining());
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
