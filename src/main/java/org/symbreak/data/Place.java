package org.symbreak.data;

/**
 * Where in a file something stands, in the words of a message.
 *
 * @param file as the user named it
 */
record Place(String file) {
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

  /**
   * A text of the file in single quotes, cut to a length for reading, with nothing in it that a
   * terminal would obey.
   */
  static String quoted(String text) {
    StringBuilder shown = new StringBuilder("'");
    int length = Math.min(text.length(), SHOWN);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        default -> {
          if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            shown.append(String.format("\\u%04x", (int) c));
          } else {
            shown.append(c);
          }
        }
      }
    }
    return shown.append(text.length() > SHOWN ? "…'" : "'").toString();
  }
}
