package org.symbreak.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Different texts, numbered from 0, that are found by their UTF-8 bytes where these lie, so that
 * looking up makes no object. A hash table with open addressing, at most half full.
 */
final class Texts {
  private byte[][] texts = new byte[8][];
  private int[] hashes = new int[8];
  private int size;

  /** Numbers of texts, each plus 1; 0 where there is none. */
  private int[] slots = new int[16];

  /**
   * @param texts each once
   */
  static Texts of(List<String> texts) {
    Texts all = new Texts();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      all.add(bytes, 0, bytes.length);
    }
    return all;
  }

  int size() {
    return size;
  }

  String text(int number) {
    return new String(texts[number], StandardCharsets.UTF_8);
  }

  /** The number of a text, −1 where it is none of these. */
  int find(byte[] bytes, int from, int to) {
    int hash = hash(bytes, from, to);
    for (int slot = hash & slots.length - 1; ; slot = slot + 1 & slots.length - 1) {
      int number = slots[slot] - 1;
      if (number < 0
          || hashes[number] == hash
              && Arrays.equals(texts[number], 0, texts[number].length, bytes, from, to)) {
        return number;
      }
    }
  }

  /** Adds a text that {@link #find} does not find. */
  void add(byte[] bytes, int from, int to) {
    if (size == texts.length) {
      texts = Arrays.copyOf(texts, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
      slots = new int[2 * slots.length];
      for (int number = 0; number < size; number++) {
        place(number);
      }
    }
    texts[size] = Arrays.copyOfRange(bytes, from, to);
    hashes[size] = hash(bytes, from, to);
    place(size++);
  }

  private void place(int number) {
    int slot = hashes[number] & slots.length - 1;
    while (slots[slot] > 0) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = number + 1;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash *= 0x9E3779B9; // so that the low bits depend on all of them (Knuth, TAOCP 3, section 6.4)
    return hash ^ hash >>> 16;
  }
}
