package org.symbreak.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts, column by column, the rows of a file that hold what training has not prepared the network
 * for: a category that no training row held, or a number that is further outside the training range
 * than that range is wide. Rows are counted once they turn out to be without faults.
 */
final class UnseenInputs {
  private static final int DIGITS = 4;

  /** Zeros up to which a number is written without an exponent. */
  private static final int PLAIN = 9;

  private final Place place;
  private final List<FittedColumn> columns;
  private final long[] counts;
  private final String[] first;
  private final long[] firstLine;
  private final int[] ofRow;
  private final String[] textsOfRow;
  private int inRow;
  private long rows;

  UnseenInputs(Place place, List<FittedColumn> columns) {
    this.place = place;
    this.columns = columns;
    this.counts = new long[columns.size()];
    this.first = new String[columns.size()];
    this.firstLine = new long[columns.size()];
    this.ofRow = new int[columns.size()];
    this.textsOfRow = new String[columns.size()];
  }

  void beginRow() {
    inRow = 0;
  }

  /** The current row's cell of a column is such a one. */
  void see(int column, String text) {
    ofRow[inRow] = column;
    textsOfRow[inRow++] = text;
  }

  /** The current row is without faults. */
  void endRow(long line) {
    rows++;
    for (int i = 0; i < inRow; i++) {
      int column = ofRow[i];
      if (counts[column]++ == 0) {
        first[column] = textsOfRow[i];
        firstLine[column] = line;
      }
    }
  }

  /** A sentence a column that had any. */
  List<String> notices() {
    return IntStream.range(0, counts.length)
        .filter(column -> counts[column] > 0)
        .mapToObj(this::notice)
        .toList();
  }

  private String notice(int column) {
    return "%s: %d of %d rows %s, the first %s on line %d%s"
        .formatted(
            place.column(columns.get(column).name()),
            counts[column],
            rows,
            columns.get(column) instanceof FittedNumber number
                ? "are further outside the training range, "
                    + rounded(number.min())
                    + " to "
                    + rounded(number.max())
                    + ", than it is wide"
                : "hold a category that no training row held",
            first[column].isEmpty() ? "an empty cell" : Place.quoted(first[column]),
            firstLine[column],
            columns.get(column) instanceof FittedNumber ? "" : "; they count as other");
  }

  private static String rounded(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
    return Math.abs(rounded.scale()) <= PLAIN ? rounded.toPlainString() : rounded.toString();
  }
}
