package org.symbreak.source;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A table as UTF-8 text, and what its format says beyond the text. Lines keep the numbers that they
 * have in the file.
 *
 * @param text the rows; to be closed
 * @param columns the columns' names where the format tells them; empty where the text has a header,
 *     or none
 * @param categories those of these columns that hold categories, whatever they look like
 */
public record TableText(InputStream text, List<String> columns, Set<String> categories) {
  public TableText {
    Objects.requireNonNull(text, "text");
    columns = List.copyOf(columns);
    categories = Set.copyOf(categories);
  }

  /** A text whose format is the user's business. */
  static TableText plain(InputStream text) {
    return new TableText(text, List.of(), Set.of());
  }

  /**
   * Whether the text is written with commas, double quotes around cells where needed, decimal
   * points and nothing in missing cells, and has no header; else it is written as the user says.
   */
  public boolean isConverted() {
    return !columns.isEmpty();
  }
}
