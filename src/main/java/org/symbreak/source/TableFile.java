package org.symbreak.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * Opens files that hold tables: plain text, gzip, zstd, bzip2 and zip archives of one file, ARFF,
 * LIBSVM. What a file is is told by its content, never by its name.
 */
public final class TableFile {
  /** In place of a file's name, for standard input. */
  public static final String STANDARD_INPUT = "-";

  /** First bytes that tell what a file is. */
  private static final int HEAD = 1 << 12;

  /** As many where they begin with a comment. */
  private static final int LONG_HEAD = 1 << 16;

  private static final int SHOWN = 5;

  private TableFile() {}

  /** What a file is called in messages. */
  public static String title(String file) {
    return file.equals(STANDARD_INPUT) ? "standard input" : file;
  }

  /**
   * Opens a file, or files that are one table: of a directory, or of a pattern such as {@code
   * part-*.csv}, in the order of their names.
   *
   * @param file its name, {@value #STANDARD_INPUT} for standard input, which may then be opened
   *     again
   * @param encoding of its text
   * @param columns of the table that it must fit, by which a format without names goes; empty for
   *     none
   * @param digest is given every byte of the file once the text was read to its end; null for none
   * @throws InputException where there is no such file, or where it is no table
   */
  public static TableText open(
      String file, Charset encoding, List<String> columns, MessageDigest digest) {
    String name = title(file);
    Path path = file.equals(STANDARD_INPUT) ? StandardInput.file() : Path.of(file);
    try {
      List<Path> parts = Parts.of(file);
      if (!parts.isEmpty()) {
        return TableText.plain(parts(parts, encoding, digest));
      }
      requireFile(path, name);
      Optional<TableText> read = withReader(path, name, digest);
      if (read.isPresent()) {
        return read.get();
      }
      requireOneEntry(path, name);
      InputStream in = Files.newInputStream(path);
      InputStream digested = digest == null ? in : new DigestInputStream(in, digest);
      return closedOnFault(
          digested,
          () -> text(name, digested, encoding, columns, () -> Files.newInputStream(path)));
    } catch (IOException e) {
      String found =
          e instanceof AccessDeniedException
              ? "one that may not be read"
              : String.valueOf(e.getMessage());
      throw new InputException(List.of(new Problem(name, "a file that can be read", found)), e);
    }
  }

  /**
   * Opens a stream, which is read once.
   *
   * @param name to call it in messages
   * @param in closed with the text
   */
  public static TableText open(
      String name, InputStream in, Charset encoding, List<String> columns) {
    try {
      return closedOnFault(in, () -> text(name, in, encoding, columns, null));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " could not be read: " + e.getMessage(), e);
    }
  }

  /**
   * @throws InputException where content that was sent from elsewhere is no plain text
   */
  public static void requirePlain(String name, byte[] content) {
    byte[] head = Arrays.copyOf(content, Math.min(HEAD, content.length));
    Compression.of(head)
        .ifPresent(
            kind -> {
              throw InputException.of(name, "a CSV file as plain text", kind.title());
            });
    refuseForeign(name, head);
  }

  /**
   * Whether a name is one of several files that are one table, a directory or a pattern.
   *
   * @throws InputException where there is no such file
   */
  public static boolean isParts(String file) {
    try {
      return !Parts.of(file).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream parts(List<Path> parts, Charset encoding, MessageDigest digest) {
    return new BufferedInputStream(
        new Parts(
            parts,
            part -> {
              InputStream in = Files.newInputStream(part);
              InputStream digested = digest == null ? in : new DigestInputStream(in, digest);
              BufferedInputStream text = plainText(part.toString(), digested, encoding);
              byte[] head = head(text);
              if (ArffText.begins(head) || LibsvmText.begins(head, head.length < HEAD)) {
                throw InputException.of(
                    part.toString(), "a part of a CSV file, with a header", "another format");
              }
              return text;
            }),
        LONG_HEAD);
  }

  private static void requireFile(Path path, String name) {
    if (!Files.exists(path)) {
      throw InputException.of(name, "a CSV file", "nothing of that name");
    }
  }

  /** By a reader that is there for the file's format. */
  private static Optional<TableText> withReader(Path path, String name, MessageDigest digest)
      throws IOException {
    byte[] head = head(path);
    for (TableReader reader : ServiceLoader.load(TableReader.class)) {
      if (reader.reads(head)) {
        if (digest != null) {
          try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
          }
        }
        return Optional.of(reader.open(path, name));
      }
    }
    return Optional.empty();
  }

  /** The first bytes of a file; none of what can be read only once. */
  private static byte[] head(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(HEAD);
    }
  }

  /** Of an archive that lies there as a whole its list of files tells beforehand. */
  private static void requireOneEntry(Path path, String name) throws IOException {
    byte[] head = head(path);
    if (Compression.of(head).filter(kind -> kind == Compression.ZIP).isEmpty()
        || ForeignFormat.of(head).isPresent()) {
      return;
    }
    List<String> files;
    try (ZipFile zip = ZipFile.builder().setPath(path).setIgnoreLocalFileHeader(true).get()) {
      files =
          Collections.list(zip.getEntries()).stream()
              .map(ZipArchiveEntry::getName)
              .filter(entry -> !OnlyZipEntry.isBeside(entry))
              .toList();
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          List.of(new Problem(name, "a zip archive of one table", "one that is damaged")), e);
    }
    if (files.size() != 1) {
      String listed = String.join(", ", files.subList(0, Math.min(SHOWN, files.size())));
      throw InputException.of(
          name,
          "a zip archive of one table",
          files.size()
              + " files"
              + (files.isEmpty() ? "" : ": " + listed)
              + (files.size() > SHOWN ? ", ..." : ""),
          "unzip " + name);
    }
  }

  /** Something that can be opened a second time. */
  private interface Again {
    InputStream open() throws IOException;
  }

  private interface Opening {
    TableText open() throws IOException;
  }

  private static TableText closedOnFault(InputStream in, Opening opening) throws IOException {
    try {
      return opening.open();
    } catch (RuntimeException | IOException e) {
      in.close();
      throw e;
    }
  }

  private static TableText text(
      String name, InputStream in, Charset encoding, List<String> columns, Again again)
      throws IOException {
    BufferedInputStream text = plainText(name, in, encoding);
    byte[] head = head(text);
    if (ArffText.begins(head)) {
      return ArffText.table(name, text);
    }
    if (LibsvmText.begins(head, head.length < HEAD)) {
      if (!columns.isEmpty() || again == null) {
        return LibsvmText.like(columns, name, text);
      }
      try (InputStream first = plainText(name, again.open(), encoding)) {
        return LibsvmText.range(name, first).table(text);
      }
    }
    return TableText.plain(text);
  }

  /** The file's text in UTF-8, whatever it was packed in. */
  private static BufferedInputStream plainText(String name, InputStream in, Charset encoding)
      throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(in, LONG_HEAD);
    byte[] head = head(bytes);
    refuseForeign(name, head);
    Optional<Compression> compression = Compression.of(head);
    if (compression.isPresent()) {
      bytes = new BufferedInputStream(new Expanded(name, compression.get(), bytes), LONG_HEAD);
      byte[] inner = head(bytes);
      Compression.of(inner)
          .ifPresent(
              nested -> {
                throw InputException.of(
                    name,
                    "a table in " + compression.get().title(),
                    nested.title() + " in it",
                    compression.get().command(name));
              });
      refuseForeign(name, inner);
      head = inner;
    }
    if (encoding.equals(StandardCharsets.UTF_8)) {
      refuseUtf16(name, head);
      return bytes;
    }
    return new BufferedInputStream(new Transcoded(name, bytes, encoding), LONG_HEAD);
  }

  private static byte[] head(BufferedInputStream in) throws IOException {
    byte[] head = peek(in, HEAD);
    return head.length == HEAD && head[0] == '%' ? peek(in, LONG_HEAD) : head;
  }

  private static byte[] peek(BufferedInputStream in, int length) throws IOException {
    in.mark(length);
    byte[] head = in.readNBytes(length);
    in.reset();
    return head;
  }

  private static void refuseForeign(String name, byte[] head) {
    ForeignFormat.of(head)
        .ifPresent(
            format -> {
              throw format.refusal(name);
            });
  }

  /**
   * Also of UTF-32. By its mark, or by the zeros that every second byte of a table's first
   * characters is.
   */
  private static void refuseUtf16(String name, byte[] head) {
    boolean marked = begins(head, 0xFF, 0xFE) || begins(head, 0xFE, 0xFF);
    if (begins(head, 0xFF, 0xFE, 0, 0) || begins(head, 0, 0, 0xFE, 0xFF)) {
      throw InputException.of(name, "UTF-8 text", "UTF-32 text", "--encoding UTF-32");
    }
    boolean little = zeros(head, 1);
    boolean big = zeros(head, 0);
    if (marked || little || big) {
      throw InputException.of(
          name,
          "UTF-8 text",
          marked ? "UTF-16 text" : "what looks like UTF-16 text",
          "--encoding " + (marked ? "UTF-16" : little ? "UTF-16LE" : "UTF-16BE"));
    }
  }

  private static boolean begins(byte[] head, int... bytes) {
    return head.length >= bytes.length
        && IntStream.range(0, bytes.length).allMatch(i -> (head[i] & 0xFF) == bytes[i]);
  }

  private static boolean zeros(byte[] head, int from) {
    int seen = Math.min(16, head.length & ~1);
    for (int i = 0; i < seen; i++) {
      if (head[i] == 0 != (i % 2 == from)) {
        return false;
      }
    }
    return seen >= 4;
  }
}
