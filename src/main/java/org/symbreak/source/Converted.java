package org.symbreak.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The lines of a file in another format, each made a line of cells between commas, so that every
 * row keeps the number of its line.
 */
abstract class Converted extends InputStream {
  private byte[] line = new byte[0];
  private int at;

  /** The next line, bytes as characters, empty where there is no row in it; null at the end. */
  abstract String next() throws IOException;

  @Override
  public final int read(byte[] into, int offset, int length) throws IOException {
    if (at == line.length) {
      String text = next();
      if (text == null) {
        return -1;
      }
      line = (text + '\n').getBytes(StandardCharsets.ISO_8859_1);
      at = 0;
    }
    int count = Math.min(length, line.length - at);
    System.arraycopy(line, at, into, offset, count);
    at += count;
    return count;
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Cells between commas, in quotes where needed. */
  static String row(List<String> cells) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      row.append(i == 0 ? "" : ",");
      if (cell.indexOf(',') >= 0 || cell.indexOf('"') >= 0) {
        row.append('"').append(cell.replace("\"", "\"\"")).append('"');
      } else {
        row.append(cell);
      }
    }
    return row.toString();
  }
}
