package org.symbreak.data;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Counts, column by column, the rows of a file that hold what training has not prepared the network
 * for: a category that no training row held, or a number that is further outside the training range
 * than that range is wide. Rows are counted once they turn out to be without faults.
 */
final class UnseenInputs {
  private final Place place;
  private final List<FittedColumn> columns;
  private final long[] counts;
  private final String[] first;
  private final long[] firstLine;
  private final long[] missing;
  private final long[] firstMissing;
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
    this.missing = new long[columns.size()];
    this.firstMissing = new long[columns.size()];
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

  /** The current row lacks a cell in a column of which no training row lacked one. */
  void miss(int column) {
    see(column, null);
  }

  /** The current row is without faults. */
  void endRow(long line) {
    rows++;
    for (int i = 0; i < inRow; i++) {
      int column = ofRow[i];
      if (textsOfRow[i] == null) {
        if (missing[column]++ == 0) {
          firstMissing[column] = line;
        }
      } else if (counts[column]++ == 0) {
        first[column] = textsOfRow[i];
        firstLine[column] = line;
      }
    }
  }

  /** Counts what was seen in later rows. */
  void join(UnseenInputs later) {
    rows += later.rows;
    for (int column = 0; column < counts.length; column++) {
      if (counts[column] == 0) {
        first[column] = later.first[column];
        firstLine[column] = later.firstLine[column];
      }
      if (missing[column] == 0) {
        firstMissing[column] = later.firstMissing[column];
      }
      counts[column] += later.counts[column];
      missing[column] += later.missing[column];
    }
  }

  /** A sentence for each kind that a column had. */
  List<String> notices() {
    return IntStream.range(0, counts.length)
        .boxed()
        .flatMap(
            column ->
                Stream.of(
                    counts[column] > 0 ? notice(column) : null,
                    missing[column] > 0 ? missingNotice(column) : null))
        .filter(Objects::nonNull)
        .toList();
  }

  private String missingNotice(int column) {
    return ("%s: %d of %d rows have no value there, the first on line %d, and no "
            + "training row lacked one; they take the median, %s")
        .formatted(
            place.column(columns.get(column).name()),
            missing[column],
            rows,
            firstMissing[column],
            columns.get(column) instanceof FittedNumber number
                ? number.shown(number.median())
                : "");
  }

  private String notice(int column) {
    return "%s: %d of %d rows %s, the first %s on line %d%s"
        .formatted(
            place.column(columns.get(column).name()),
            counts[column],
            rows,
            columns.get(column) instanceof FittedNumber number
                ? "are further outside the training range, "
                    + number.shown(number.min())
                    + " to "
                    + number.shown(number.max())
                    + ", than it is wide"
                : "hold a category that no training row held",
            first[column].isEmpty() ? "an empty cell" : Place.quoted(first[column]),
            firstLine[column],
            columns.get(column) instanceof FittedNumber ? "" : "; they count as other");
  }
}
