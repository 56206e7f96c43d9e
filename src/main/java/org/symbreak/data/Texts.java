package org.symbreak.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Different texts, numbered from 0, that are found by their UTF-8 bytes where these lie, so that
 * looking up makes no object. A hash table with open addressing, at most half full, that tells
 * short texts by 64 bits: in a table of many columns each place in memory that is looked at waits
 * for it.
 */
final class Texts {
  /** Bytes up to which a text's key is the text. */
  private static final int SHORT = Long.BYTES - 1;

  /** In the first byte of a key: the length of a short text, or this. */
  private static final long LONG = 0xffL;

  private byte[][] texts = new byte[8][];
  private long[] keys = new long[8];
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
    long key = key(bytes, from, to);
    int mask = slots.length - 1;
    for (int slot = slot(key, mask); ; slot = slot + 1 & mask) {
      int number = slots[slot] - 1;
      if (number < 0
          || keys[number] == key
              && (to - from <= SHORT
                  || Arrays.equals(texts[number], 0, texts[number].length, bytes, from, to))) {
        return number;
      }
    }
  }

  /** Adds a text that {@link #find} does not find. */
  void add(byte[] bytes, int from, int to) {
    if (size == texts.length) {
      texts = Arrays.copyOf(texts, 2 * size);
      keys = Arrays.copyOf(keys, 2 * size);
      slots = new int[2 * slots.length];
      for (int number = 0; number < size; number++) {
        place(number);
      }
    }
    texts[size] = Arrays.copyOfRange(bytes, from, to);
    keys[size] = key(bytes, from, to);
    place(size++);
  }

  private void place(int number) {
    int mask = slots.length - 1;
    int slot = slot(keys[number], mask);
    while (slots[slot] > 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = number + 1;
  }

  /** Multiplied so that the slot depends on all bits (Knuth, TAOCP 3, section 6.4). */
  private static int slot(long key, int mask) {
    return (int) (key * 0x9E3779B97F4A7C15L >>> Integer.SIZE) & mask;
  }

  /** A text of up to {@value #SHORT} bytes and its length, or a hash of a longer one. */
  private static long key(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length <= SHORT) {
      return length == 0 ? 0 : piece(bytes, from, length) << Byte.SIZE | length;
    }
    long hash = length;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      hash = mixed(hash ^ (long) Utf8Text.EIGHT.get(bytes, i));
    }
    if (i < to) {
      hash = mixed(hash ^ piece(bytes, i, to - i));
    }
    return hash << Byte.SIZE | LONG;
  }

  /** Up to seven bytes as a number. */
  private static long piece(byte[] bytes, int from, int length) {
    if (from + Long.BYTES <= bytes.length) {
      return (long) Utf8Text.EIGHT.get(bytes, from) & (1L << Byte.SIZE * length) - 1;
    }
    long piece = 0;
    for (int i = length - 1; i >= 0; i--) {
      piece = piece << Byte.SIZE | bytes[from + i] & 0xff;
    }
    return piece;
  }

  private static long mixed(long hash) {
    long mixed = hash * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> Integer.SIZE;
  }
}
