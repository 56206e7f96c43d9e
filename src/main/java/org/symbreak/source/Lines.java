package org.symbreak.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.symbreak.problem.InputException;

/**
 * The lines of a text whose syntax is ASCII. A byte is a character: what is not ASCII goes through
 * unchanged.
 */
final class Lines implements Closeable {
  /** Bytes that a line may have. */
  private static final int LIMIT = 1 << 22;

  private final String name;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 14];
  private int at;
  private int end;
  private byte[] line = new byte[1 << 10];
  private long number;

  /**
   * @param name of the file
   * @param in closed with this
   */
  Lines(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /** The next line without its end, bytes as characters; null at the end. */
  String next() throws IOException {
    int length = 0;
    boolean any = false;
    while (true) {
      if (at == end) {
        at = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
          break;
        }
      }
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      any = true;
      if (length + (at - from) > LIMIT) {
        throw InputException.of(
            name + " line " + (number + 1), "at most " + LIMIT + " bytes a line", "more");
      }
      if (length + (at - from) > line.length) {
        line = Arrays.copyOf(line, Math.max(2 * line.length, length + (at - from)));
      }
      System.arraycopy(buffer, from, line, length, at - from);
      length += at - from;
      if (at < end) {
        at++;
        break;
      }
    }
    if (!any) {
      return null;
    }
    number++;
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** Number of the line that came last, from 1. */
  long number() {
    return number;
  }

  /** Where that line is, for messages. */
  String place() {
    return name + " line " + number;
  }

  /** The bytes of a piece of a line as the UTF-8 that they are. */
  static String text(String piece) {
    return new String(piece.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** A piece of a line in quotes, cut to a length for reading. */
  static String quoted(String piece) {
    String text = text(piece);
    return "'" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "'";
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
