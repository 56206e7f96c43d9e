package org.symbreak.claims;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers in rows and columns. What there is not is null.
 *
 * @param columns names; the first is what the rows differ in
 * @param rows each as long as the columns; text or numbers
 */
public record ResultTable(List<String> columns, List<List<Object>> rows) {
  public ResultTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(row -> (List<Object>) new ArrayList<>(row)).toList();
  }
}
