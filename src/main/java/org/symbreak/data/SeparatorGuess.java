package org.symbreak.data;

import java.util.Optional;

/**
 * Which separator a file may be written with, where the one that was expected stands nowhere in its
 * first row. Only ever offered to the user: a table of one column is a table, too.
 */
final class SeparatorGuess {
  private static final String USUAL = ";\t|,";

  private SeparatorGuess() {}

  /**
   * @param cell the only one of the first row
   * @param expected the separator that it was read with
   * @return the usual separator that stands in it most often, in the words of a choice
   */
  static Optional<String> from(String cell, char expected) {
    return USUAL
        .chars()
        .filter(separator -> separator != expected && cell.indexOf(separator) >= 0)
        .boxed()
        .max(
            (a, b) ->
                Long.compare(
                    cell.chars().filter(c -> c == a).count(),
                    cell.chars().filter(c -> c == b).count()))
        .map(separator -> "one column only; did you mean " + option((char) (int) separator) + "?");
  }

  /** The option for a character that stands where a separator belongs, if it usually is one. */
  static Optional<String> asOption(int found) {
    return USUAL.indexOf(found) >= 0 ? Optional.of(option((char) found)) : Optional.empty();
  }

  private static String option(char separator) {
    return "--separator " + (separator == '\t' ? "tab" : "'" + separator + "'");
  }
}
