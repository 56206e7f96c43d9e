package org.symbreak.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text under headings, for people: the first column and words flush left, figures flush
 * right.
 */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    this(List.of(headings));
  }

  Table(List<String> headings) {
    rows.add(List.copyOf(headings));
  }

  /**
   * @param cells as many as headings
   * @return this
   */
  Table row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    if (row.size() != rows.get(0).size()) {
      throw new IllegalArgumentException("expected " + rows.get(0).size() + " cells, found " + row);
    }
    rows.add(row);
    return this;
  }

  /** Lines without trailing blanks, no newline at the end. */
  @Override
  public String toString() {
    int columns = rows.get(0).size();
    int[] width = new int[columns];
    boolean[] figures = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      figures[column] = column > 0;
      for (int row = 0; row < rows.size(); row++) {
        String cell = rows.get(row).get(column);
        width[column] = Math.max(width[column], cell.length());
        figures[column] &= row == 0 || isFigure(cell);
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String blanks = " ".repeat(width[column] - row.get(column).length());
        line.append(column == 0 ? "" : GAP)
            .append(figures[column] ? blanks + row.get(column) : row.get(column) + blanks);
      }
      text.append(text.isEmpty() ? "" : System.lineSeparator())
          .append(line.toString().stripTrailing());
    }
    return text.toString();
  }

  private static boolean isFigure(String cell) {
    return cell.isEmpty()
        || cell.equals(Figure.NONE)
        || Character.isDigit(cell.charAt(0))
        || cell.length() > 1 && "-+<".indexOf(cell.charAt(0)) >= 0;
  }
}
