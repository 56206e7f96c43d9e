package org.symbreak.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * One run in a ledger, as text.
 *
 * @param cells one a {@link Column}, in its order; empty where there is no value
 */
public record LedgerRow(List<String> cells) {
  public LedgerRow {
    cells = List.copyOf(cells);
    if (cells.size() != Column.values().size()) {
      throw new IllegalArgumentException(
          "a row has " + Column.values().size() + " cells, found " + cells.size());
    }
  }

  /** A row of values by column; those that are missing stay empty. */
  static LedgerRow of(Map<Column, String> values) {
    List<String> cells = new ArrayList<>(Collections.nCopies(Column.values().size(), ""));
    values.forEach((column, value) -> cells.set(column.ordinal(), value));
    return new LedgerRow(cells);
  }

  /** The cells as a JSON array; {@link #fromJson} gives an equal row back. */
  public String toJson() {
    return FiniteJson.write(cells);
  }

  /** Reads what {@link #toJson} wrote. */
  public static LedgerRow fromJson(String json) {
    try {
      return new LedgerRow(List.of(new ObjectMapper().readValue(json, String[].class)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a row: " + json, e);
    }
  }

  /** The text of a cell; empty where there is no value. */
  public String text(Column column) {
    return cells.get(column.ordinal());
  }

  /** The number of a cell; NaN where there is none. */
  public double number(Column column) {
    String text = text(column);
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }

  /**
   * The number of a cell; infinite where there is none: so do runs count that diverged or never
   * arrived.
   */
  public double numberOrInfinite(Column column) {
    String text = text(column);
    return text.isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  public boolean failed() {
    return text(Column.FAILED).equals("1");
  }
}
