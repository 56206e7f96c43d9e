package org.symbreak.guard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A zip file of which every field can be made a lie before it is written. */
final class RawZip {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** What a header says of an entry. */
  static final class Header {
    byte[] name;
    int flags;
    int method;
    int crc;
    int compressed;
    int size;
    byte[] extra = new byte[0];

    private void put(ByteBuffer into) {
      into.putShort((short) flags)
          .putShort((short) method)
          .putInt(0)
          .putInt(crc)
          .putInt(compressed)
          .putInt(size);
      into.putShort((short) name.length).putShort((short) extra.length);
    }
  }

  /** An entry: what stands before its data, in the directory, and its data. */
  static final class Entry {
    final Header local = new Header();
    final Header central = new Header();
    byte[] before = new byte[0];
    byte[] data;
    byte[] after = new byte[0];
    byte[] comment = new byte[0];
    boolean listed = true;
    int timesListed = 1;
    int offsetShift;

    /** Both headers. */
    List<Header> headers() {
      return List.of(local, central);
    }
  }

  final List<Entry> entries = new ArrayList<>();
  byte[] end = new byte[0];
  byte[] comment = new byte[0];
  int disk;
  int countShift;
  int directoryShift;
  int directoryLengthShift;

  static RawZip of(Map<String, byte[]> contents, int method) {
    RawZip zip = new RawZip();
    contents.forEach((name, content) -> zip.add(name, content, method));
    return zip;
  }

  Entry add(String name, byte[] content, int method) {
    Entry entry = new Entry();
    entry.data = method == DEFLATED ? deflate(content) : content;
    CRC32 crc = new CRC32();
    crc.update(content);
    for (Header header : entry.headers()) {
      header.name = name.getBytes(StandardCharsets.UTF_8);
      header.method = method;
      header.crc = (int) crc.getValue();
      header.compressed = entry.data.length;
      header.size = content.length;
    }
    entries.add(entry);
    return entry;
  }

  Entry entry(String name) {
    return entries.stream()
        .filter(entry -> new String(entry.central.name, StandardCharsets.UTF_8).equals(name))
        .findFirst()
        .orElseThrow();
  }

  byte[] build() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<byte[]> directory = new ArrayList<>();
    for (Entry entry : entries) {
      out.writeBytes(entry.before);
      int offset = out.size() + entry.offsetShift;
      ByteBuffer local =
          buffer(30 + entry.local.name.length + entry.local.extra.length)
              .putInt(0x04034b50)
              .putShort((short) 20);
      entry.local.put(local);
      out.writeBytes(local.put(entry.local.name).put(entry.local.extra).array());
      out.writeBytes(entry.data);
      out.writeBytes(entry.after);
      Header header = entry.central;
      ByteBuffer central =
          buffer(46 + header.name.length + header.extra.length + entry.comment.length)
              .putInt(0x02014b50)
              .putShort((short) 20)
              .putShort((short) 20);
      header.put(central);
      central
          .putShort((short) entry.comment.length)
          .putShort((short) 0)
          .putShort((short) 0)
          .putInt(0)
          .putInt(offset);
      central.put(header.name).put(header.extra).put(entry.comment);
      for (int i = 0; entry.listed && i < entry.timesListed; i++) {
        directory.add(central.array());
      }
    }
    int start = out.size();
    directory.forEach(out::writeBytes);
    int length = out.size() - start;
    out.writeBytes(end);
    short count = (short) (directory.size() + countShift);
    out.writeBytes(
        buffer(22)
            .putInt(0x06054b50)
            .putShort((short) disk)
            .putShort((short) disk)
            .putShort(count)
            .putShort(count)
            .putInt(length + directoryLengthShift)
            .putInt(start + directoryShift)
            .putShort((short) comment.length)
            .array());
    out.writeBytes(comment);
    return out.toByteArray();
  }

  static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] chunk = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
