package org.symbreak.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.symbreak.problem.InputException;

/**
 * Files that are one table: those of a directory, or those that a pattern such as {@code
 * data/part-*.csv} names, in the order of their names, each with the same header. Files whose names
 * begin with a dot or an underscore, by which others mark what is no part, are passed over in a
 * directory; so are empty ones. Lines are counted through all parts, as if further headers were not
 * there.
 */
final class Parts extends InputStream {
  private static final String PATTERN = "[*?\\[{]";
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final List<Path> files;
  private final Opening opening;
  private byte[] header;
  private int next;
  private InputStream part;
  private int last = '\n';

  /** Opens a part's text. */
  interface Opening {
    InputStream open(Path part) throws IOException;
  }

  Parts(List<Path> files, Opening opening) {
    this.files = files;
    this.opening = opening;
  }

  /**
   * The files that a name stands for; none where it is the name of one file, or of nothing.
   *
   * @throws InputException where there is no file in the directory or for the pattern
   */
  static List<Path> of(String name) throws IOException {
    if (name.equals(TableFile.STANDARD_INPUT)) {
      return List.of();
    }
    Path path = Path.of(name);
    boolean isDirectory = Files.isDirectory(path);
    String last = path.getFileName() == null ? "" : path.getFileName().toString();
    if (!isDirectory && (Files.exists(path) || !last.matches(".*" + PATTERN + ".*"))) {
      return List.of();
    }
    Path directory = isDirectory ? path : path.toAbsolutePath().getParent();
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(directory, isDirectory ? "[!._]*" : last)) {
        found.forEach(files::add);
      }
    }
    files.removeIf(file -> !Files.isRegularFile(file) || file.toFile().length() == 0);
    files.sort((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
    if (files.isEmpty()) {
      throw InputException.of(
          name,
          "a CSV file, or parts of one",
          isDirectory ? "a directory without any" : "no file of such a name");
    }
    return files;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      if (part == null && !open()) {
        return -1;
      }
      int read = part.read(into, from, length);
      if (read > 0) {
        last = into[from + read - 1];
        return read;
      }
      part.close();
      part = null;
      if (last != '\n') { // the next part begins on a line of its own
        into[from] = '\n';
        last = '\n';
        return 1;
      }
    }
  }

  private boolean open() throws IOException {
    if (next == files.size()) {
      return false;
    }
    Path file = files.get(next++);
    part = opening.open(file);
    if (header == null) {
      part.mark(1 << 16);
      header = line(file);
      part.reset();
    } else {
      byte[] other = line(file);
      if (!Arrays.equals(header, other)) {
        throw InputException.of(
            file.toString(),
            "the header of " + files.get(0) + ", '" + shown(header) + "'",
            "'" + shown(other) + "'");
      }
    }
    return true;
  }

  /** Reads the first line, without mark and end. */
  private byte[] line(Path file) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = part.read(); b >= 0 && b != '\n'; b = part.read()) {
      line.write(b);
      if (line.size() > 1 << 15) {
        throw InputException.of(file.toString(), "a header of at most 32768 bytes", "a longer one");
      }
    }
    byte[] bytes = line.toByteArray();
    int from = bytes.length >= MARK.length && Arrays.equals(MARK, Arrays.copyOf(bytes, 3)) ? 3 : 0;
    int to =
        bytes.length > from && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static String shown(byte[] header) {
    String text = new String(header, StandardCharsets.UTF_8);
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  @Override
  public void close() throws IOException {
    next = files.size();
    if (part != null) {
      part.close();
      part = null;
    }
  }
}
