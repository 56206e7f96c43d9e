package org.symbreak.guard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * A zip file whose structure has been checked: an end record, a central directory that agrees with
 * every local header, and entries that lie back to back from the first byte to the directory. So
 * there is one way to read it, whichever reader. Entries are inflated on demand, never beyond the
 * size that the caller allows.
 *
 * <p>Layout and names of fields: PKWARE, APPNOTE.TXT, sections 4.3 and 4.4. Zip64, encryption,
 * comments and methods other than stored and deflated are refused.
 */
public final class GuardedZip {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int CENTRAL_SIGNATURE = 0x02014b50;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
  private static final int END_LENGTH = 22;
  private static final int CENTRAL_LENGTH = 46;
  private static final int LOCAL_LENGTH = 30;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int FLAG_DESCRIPTOR = 1 << 3;
  private static final int FLAG_UTF8 = 1 << 11;

  /** Bits 1 and 2 tell how hard a deflater tried. */
  private static final int HARMLESS_FLAGS = FLAG_DESCRIPTOR | FLAG_UTF8 | 0b110;

  private static final int ZIP64_EXTRA = 1;
  private static final int MOST_ENTRIES = 32;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_EXTRA = 256;

  private final EntryPlace place;
  private final ByteBuffer bytes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * What the directory says of an entry.
   *
   * @param data where its compressed bytes begin
   */
  private record Entry(int method, int crc, int compressed, int size, int data) {}

  private GuardedZip(EntryPlace place, byte[] bytes, Collection<String> known) {
    this.place = place;
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    readDirectory(known);
  }

  /**
   * Reads a file into memory and checks its structure.
   *
   * @param known the names that entries may have
   * @throws InputException where it is no such zip
   */
  static GuardedZip open(Path file, Collection<String> known) {
    EntryPlace place = EntryPlace.of(file.toString());
    if (!Files.isRegularFile(file)) {
      throw place.refusal(
          "a file",
          Files.isDirectory(file)
              ? "a directory"
              : Files.exists(file) ? "something else" : "nothing there");
    }
    long most = memoryLimit();
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.size(file) > most) {
        throw place.refusal(
            "at most " + most + " bytes with this memory (-Xmx)", Files.size(file) + " bytes");
      }
      return of(file.toString(), in.readNBytes((int) most), known);
    } catch (IOException e) {
      throw new InputException(
          List.of(new Problem(place.toString(), "a readable file", String.valueOf(e.getMessage()))),
          e);
    }
  }

  /** Checks the structure of a zip in memory; the array is not copied and must not change. */
  static GuardedZip of(String name, byte[] bytes, Collection<String> known) {
    return new GuardedZip(EntryPlace.of(name), bytes, known);
  }

  /**
   * Bytes that a zip, and all that is in it, may have: a twelfth of this JVM's memory, at most 1
   * GiB, so that reading never ends in an OutOfMemoryError.
   */
  static long memoryLimit() {
    return Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 12);
  }

  /** In the directory's order. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** The zip as a whole. */
  public EntryPlace place() {
    return place;
  }

  public EntryPlace place(String name) {
    return place.entry(name);
  }

  /** Size of an entry's content; what it announces is what {@link #read} returns, or refuses. */
  int size(String name) {
    return require(name).size;
  }

  /** How many times larger than its compressed form an entry is. */
  double ratio(String name) {
    Entry entry = require(name);
    return entry.size / Math.max(1.0, entry.compressed);
  }

  /**
   * An entry's content, with its check sum verified.
   *
   * @param most bytes that it may have
   * @throws InputException where there is no such entry, or it is larger, damaged, or not of the
   *     size it announces
   */
  byte[] read(String name, long most) {
    Entry entry = require(name);
    EntryPlace where = place(name);
    if (entry.size > most) {
      throw where.refusal("at most " + most + " bytes", entry.size + " bytes");
    }
    byte[] content = entry.method == STORED ? stored(entry) : inflate(where, entry);
    CRC32 crc = new CRC32();
    crc.update(content);
    if ((int) crc.getValue() != entry.crc) {
      throw where.refusal(
          "check sum %08x".formatted(entry.crc), "%08x".formatted((int) crc.getValue()));
    }
    return content;
  }

  private Entry require(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw place(name).refusal("an entry of this name", "none");
    }
    return entry;
  }

  private byte[] stored(Entry entry) {
    byte[] content = new byte[entry.size];
    bytes.get(entry.data, content);
    return content;
  }

  private byte[] inflate(EntryPlace where, Entry entry) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes.array(), entry.data, entry.compressed);
      byte[] content = new byte[entry.size];
      int length = 0;
      while (length < content.length) {
        int read = inflater.inflate(content, length, content.length - length);
        if (read == 0) {
          throw where.refusal(
              entry.size + " bytes", "the end of its compressed data after " + length);
        }
        length += read;
      }
      boolean more = inflater.inflate(new byte[1]) > 0;
      if (more || !inflater.finished() || inflater.getRemaining() > 0) {
        throw where.refusal(
            entry.size + " bytes, compressed to " + entry.compressed, "more than that");
      }
      return content;
    } catch (DataFormatException e) {
      throw where.refusal(
          "deflated data",
          "damaged data" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"));
    } finally {
      inflater.end();
    }
  }

  private void readDirectory(Collection<String> known) {
    End end = readEnd();
    int at = end.directory;
    int local = 0;
    long total = 0;
    for (int i = 0; i < end.entries; i++) {
      Central central = readCentral(at, end.at);
      EntryPlace where = place(central.name);
      if (!known.contains(central.name)) {
        throw where.refusal("no other entries than " + String.join(", ", known), "this one");
      }
      if (entries.containsKey(central.name)) {
        throw where.refusal("one entry of this name", "two");
      }
      total += central.size;
      if (total > memoryLimit()) {
        throw where.refusal(
            "at most " + memoryLimit() + " bytes in all entries with this memory (-Xmx)",
            "more from this one on (" + central.size + " bytes)");
      }
      local = readLocal(central, local, end.directory);
      at = central.next;
    }
    if (at != end.at || local != end.directory) {
      throw place.refusal(
          "entries and directory back to back",
          String.format(
              Locale.ROOT, "%d bytes between them", Math.max(end.at - at, end.directory - local)));
    }
  }

  /**
   * The end record.
   *
   * @param at where it begins, and the directory ends
   * @param entries how many the directory lists
   * @param directory where that begins
   */
  private record End(int at, int entries, int directory) {}

  private End readEnd() {
    int at = bytes.limit() - END_LENGTH;
    if (at < 0 || bytes.getInt(at) != END_SIGNATURE) {
      throw place.refusal(
          "a zip file that ends with its directory",
          at < 0 ? bytes.limit() + " bytes" : "another end");
    }
    int count = unsignedShort(at + 10);
    long length = unsignedInt(at + 12);
    long directory = unsignedInt(at + 16);
    boolean oneDisk =
        bytes.getInt(at + 4) == 0 && unsignedShort(at + 8) == count && unsignedShort(at + 20) == 0;
    if (!oneDisk || directory + length != at) {
      throw place.refusal(
          "one directory that reaches to the end of the file",
          String.format(Locale.ROOT, "%d bytes at %d of %d", length, directory, bytes.limit()));
    }
    if (count < 1 || count > MOST_ENTRIES) {
      throw place.refusal("1 to " + MOST_ENTRIES + " entries", String.valueOf(count));
    }
    return new End(at, count, (int) directory);
  }

  private record Central(
      String name, int flags, int method, int crc, int compressed, int size, int local, int next) {}

  private Central readCentral(int at, int end) {
    if (end - at < CENTRAL_LENGTH || bytes.getInt(at) != CENTRAL_SIGNATURE) {
      throw place.refusal("an entry of the directory at byte " + at, "something else");
    }
    int nameLength = unsignedShort(at + 28);
    int extraLength = unsignedShort(at + 30);
    int nameAt = at + CENTRAL_LENGTH;
    if (nameLength > LONGEST_NAME
        || extraLength > LONGEST_EXTRA
        || nameAt + nameLength + extraLength > end) {
      throw place.refusal(
          "names of at most "
              + LONGEST_NAME
              + " bytes and extra fields of at most "
              + LONGEST_EXTRA,
          nameLength + " and " + extraLength + " in the directory at byte " + at);
    }
    String name = text(nameAt, nameLength);
    EntryPlace where = place(name);
    int flags = unsignedShort(at + 8);
    int method = unsignedShort(at + 10);
    long compressed = unsignedInt(at + 20);
    long size = unsignedInt(at + 24);
    long local = unsignedInt(at + 42);
    if ((flags & ~HARMLESS_FLAGS) != 0) {
      throw where.refusal("no encryption and no patches", "flags %04x".formatted(flags));
    }
    if (method != STORED && method != DEFLATED) {
      throw where.refusal("method stored (0) or deflated (8)", String.valueOf(method));
    }
    if (unsignedShort(at + 32) != 0 || unsignedShort(at + 34) != 0) {
      throw where.refusal(
          "no comment, and its data on disk 0",
          String.format(
              Locale.ROOT,
              "a comment of %d bytes, disk %d",
              unsignedShort(at + 32),
              unsignedShort(at + 34)));
    }
    requireNoZip64(where, nameAt + nameLength, extraLength);
    if (compressed > bytes.limit()
        || size > memoryLimit()
        || local > bytes.limit()
        || method == STORED && compressed != size) {
      throw where.refusal(
          "sizes that fit the file and at most " + memoryLimit() + " bytes with this memory (-Xmx)",
          String.format(
              Locale.ROOT, "%d bytes, compressed to %d at byte %d", size, compressed, local));
    }
    return new Central(
        name,
        flags,
        method,
        bytes.getInt(at + 16),
        (int) compressed,
        (int) size,
        (int) local,
        nameAt + nameLength + extraLength);
  }

  /**
   * Checks the local header of an entry against the directory.
   *
   * @param at where the entry before it ended, and this one has to begin
   * @return where it ends
   */
  private int readLocal(Central central, int at, int directory) {
    EntryPlace where = place(central.name);
    if (central.local != at) {
      throw where.refusal(
          "its data at byte " + at + ", behind the entry before it", "at byte " + central.local);
    }
    if (directory - at < LOCAL_LENGTH || bytes.getInt(at) != LOCAL_SIGNATURE) {
      throw where.refusal("a local header at byte " + at, "something else");
    }
    int nameLength = unsignedShort(at + 26);
    int extraLength = unsignedShort(at + 28);
    int nameAt = at + LOCAL_LENGTH;
    int data = nameAt + nameLength + extraLength;
    if (extraLength > LONGEST_EXTRA
        || nameLength > LONGEST_NAME
        || (long) data + central.compressed > directory) {
      throw where.refusal(
          "its name, extra fields and data before the directory",
          nameLength + " + " + extraLength + " + " + central.compressed + " bytes");
    }
    requireNoZip64(where, nameAt + nameLength, extraLength);
    boolean descriptor = (central.flags & FLAG_DESCRIPTOR) != 0;
    boolean same =
        text(nameAt, nameLength).equals(central.name)
            && (unsignedShort(at + 6) & ~HARMLESS_FLAGS) == 0
            && ((unsignedShort(at + 6) ^ central.flags) & FLAG_DESCRIPTOR) == 0
            && unsignedShort(at + 8) == central.method
            && (sameSizes(at + 14, central)
                || descriptor && bytes.getInt(at + 14) == 0 && bytes.getLong(at + 18) == 0);
    if (!same) {
      throw where.refusal("a local header that says the same as the directory", "a different one");
    }
    if (descriptor && central.method == STORED) {
      throw where.refusal("the size of stored data before it", "behind it");
    }
    entries.put(
        central.name,
        new Entry(central.method, central.crc, central.compressed, central.size, data));
    return descriptor
        ? afterDescriptor(where, central, data + central.compressed, directory)
        : data + central.compressed;
  }

  private int afterDescriptor(EntryPlace where, Central central, int at, int directory) {
    boolean signed =
        directory - at >= 16
            && bytes.getInt(at) == DESCRIPTOR_SIGNATURE
            && sameSizes(at + 4, central);
    if (!signed && !(directory - at >= 12 && sameSizes(at, central))) {
      throw where.refusal(
          "check sum and sizes behind its data as in the directory", "different ones");
    }
    return at + (signed ? 16 : 12);
  }

  /** Whether check sum, compressed size and size stand here. */
  private boolean sameSizes(int at, Central central) {
    return bytes.getInt(at) == central.crc
        && bytes.getInt(at + 4) == central.compressed
        && bytes.getInt(at + 8) == central.size;
  }

  private void requireNoZip64(EntryPlace where, int at, int length) {
    int end = at + length;
    while (at < end) {
      int fieldLength = end - at < 4 ? Integer.MAX_VALUE : unsignedShort(at + 2);
      if (fieldLength > end - at - 4 || unsignedShort(at) == ZIP64_EXTRA) {
        throw where.refusal("whole extra fields, and no zip64", "others");
      }
      at += 4 + fieldLength;
    }
  }

  private String text(int at, int length) {
    return new String(bytes.array(), at, length, StandardCharsets.UTF_8);
  }

  private int unsignedShort(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private long unsignedInt(int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }
}
