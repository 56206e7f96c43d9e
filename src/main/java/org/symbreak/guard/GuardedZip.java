package org.symbreak.guard;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * A zip file that {@link ZipInputStream} reads from its first byte to its directory without a gap,
 * and whose directory says of each entry just what was read. So there is one way to read it,
 * whichever reader. Sizes are bounded before anything is inflated.
 *
 * <p>Layout and names of fields: PKWARE, APPNOTE.TXT, sections 4.3 and 4.4. Zip64, encryption,
 * comments and methods other than stored and deflated are refused.
 */
public final class GuardedZip {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int CENTRAL_SIGNATURE = 0x02014b50;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int END_LENGTH = 22;
  private static final int CENTRAL_LENGTH = 46;
  private static final int LOCAL_LENGTH = 30;
  private static final int FLAG_DESCRIPTOR = 1 << 3;
  private static final int FLAG_UTF8 = 1 << 11;

  /** Bits 1 and 2 tell how hard a deflater tried. */
  private static final int HARMLESS_FLAGS = FLAG_DESCRIPTOR | FLAG_UTF8 | 0b110;

  private static final int ZIP64_EXTRA = 1;
  private static final int MOST_ENTRIES = 32;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_EXTRA = 256;

  /** Bytes that may be packed as well as can be: the weights that zeros leave are zeros. */
  private static final long PACKED_WELL = 1 << 28;

  /** Times its size that a file may hold beyond that. */
  private static final int HIGHEST_RATIO = 20;

  private final EntryPlace place;
  private final ByteBuffer bytes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * @param compressed how many bytes the content takes in the file
   */
  private record Entry(byte[] content, int compressed) {}

  /** Knows how far it has read. */
  private static final class Reader extends ZipInputStream {
    private final int length;

    Reader(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
      length = bytes.length;
    }

    /** Where what it has not used yet begins; what it read ahead it has pushed back. */
    int position() throws IOException {
      return length - in.available();
    }
  }

  private GuardedZip(EntryPlace place, byte[] bytes, Collection<String> known) {
    this.place = place;
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    readAll(known);
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

  /** Size of an entry's content. */
  int size(String name) {
    return require(name).content.length;
  }

  /** How many times larger than its compressed form an entry is. */
  double ratio(String name) {
    Entry entry = require(name);
    return entry.content.length / Math.max(1.0, entry.compressed);
  }

  /**
   * An entry's content; not a copy, not to be changed.
   *
   * @param most bytes that it may have
   * @throws InputException where there is no such entry, or it is larger
   */
  byte[] read(String name, long most) {
    byte[] content = require(name).content;
    if (content.length > most) {
      throw place(name).refusal("at most " + most + " bytes", content.length + " bytes");
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

  /** Bytes that all entries together may have, which bounds the work of reading them too. */
  private long contentLimit() {
    return Math.min(memoryLimit(), Math.max(PACKED_WELL, (long) HIGHEST_RATIO * bytes.limit()));
  }

  private void readAll(Collection<String> known) {
    End end = readEnd();
    int at = end.directory;
    long limit = contentLimit();
    long left = limit;
    try (Reader zip = new Reader(bytes.array())) {
      for (int i = 0; i < end.entries; i++) {
        Central central = readCentral(at, end.at);
        EntryPlace where = place(central.name);
        if (!known.contains(central.name)) {
          throw where.refusal("no other entries than " + String.join(", ", known), "this one");
        }
        left -= central.size;
        if (left < 0) {
          throw where.refusal(
              "at most " + limit + " bytes in all entries of this file with this memory (-Xmx)",
              "more from this one on (" + central.size + " bytes)");
        }
        requireSameLocal(where, central, zip.position(), end.directory);
        byte[] content = content(where, central, zip);
        if (entries.put(central.name, new Entry(content, (int) central.compressed)) != null) {
          throw where.refusal("one entry of this name", "two");
        }
        at = central.next;
      }
      if (at != end.at || zip.position() != end.directory) {
        throw place.refusal("entries and directory back to back", "bytes between or behind them");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("nothing can fail in memory", e);
    }
  }

  /** Has the next entry read, and holds it against what the directory says. */
  private static byte[] content(EntryPlace where, Central central, Reader zip) throws IOException {
    try {
      ZipEntry entry = zip.getNextEntry();
      byte[] content = zip.readNBytes((int) central.size + 1);
      boolean same =
          content.length == central.size
              && entry.getCrc() == central.crc
              && entry.getCompressedSize() == central.compressed;
      if (!same) {
        throw where.refusal("check sum, size and compressed size as in the directory", "others");
      }
      return content;
    } catch (ZipException | EOFException e) {
      throw where.refusal(
          "undamaged data",
          "damaged data (" + EntryPlace.printable(String.valueOf(e.getMessage())) + ")");
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

  /**
   * What the directory says of an entry.
   *
   * @param at where it says so
   * @param next where it says the next thing
   */
  private record Central(
      String name, int at, int flags, long crc, long compressed, long size, int next) {}

  private Central readCentral(int at, int end) {
    if (end - at < CENTRAL_LENGTH || bytes.getInt(at) != CENTRAL_SIGNATURE) {
      throw place.refusal("an entry of the directory at byte " + at, "something else");
    }
    int nameAt = at + CENTRAL_LENGTH;
    int extraAt = nameAt + unsignedShort(at + 28);
    int next = extraAt + unsignedShort(at + 30);
    requireShort(place, nameAt, extraAt, next, end);
    String name = new String(bytes.array(), nameAt, extraAt - nameAt, StandardCharsets.UTF_8);
    EntryPlace where = place(name);
    int flags = unsignedShort(at + 8);
    int method = unsignedShort(at + 10);
    long compressed = unsignedInt(at + 20);
    long size = unsignedInt(at + 24);
    if ((flags & ~HARMLESS_FLAGS) != 0) {
      throw where.refusal("no encryption and no patches", "flags %04x".formatted(flags));
    }
    if (method != ZipEntry.STORED && method != ZipEntry.DEFLATED) {
      throw where.refusal("method stored (0) or deflated (8)", String.valueOf(method));
    }
    if (bytes.getInt(at + 32) != 0) {
      throw where.refusal("no comment, and its data on disk 0", "a comment, or another disk");
    }
    requireNoZip64(where, extraAt, next);
    if (method == ZipEntry.STORED && compressed != size) {
      throw where.refusal("stored data of %d bytes".formatted(size), compressed + " bytes");
    }
    return new Central(name, at, flags, unsignedInt(at + 16), compressed, size, next);
  }

  /**
   * Checks the local header of an entry against the directory.
   *
   * @param at where the entry before it ended, and this one has to begin
   */
  private void requireSameLocal(EntryPlace where, Central central, int at, int directory) {
    if (unsignedInt(central.at + 42) != at) {
      throw where.refusal(
          "its data at byte " + at + ", behind the entry before it",
          "at byte " + unsignedInt(central.at + 42));
    }
    if (directory - at < LOCAL_LENGTH || bytes.getInt(at) != LOCAL_SIGNATURE) {
      throw where.refusal("a local header at byte " + at, "something else");
    }
    int nameAt = at + LOCAL_LENGTH;
    int extraAt = nameAt + unsignedShort(at + 26);
    int data = extraAt + unsignedShort(at + 28);
    requireShort(where, nameAt, extraAt, data, directory);
    requireNoZip64(where, extraAt, data);
    boolean behind =
        (central.flags & FLAG_DESCRIPTOR) != 0
            && bytes.getInt(at + 14) == 0
            && bytes.getLong(at + 18) == 0;
    // flags, method and time; check sum and sizes, unless they stand behind the data; the name
    boolean same =
        equal(at + 6, central.at + 8, behind ? 8 : 20)
            && equal(at + 26, central.at + 28, 2)
            && equal(nameAt, central.at + CENTRAL_LENGTH, extraAt - nameAt);
    if (!same) {
      throw where.refusal("a local header that says the same as the directory", "a different one");
    }
  }

  private boolean equal(int one, int other, int length) {
    byte[] all = bytes.array();
    return Arrays.equals(all, one, one + length, all, other, other + length);
  }

  private static void requireShort(EntryPlace where, int nameAt, int extraAt, int next, int end) {
    if (extraAt - nameAt > LONGEST_NAME || next - extraAt > LONGEST_EXTRA || next > end) {
      throw where.refusal(
          "names of at most "
              + LONGEST_NAME
              + " bytes and extra fields of at most "
              + LONGEST_EXTRA,
          extraAt - nameAt + " and " + (next - extraAt) + " before byte " + end);
    }
  }

  private void requireNoZip64(EntryPlace where, int from, int end) {
    int at = from;
    while (at < end) {
      int length = end - at < 4 ? Integer.MAX_VALUE : unsignedShort(at + 2);
      if (length > end - at - 4 || unsignedShort(at) == ZIP64_EXTRA) {
        throw where.refusal("whole extra fields, and no zip64", "others");
      }
      at += 4 + length;
    }
  }

  private int unsignedShort(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private long unsignedInt(int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }
}
