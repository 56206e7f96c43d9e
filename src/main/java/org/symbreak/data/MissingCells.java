package org.symbreak.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What becomes of missing cells, and which texts may be meant for such, gathered column by column.
 */
final class MissingCells {
  private static final int LISTED = 10;

  /**
   * In lower case, what pandas reads as missing (read_csv, na_values), and a question mark, a point
   * or a hyphen alone. None of them is missing here unless it is told so: a column of names may
   * have them as values, and a computation that went wrong writes NaN.
   */
  private static final Set<String> USUAL =
      Set.of(
          "?",
          ".",
          "-",
          "--",
          "\u2212",
          "\u2013",
          "\u2014",
          "na",
          "n/a",
          "#n/a",
          "#n/a n/a",
          "#na",
          "<na>",
          "nan",
          "-nan",
          "null",
          "none",
          "1.#ind",
          "-1.#ind",
          "1.#qnan",
          "-1.#qnan");

  private final List<String> marks;
  private final List<String> imputed = new ArrayList<>();
  private final List<String> ownValue = new ArrayList<>();
  private final List<String> suspects = new ArrayList<>();
  private final Set<String> suspectTexts = new LinkedHashSet<>();

  /**
   * @param marks texts that stand for missing cells in the file
   */
  MissingCells(List<String> marks) {
    this.marks = marks;
  }

  /** Whether a text often means a missing cell. */
  static boolean isUsual(String text) {
    return USUAL.contains(text.toLowerCase(Locale.ROOT));
  }

  void addNumber(String column, ColumnProfile profile) {
    if (profile.missing() > 0) {
      imputed.add(Place.shown(column) + share(profile.missing(), profile));
    }
  }

  void addCategory(String column, ColumnProfile profile, Dictionary dictionary) {
    if (profile.missing() > 0) {
      ownValue.add(Place.shown(column) + share(profile.missing(), profile));
    }
    for (int code = 0; code < dictionary.size(); code++) {
      String text = dictionary.text(code);
      if (profile.count(code) > 0 && isUsual(text)) {
        suspects.add(
            Place.quoted(text)
                + " in "
                + Place.shown(column)
                + share(profile.count(code), profile));
        suspectTexts.add(text);
      }
    }
  }

  private static String share(int cells, ColumnProfile profile) {
    return String.format(Locale.ROOT, " (%.1f %%)", 100.0 * cells / profile.rows());
  }

  /** A sentence each, none where nothing is missing. */
  List<String> notices() {
    List<String> notices = new ArrayList<>();
    if (!imputed.isEmpty()) {
      notices.add("missing cells take the column's median: " + listed(imputed, "columns"));
    }
    if (!ownValue.isEmpty()) {
      notices.add("missing cells are a value of their own: " + listed(ownValue, "columns"));
    }
    if (!suspects.isEmpty()) {
      notices.add(
          "texts that often mean a missing cell are values: "
              + listed(suspects, "of them")
              + "; "
              + MissingMarks.option(marks, suspectTexts)
              + " makes them missing");
    }
    return notices;
  }

  private static String listed(List<String> all, String what) {
    String first = String.join(", ", all.subList(0, Math.min(LISTED, all.size())));
    return first + (all.size() > LISTED ? " and " + (all.size() - LISTED) + " more " + what : "");
  }
}
