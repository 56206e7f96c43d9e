package org.symbreak.data;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** When two texts of the label's column are the same class. */
final class LabelText {
  /** Words that mean what the numbers 1 and 0 do. */
  private static final Set<String> YES = Set.of("true", "t", "yes", "y", "on");

  private static final Set<String> NO = Set.of("false", "f", "no", "n", "off");

  private LabelText() {}

  /**
   * Equal for texts that are the same number, or the same word for true or false; quotes around
   * them, and how wide their characters are, make no difference.
   */
  static String key(String written) {
    String text = unquoted(Normalizer.normalize(written, Normalizer.Form.NFKC));
    String plain = text.replace('\u2212', '-');
    double point = NumberText.parse(plain, '.');
    double number = Double.isNaN(point) ? NumberText.parse(plain, ',') : point;
    if (Double.isFinite(number)) {
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? String.valueOf((long) number)
          : String.valueOf(number);
    }
    return isWord(text) ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static String unquoted(String text) {
    int last = text.length() - 1;
    return last > 1 && text.charAt(0) == text.charAt(last) && "'\"".indexOf(text.charAt(0)) >= 0
        ? text.substring(1, last).strip()
        : text;
  }

  /** Whether a text is a word for true or false, in which case makes no difference. */
  static boolean isWord(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return YES.contains(word) || NO.contains(word);
  }

  /** Equal, too, for 1 and the words for true, and for 0 and the words for false. */
  static String meaning(String text) {
    String key = looseKey(text);
    return YES.contains(key) ? "1" : NO.contains(key) ? "0" : key;
  }

  /** Equal, too, for texts that differ in case, blanks or a final full stop alone. */
  static String looseKey(String text) {
    StringBuilder letters = new StringBuilder();
    text.chars()
        .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
        .forEach(c -> letters.append((char) c));
    String bare = letters.toString().toLowerCase(Locale.ROOT);
    boolean stopped = bare.length() > 1 && bare.endsWith(".");
    return key(stopped ? bare.substring(0, bare.length() - 1) : bare);
  }
}
