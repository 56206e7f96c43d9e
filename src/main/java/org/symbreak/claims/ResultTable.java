package org.symbreak.claims;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Numbers in rows and columns. What there is not, or never came, is null.
 *
 * @param columns names; the first is what the rows differ in
 * @param rows each as long as the columns; text or numbers
 */
public record ResultTable(List<String> columns, List<List<Object>> rows) {
  public ResultTable {
    columns = List.copyOf(columns);
    rows =
        rows.stream().map(row -> Collections.unmodifiableList(new ArrayList<Object>(row))).toList();
  }

  /**
   * The same table over seeds: of numbers the median, what never came later than all others, and
   * how many there are where that is not all.
   *
   * @param seeds one a seed, of the same rows and columns; or nothing but nulls
   * @return null where there are none
   */
  static ResultTable overSeeds(List<ResultTable> seeds) {
    ResultTable first = seeds.get(0);
    if (first == null || seeds.size() == 1) {
      return first;
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < first.rows.size(); row++) {
      int at = row;
      rows.add(
          IntStream.range(0, first.columns.size())
              .mapToObj(column -> median(cells(seeds, at, column)))
              .toList());
    }
    return new ResultTable(first.columns, rows);
  }

  private static List<Object> cells(List<ResultTable> seeds, int row, int column) {
    List<Object> cells = new ArrayList<>();
    seeds.forEach(seed -> cells.add(seed.rows.get(row).get(column)));
    return cells;
  }

  private static Object median(List<Object> cells) {
    if (cells.stream().anyMatch(cell -> cell != null && !(cell instanceof Number))) {
      return cells.stream().distinct().count() == 1 ? cells.get(0) : "differs by seed";
    }
    double[] sorted =
        cells.stream()
            .mapToDouble(
                cell -> cell == null ? Double.POSITIVE_INFINITY : ((Number) cell).doubleValue())
            .sorted()
            .toArray();
    int half = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 || sorted[half - 1] == sorted[half]
            ? sorted[half]
            : (sorted[half - 1] + sorted[half]) / 2;
    long there = cells.stream().filter(cell -> cell != null).count();
    if (there == 0) {
      return null;
    }
    if (there == cells.size()) {
      return median;
    }
    return (Double.isFinite(median) ? Measurement.text(median) : "never")
        + " ("
        + there
        + " of "
        + cells.size()
        + ")";
  }
}
