package org.symbreak.problem;

/** Text from a file, made fit to be shown: with nothing in it that a terminal would obey. */
public final class Printable {
  private Printable() {}

  /** The text with control and format characters (line ends among them) written as escapes. */
  public static String of(String text) {
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean obeyed = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
      if (obeyed && shown == null) {
        shown = new StringBuilder(text.substring(0, i));
      }
      if (shown != null) {
        shown.append(obeyed ? escape(c) : String.valueOf(c));
      }
    }
    return shown == null ? text : shown.toString();
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04x", (int) c);
    };
  }
}
