package org.symbreak.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns whose cells are read otherwise than as plain numbers and, failing that, texts; and why,
 * where the program decided so.
 */
final class ColumnReadings {
  private final Map<String, Notation> notations = new HashMap<>();
  private final Map<String, String> why = new LinkedHashMap<>();
  private final Map<String, String> told = new LinkedHashMap<>();

  /** These columns as texts, as the user said. */
  ColumnReadings(List<String> texts) {
    texts.forEach(name -> notations.put(name, null));
  }

  /** As a fitted pipeline reads them. */
  static ColumnReadings of(List<FittedColumn> columns) {
    ColumnReadings readings = new ColumnReadings(List.of());
    for (FittedColumn column : columns) {
      if (column instanceof FittedCategory) {
        readings.notations.put(column.name(), null);
      } else if (column instanceof FittedNumber number && number.notation() != null) {
        readings.notations.put(column.name(), number.notation());
      }
    }
    return readings;
  }

  /**
   * @param reason in words that follow the column's name; null where nothing need be said
   */
  void texts(String column, String reason) {
    put(column, null, reason);
  }

  void numbers(String column, Notation notation, String reason) {
    put(column, notation, reason);
  }

  private void put(String column, Notation notation, String reason) {
    notations.put(column, notation);
    if (reason != null) {
      why.put(column, reason);
    }
  }

  boolean isText(String column) {
    return notations.containsKey(column) && notations.get(column) == null;
  }

  /** Null for plain numbers or texts. */
  Notation notation(String column) {
    return notations.get(column);
  }

  /** Something else about a column, a sentence of its own. */
  void tell(String column, String sentence) {
    told.put(column, sentence);
  }

  /** A sentence for all columns that share a reason. */
  List<String> notices() {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    why.forEach(
        (column, reason) -> columns.computeIfAbsent(reason, r -> new ArrayList<>()).add(column));
    List<String> notices = new ArrayList<>(told.values());
    columns.forEach((reason, names) -> notices.add(Place.columns(names) + " " + reason));
    return notices;
  }
}
