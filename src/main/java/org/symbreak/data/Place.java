package org.symbreak.data;

import org.symbreak.problem.Printable;
import org.symbreak.source.TableFile;

/**
 * Where in a file something stands, in the words of a message.
 *
 * @param file as the user named it
 */
record Place(String file) {
  Place {
    file = TableFile.title(file);
  }

  private static final int SHOWN = 60;

  String line(long line) {
    return file + " line " + line;
  }

  String character(long line, long character) {
    return line(line) + ", character " + character;
  }

  String cell(long line, String column) {
    return line(line) + ", column " + quoted(column);
  }

  String column(String column) {
    return file + ", column " + quoted(column);
  }

  /** A text of the file in single quotes, printable and cut to a length for reading. */
  static String quoted(String text) {
    return "'" + shown(text) + "'";
  }

  /** A text of the file, printable and cut to a length for reading. */
  static String shown(String text) {
    return Printable.of(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
  }
}
