package org.symbreak.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;

/**
 * The rows of a CSV file of nothing but numbers, as they stand: for networks that come without a
 * pipeline. Not thread safe.
 */
public final class NumberRows implements AutoCloseable {
  private final Place place;
  private final StrictCsvRecordReader reader;
  private final CsvRows rows;
  private final int[] columns;
  private final double[] numbers;

  /**
   * @param numbers how many columns of numbers there must be
   * @param leftOut a further column that is none of them, such as the label's; null without one
   * @throws InputException where the file cannot be read or has another number of columns
   */
  public NumberRows(Path file, CsvFormat format, int numbers, String leftOut) {
    this.place = new Place(file.toString());
    this.numbers = new double[numbers];
    this.reader = StrictCsvRecordReader.of(file, format, List.of(), null);
    this.rows = reader.cells();
    try {
      int without = leftOut == null ? -1 : position(leftOut);
      this.columns =
          IntStream.range(0, rows.names().size()).filter(column -> column != without).toArray();
      if (columns.length != numbers) {
        throw InputException.of(
            place.file(),
            numbers
                + " columns of numbers, one an input of the network"
                + (leftOut == null
                    ? ", or --label to name one that is none"
                    : ", besides " + Place.quoted(leftOut)),
            String.valueOf(columns.length),
            rows.guess().stream().toArray(String[]::new));
      }
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private int position(String name) {
    int position = rows.names().indexOf(name);
    if (position < 0) {
      throw InputException.of(
          place.file(),
          "a column " + Place.quoted(name),
          "none of that name",
          rows.guess()
              .map(List::of)
              .orElse(Nearest.names(name, rows.names(), 3))
              .toArray(String[]::new));
    }
    return position;
  }

  /**
   * Goes to the next row.
   *
   * @return whether there is one
   * @throws InputException where a cell holds no finite number, with the place
   */
  public boolean next() {
    if (!rows.next()) {
      return false;
    }
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      numbers[i] = rows.number(columns[i]);
      if (!Double.isFinite(numbers[i])) {
        problems.add(
            new Problem(
                place.cell(rows.line(), rows.names().get(columns[i])),
                "a number",
                Place.quoted(rows.cell(columns[i]))));
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return true;
  }

  /** The current row's numbers; the same array for each row. */
  public double[] numbers() {
    return numbers;
  }

  @Override
  public void close() {
    reader.close();
  }
}
