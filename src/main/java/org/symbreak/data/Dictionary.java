package org.symbreak.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The different texts of a column, numbered in the order in which they were first seen, up to a
 * size.
 */
final class Dictionary {
  /** Different texts that are told apart in a column, and characters in all of them together. */
  static final int VALUE_LIMIT = 10_000;

  static final int CHARACTER_LIMIT = 1 << 18;

  /** The number of every text that did not fit. */
  static final int BEYOND = VALUE_LIMIT;

  private final Map<String, Integer> codes = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private int characters;

  /**
   * The text's number, from 0; {@link #BEYOND} where the dictionary was full before the text was
   * first seen.
   */
  int code(String text) {
    Integer known = codes.get(text);
    if (known != null) {
      return known;
    }
    if (texts.size() == VALUE_LIMIT || characters + text.length() > CHARACTER_LIMIT) {
      characters =
          CHARACTER_LIMIT; // once full it stays full, so that which texts fit does not depend on
      // their lengths
      return BEYOND;
    }
    characters += text.length();
    codes.put(text, texts.size());
    texts.add(text);
    return texts.size() - 1;
  }

  /** Number of texts that fit. */
  int size() {
    return texts.size();
  }

  /** The text of this number, which is none for {@link #BEYOND}. */
  String text(int code) {
    return code == BEYOND ? "" : texts.get(code);
  }
}
