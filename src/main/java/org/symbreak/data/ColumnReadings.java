package org.symbreak.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Columns whose cells are read otherwise than as plain numbers and, failing that, texts; and why,
 * where the program decided so.
 */
final class ColumnReadings {
  private final Map<String, Notation> notations = new HashMap<>();
  private final Map<String, String> why = new LinkedHashMap<>();
  private final Map<String, String> examples = new HashMap<>();
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

  /** From now on as texts; nothing need be said. */
  void texts(String column) {
    notations.put(column, null);
  }

  /**
   * From now on as texts.
   *
   * @param reason in words that follow "is read as"
   * @param example the text of a cell
   */
  void texts(String column, String reason, String example) {
    notations.put(column, null);
    say(column, reason, example);
  }

  /**
   * From now on as numbers of this notation.
   *
   * @param reason in words that follow "is read as"; null where it is said later
   * @param example the text of a cell
   */
  void numbers(String column, Notation notation, String reason, String example) {
    notations.put(column, notation);
    say(column, reason, example);
  }

  private void say(String column, String reason, String example) {
    if (reason != null) {
      why.put(column, reason);
      examples.put(column, example);
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

  /**
   * A sentence for all columns that share a reason.
   *
   * @param learned columns that something is learned from; of others nothing is said
   */
  List<String> notices(Set<String> learned) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    why.forEach(
        (column, reason) -> columns.computeIfAbsent(reason, r -> new ArrayList<>()).add(column));
    List<String> notices = new ArrayList<>();
    told.forEach(
        (column, sentence) -> {
          if (learned.contains(column)) {
            notices.add(sentence);
          }
        });
    columns.forEach(
        (reason, all) -> {
          List<String> names = all.stream().filter(learned::contains).toList();
          if (!names.isEmpty()) {
            notices.add(
                Place.columns(names)
                    + (names.size() == 1 ? " is read as " : " are read as ")
                    + reason
                    + ", such as "
                    + Place.quoted(examples.get(names.get(0))));
          }
        });
    return notices;
  }
}
