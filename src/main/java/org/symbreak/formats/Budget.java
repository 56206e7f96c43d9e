package org.symbreak.formats;

import java.util.Locale;
import org.symbreak.guard.EntryPlace;

/**
 * How much may be made of one file, by this JVM's memory, so that reading never ends in an
 * OutOfMemoryError.
 */
final class Budget {
  private static final long MEMORY = Runtime.getRuntime().maxMemory();

  /** Things of which each is an object: nodes, names, tensors. */
  private static final int MOST_ITEMS = (int) Math.min(1 << 20, MEMORY >> 11);

  /** A number is held three times at the most: as read, by unit, and as it is measured. */
  private static final long MOST_NUMBERS = MEMORY >> 6;

  private int items;
  private long numbers;

  /** Bytes that a file may have: it is held whole. */
  static long longestFile() {
    return Math.min(Integer.MAX_VALUE - 16L, MEMORY >> 2);
  }

  /**
   * @throws org.symbreak.problem.InputException where the file has too many parts
   */
  void item(EntryPlace place) {
    if (++items > MOST_ITEMS) {
      throw place.refusal(
          "at most " + MOST_ITEMS + " nodes, tensors and names with this memory (-Xmx)", "more");
    }
  }

  /**
   * To be asked before numbers are allocated.
   *
   * @throws org.symbreak.problem.InputException where there are too many in all
   */
  void numbers(EntryPlace place, long count) {
    numbers += count;
    if (count < 0 || numbers > MOST_NUMBERS) {
      throw place.refusal(
          String.format(Locale.ROOT, "at most %d numbers with this memory (-Xmx)", MOST_NUMBERS),
          String.valueOf(numbers));
    }
  }
}
