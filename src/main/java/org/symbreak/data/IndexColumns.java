package org.symbreak.data;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Columns that number the rows, as programs write them beside the data: told by their name, or for
 * want of one, and by whole numbers that fill a range nearly without gaps. In a file whose rows
 * were shuffled or sorted by class they would foretell the label.
 */
final class IndexColumns {
  /** By how much the range may be wider than there are rows. */
  private static final double GAPS = 1.1;

  /** Of a column without a name: it stays an index where rows were set aside for a test. */
  private static final double GAPS_OF_NAMELESS = 2;

  private static final Set<String> NAMES =
      Set.of(
          "id",
          "index",
          "idx",
          "rownames",
          "rowname",
          "rownumber",
          "rowid",
          "row",
          "x",
          "level0",
          "");

  /** pandas calls the second column of a name a.1, and R's read.csv names a nameless one X. */
  private static final Pattern COPY = Pattern.compile("\\.\\d+$");

  private static final Pattern UNNAMED = Pattern.compile("Unnamed: \\d+(\\.\\d+)?");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[ ._-]");

  private IndexColumns() {}

  /** Numbers of the table's columns that are such, in their order. */
  static int[] in(RawTable table) {
    return IntStream.range(0, table.columns().size())
        .filter(column -> isIndex(table, column))
        .toArray();
  }

  private static boolean isIndex(RawTable table, int column) {
    String name = table.columns().get(column);
    boolean nameless = table.isNameless(column) || UNNAMED.matcher(name).matches();
    String original = COPY.matcher(name.toLowerCase(Locale.ROOT)).replaceFirst("");
    String bare = BETWEEN_WORDS.matcher(original).replaceAll("");
    return (nameless || NAMES.contains(bare))
        && fillsRange(table, column, nameless ? GAPS_OF_NAMELESS : GAPS);
  }

  private static boolean fillsRange(RawTable table, int column, double gaps) {
    int rows = table.rows();
    if (rows < Dataset.FEWEST_ROWS || table.numbers(column) < rows) {
      return false;
    }
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < rows; row++) {
      double number = Double.longBitsToDouble(table.cell(row, column));
      min = Math.min(min, number);
      max = Math.max(max, number);
    }
    if (max - min >= gaps * rows || min != Math.rint(min)) {
      return false;
    }
    BitSet seen = new BitSet((int) (max - min) + 1);
    for (int row = 0; row < rows; row++) {
      double ahead = Double.longBitsToDouble(table.cell(row, column)) - min;
      if (ahead != Math.rint(ahead) || seen.get((int) ahead)) {
        return false;
      }
      seen.set((int) ahead);
    }
    return true;
  }
}
