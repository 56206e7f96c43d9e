package org.symbreak.data;

/**
 * Text that a spreadsheet would take for a formula, made harmless where it is written for one: an
 * apostrophe before it, which spreadsheets hide. Numbers and single signs are no formulas and stay
 * as they are.
 */
public final class SpreadsheetText {
  private SpreadsheetText() {}

  /** The text, or the text behind an apostrophe where it begins with =, +, - or @. */
  public static String harmless(String text) {
    return isFormula(text) ? "'" + text : text;
  }

  /** Whether a cell says this, as it is or made harmless. */
  static boolean says(String cell, String text) {
    return cell.equals(text) || cell.equals(harmless(text));
  }

  private static boolean isFormula(String text) {
    return text.length() > 1
        && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
        && !text.matches("[+-]?(\\d+([.,]\\d*)?|[.,]\\d+)([eE][+-]?\\d+)?\\s*%?");
  }
}
