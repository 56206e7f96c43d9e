package org.symbreak.data;

import java.util.List;
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
  private static final int LISTED = 10;

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

  /** Columns by name, in the words that a sentence begins with, cut to a length for reading. */
  static String columns(List<String> names) {
    return (names.size() == 1 ? "column " : "columns ") + listed(names);
  }

  /** Names of columns, cut to a length for reading. */
  static String listed(List<String> names) {
    String first =
        String.join(", ", names.stream().limit(LISTED).map(name -> quoted(name)).toList());
    return first
        + (names.size() > LISTED ? " and " + (names.size() - LISTED) + " more columns" : "");
  }

  /** An option with columns' names, fit to be pasted into a shell. */
  static String option(String option, List<String> names) {
    String list = String.join(",", names);
    return option
        + " "
        + (list.matches("[\\w./:=,+-]+") ? list : "'" + list.replace("'", "'\\''") + "'");
  }

  /** As {@link #option(String, List)}. */
  static String option(String option, String name) {
    return option(option, List.of(name));
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
