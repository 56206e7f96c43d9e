package org.symbreak.data;

import java.nio.charset.StandardCharsets;

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

  private final Texts texts = new Texts();
  private int characters;

  /** As {@link #code(byte[], int, int)}. */
  int code(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return code(bytes, 0, bytes.length);
  }

  /**
   * The text's number, from 0; {@link #BEYOND} where the dictionary was full before the text was
   * first seen.
   *
   * @param bytes hold the text, in UTF-8, between {@code from} and {@code to}
   */
  int code(byte[] bytes, int from, int to) {
    int known = texts.find(bytes, from, to);
    if (known >= 0) {
      return known;
    }
    int length = new String(bytes, from, to - from, StandardCharsets.UTF_8).length();
    if (texts.size() == VALUE_LIMIT || characters + length > CHARACTER_LIMIT) {
      // once full it stays full, so that which texts fit does not depend on their lengths
      characters = CHARACTER_LIMIT;
      return BEYOND;
    }
    characters += length;
    texts.add(bytes, from, to);
    return texts.size() - 1;
  }

  /** Number of texts that fit. */
  int size() {
    return texts.size();
  }

  /** The text of this number, which is none for {@link #BEYOND}. */
  String text(int code) {
    return code == BEYOND ? "" : texts.text(code);
  }
}
