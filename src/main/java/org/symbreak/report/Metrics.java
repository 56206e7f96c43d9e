package org.symbreak.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.symbreak.data.StrictCsvRecordReader;
import org.symbreak.problem.InputException;

/** The columns of a run's metrics.csv, thinned to what a chart can show. */
final class Metrics {
  private static final int ROWS = 1200;

  private Metrics() {}

  /**
   * @return a list of numbers a column; null where a cell is empty or not finite
   */
  static Map<String, List<Double>> read(Path file) {
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    List<List<String>> rows;
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.size(file) == 0) {
        return columns;
      }
      rows = StrictCsvRecordReader.readAll(file.toString(), in);
    } catch (IOException e) {
      throw InputException.of(file.toString(), "the metrics of a run", "a file that is damaged");
    }
    for (int j = 0; j < rows.get(0).size(); j++) {
      int column = j;
      List<Double> values =
          rows.stream().skip(1).map(row -> number(row.get(column))).collect(Collectors.toList());
      columns.put(rows.get(0).get(j), values);
    }
    columns.replaceAll((name, values) -> thinned(values));
    return columns;
  }

  private static Double number(String cell) {
    try {
      double value = Double.parseDouble(cell);
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * Every row where there are few; else rows evenly spread over the axis of log(1 + row), the last
   * one included.
   */
  private static List<Double> thinned(List<Double> values) {
    if (values.size() <= ROWS) {
      return values;
    }
    List<Double> kept = new ArrayList<>();
    int last = -1;
    for (int i = 0; i < ROWS; i++) {
      int row = (int) Math.round(Math.expm1(Math.log1p(values.size() - 1.0) * i / (ROWS - 1)));
      if (row > last) {
        kept.add(values.get(row));
        last = row;
      }
    }
    return kept;
  }
}
