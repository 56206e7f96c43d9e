package org.symbreak.data;

import java.util.Locale;
import java.util.Optional;

/**
 * A number of nines, such as −999, that many cells of a column have and that lies far from all
 * others: it may stand for missing cells.
 *
 * @param number the number
 * @param share of the cells that have it
 * @param least of the other numbers
 * @param largest of the other numbers
 */
record StrayNumber(double number, double share, double least, double largest) {
  private static final int FEWEST = 3;
  private static final int DIGITS = 4;

  /**
   * The stray number of a column, at one of its ends, further from the others than these are from
   * each other.
   *
   * @param sorted the column's numbers
   */
  static Optional<StrayNumber> in(double[] sorted) {
    int last = sorted.length - 1;
    if (last < 2 * FEWEST) {
      return Optional.empty();
    }
    int least = 0;
    while (least < last && sorted[least] == sorted[0]) {
      least++;
    }
    int largest = last;
    while (largest > 0 && sorted[largest] == sorted[last]) {
      largest--;
    }
    if (isStray(sorted[0], least, sorted[least], sorted[last])) {
      return Optional.of(
          new StrayNumber(sorted[0], (double) least / sorted.length, sorted[least], sorted[last]));
    }
    return isStray(sorted[last], last - largest, sorted[largest], sorted[0])
        ? Optional.of(
            new StrayNumber(
                sorted[last],
                (double) (last - largest) / sorted.length,
                sorted[0],
                sorted[largest]))
        : Optional.empty();
  }

  /**
   * @param nearest of the others
   * @param furthest of the others
   */
  private static boolean isStray(double number, int cells, double nearest, double furthest) {
    return cells >= FEWEST
        && nearest != furthest
        && Math.abs(number - nearest) > Math.abs(furthest - nearest)
        && Clothes.rounded(Math.abs(number), 15).matches("9{2,}");
  }

  /** A sentence on it. */
  String notice(String column) {
    return String.format(
        Locale.ROOT,
        "column %s: %s in %.1f %% of the training rows lies far from all others (%s to %s); if it"
            + " stands for missing cells, name it with --missing as the file writes it",
        Place.quoted(column),
        Clothes.rounded(number, DIGITS),
        100 * share,
        Clothes.rounded(least, DIGITS),
        Clothes.rounded(largest, DIGITS));
  }
}
