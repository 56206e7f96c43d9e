package org.symbreak.data;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import org.symbreak.problem.InputException;

/**
 * The bytes of a UTF-8 text, without a byte-order mark, refusing what no table holds: bytes that
 * are not UTF-8, NUL characters, endless lines. What comes before a fault is handed out first.
 */
final class Utf8Text implements AutoCloseable {
  /** Bytes that a line, and a row, may have. */
  static final int LINE_LIMIT = 1 << 22;

  /** Eight bytes of an array as one long. */
  static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long SHIFT_OUTS = 0x0e0e0e0e0e0e0e0eL;

  /** The byte-order mark. */
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Bytes that stand for nothing in windows-1252. */
  private static final String NOT_WINDOWS = "\u0081\u008D\u008F\u0090\u009D";

  private static final int INCOMPLETE = 0;
  private static final int MALFORMED = -1;
  private static final int LONGEST_CHARACTER = 4;

  private final InputStream in;
  private final Place place;

  /** The first bytes of a character that was not read to its end. */
  private final byte[] cut = new byte[LONGEST_CHARACTER];

  private int cutLength;
  private boolean begun;
  private boolean ended;
  private InputException fault;
  private byte last;
  private long line = 1;

  /** Bytes and continuation bytes of the line that has begun. */
  private long bytesOfLine;

  private long continuations;

  /** Whether a character of several bytes was read. */
  private boolean multibyte;

  /**
   * @param in closed with this
   * @param place the file
   */
  Utf8Text(InputStream in, Place place) {
    this.in = in;
    this.place = place;
  }

  /**
   * Reads some bytes.
   *
   * @param length room for them, from {@value #LONGEST_CHARACTER}
   * @return how many, at least 1, or −1 at the end
   * @throws InputException where the text has a fault
   */
  int read(byte[] into, int offset, int length) throws IOException {
    while (true) {
      if (fault != null) {
        throw fault;
      }
      if (ended) {
        return -1;
      }
      System.arraycopy(cut, 0, into, offset, cutLength);
      int count = in.read(into, offset + cutLength, length - cutLength);
      ended = count < 0;
      int filled = cutLength + Math.max(0, count);
      cutLength = 0;
      if (!begun && filled < MARK.length && !ended) {
        cutOff(into, offset, filled);
        continue;
      }
      if (!begun && startsWithMark(into, offset, filled)) {
        filled -= MARK.length;
        System.arraycopy(into, offset + MARK.length, into, offset, filled);
      }
      begun = true;
      int good = check(into, offset, offset + filled) - offset;
      if (good > 0) {
        return good;
      }
    }
  }

  private static boolean startsWithMark(byte[] text, int at, int length) {
    return length >= MARK.length && Arrays.equals(text, at, at + MARK.length, MARK, 0, MARK.length);
  }

  /** Keeps bytes for the next time. */
  private void cutOff(byte[] text, int at, int length) {
    System.arraycopy(text, at, cut, 0, length);
    cutLength = length;
  }

  /**
   * Counts lines and looks for faults.
   *
   * @return where the bytes end that can be handed out
   */
  private int check(byte[] text, int from, int to) {
    int lineFrom = from;
    int i = from;
    while (i < to) {
      if (i + Long.BYTES <= to && isPlain((long) EIGHT.get(text, i))) {
        i += Long.BYTES;
        continue;
      }
      byte b = text[i];
      if (b == '\n' || b == '\r') {
        byte before = i == from ? last : text[i - 1];
        if (tooLong(i - lineFrom)) {
          return lineFrom + (int) (LINE_LIMIT - bytesOfLine);
        }
        line += b == '\n' && before == '\r' ? 0 : 1;
        bytesOfLine = 0;
        continuations = 0;
        lineFrom = ++i;
      } else if (b > 0) {
        i++;
      } else if (b == 0) {
        return fault(text, lineFrom, i, "text", "a NUL byte", "save the file as UTF-8 text");
      } else {
        int length = characterLength(text, i, to);
        if (length == INCOMPLETE && !ended) {
          cutOff(text, i, to - i);
          to = i;
        } else if (length <= 0) {
          String found = String.format(Locale.ROOT, "the byte 0x%02X", b & 0xff);
          return fault(text, lineFrom, i, "UTF-8 text", found, choices(b));
        } else {
          continuations += length - 1;
          multibyte = true;
          i += length;
        }
      }
    }
    if (tooLong(to - lineFrom)) {
      return lineFrom + (int) (LINE_LIMIT - bytesOfLine);
    }
    bytesOfLine += to - lineFrom;
    last = to > from ? text[to - 1] : last;
    return to;
  }

  /** A text in which nothing was UTF-8 so far may well be one of an older Windows. */
  private String[] choices(byte found) {
    return multibyte || NOT_WINDOWS.indexOf(found & 0xff) >= 0
        ? new String[] {"save the file as UTF-8"}
        : new String[] {"--encoding windows-1252", "save the file as UTF-8"};
  }

  /** Whether eight bytes are ASCII and none of them is a control character up to 0x0D. */
  private static boolean isPlain(long eight) {
    return ((eight | eight - SHIFT_OUTS) & HIGH_BITS) == 0;
  }

  private boolean tooLong(int further) {
    if (bytesOfLine + further > LINE_LIMIT) {
      fault =
          InputException.of(place.line(line), "at most " + LINE_LIMIT + " bytes a line", "more");
    }
    return fault != null;
  }

  private int fault(
      byte[] text, int lineFrom, int at, String expected, String found, String... choices) {
    long character = bytesOfLine + (at - lineFrom) - continuations + 1;
    fault = InputException.of(place.character(line, character), expected, found, choices);
    return at;
  }

  /**
   * Length of the character of several bytes that begins here; {@link #INCOMPLETE} where the bytes
   * end within it, {@link #MALFORMED} where there is none (Unicode 15.0, table 3-7).
   */
  private static int characterLength(byte[] text, int at, int to) {
    int first = text[at] & 0xff;
    int length = first < 0xC2 ? MALFORMED : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length == MALFORMED || first > 0xF4) {
      return MALFORMED;
    }
    for (int i = 1; i < length; i++) {
      if (at + i >= to) {
        return INCOMPLETE;
      }
      int low = i > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
      int high = i > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
      int next = text[at + i] & 0xff;
      if (next < low || next > high) {
        return MALFORMED;
      }
    }
    return length;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
