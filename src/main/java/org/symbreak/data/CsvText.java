package org.symbreak.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.symbreak.problem.InputException;

/**
 * The characters of a UTF-8 file, without a byte-order mark, refusing what no table holds: bytes
 * that are not UTF-8, NUL characters, endless lines. What comes before a fault is handed out first.
 */
final class CsvText extends Reader {
  /** Characters that a line, and a row, may have. */
  static final int LINE_LIMIT = 1 << 22;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final Place place;
  private final MessageDigest digest;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
  private final CharBuffer chars = CharBuffer.allocate(1 << 16).flip();
  private boolean begun;
  private boolean ended;
  private InputException fault;
  private long line = 1;
  private int character;
  private char last;

  /**
   * @param in closed with this reader
   * @param place the file
   * @param digest is given every byte that is read
   */
  CsvText(InputStream in, Place place, MessageDigest digest) {
    this.in = in;
    this.place = place;
    this.digest = digest;
  }

  /** Whether the whole file was read without a fault. */
  boolean ended() {
    return ended && fault == null && !chars.hasRemaining();
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (fault != null) {
        throw fault;
      }
      if (ended) {
        return -1;
      }
      refill();
    }
    int count = Math.min(length, chars.remaining());
    chars.get(into, offset, count);
    return count;
  }

  private void refill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count > 0) {
      digest.update(bytes.array(), bytes.position(), count);
      bytes.position(bytes.position() + count);
    }
    ended = count < 0;
    bytes.flip();
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, ended);
    chars.flip();
    if (!begun && chars.hasRemaining()) {
      begun = true;
      chars.position(chars.get(0) == BYTE_ORDER_MARK ? 1 : 0);
    }
    check();
    if (result.isError() && fault == null) {
      String found =
          String.format(Locale.ROOT, "the byte 0x%02X", bytes.get(bytes.position()) & 0xff);
      fault =
          InputException.of(
              place.character(line, character + 1), "UTF-8 text", found, "save the file as UTF-8");
    }
  }

  /** Counts lines and cuts the characters off before the first one that must not be. */
  private void check() {
    char[] array = chars.array();
    for (int i = chars.position(); i < chars.limit(); i++) {
      char c = array[i];
      if (c == '\n') {
        line += last == '\r' ? 0 : 1;
        character = 0;
      } else if (c == '\r') {
        line++;
        character = 0;
      } else if (c == 0) {
        fault =
            InputException.of(
                place.character(line, character + 1),
                "text",
                "a NUL byte",
                "save the file as UTF-8 text");
      } else if (++character > LINE_LIMIT) {
        fault =
            InputException.of(
                place.line(line), "at most " + LINE_LIMIT + " characters a line", "more");
      }
      if (fault != null) {
        chars.limit(i);
        return;
      }
      last = c;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
