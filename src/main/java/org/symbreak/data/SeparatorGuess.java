package org.symbreak.data;

import java.util.List;
import java.util.Optional;

/**
 * Which separator a file may be written with, where the one that was expected stands nowhere in its
 * first row. Only ever offered to the user: a table of one column is a table, too.
 */
final class SeparatorGuess {
  private static final String USUAL = ";\t|,";
  private static final String UNUSUAL = "^~:&!#*/";

  private SeparatorGuess() {}

  /**
   * @param cell the only one of the first row
   * @param below what rows below it hold
   * @param expected the separator that it was read with
   * @return the usual separator that stands in it most often and in the rows below, else blanks,
   *     else another one that is in every row as often, in the words of a choice
   */
  static Optional<String> from(String cell, List<String> below, char expected) {
    if (isInEveryRow(expected, cell, below)) {
      return Optional.of(
          "one column only, as each row stands in quotes as a whole; sed 's/^\"//; s/\"$//;"
              + " s/\"\"/\"/g' takes them out");
    }
    Optional<Integer> blanks = blanks(cell, below, expected);
    return USUAL
        .chars()
        .filter(
            separator ->
                separator != '\t' || blanks.isEmpty() || words(cell) == count(cell, '\t') + 1)
        .filter(separator -> separator != expected && count(cell, separator) > 0)
        .filter(separator -> below.stream().allMatch(row -> row.indexOf(separator) >= 0))
        .boxed()
        .max((a, b) -> Long.compare(count(cell, a), count(cell, b)))
        .or(() -> blanks)
        .or(
            () ->
                UNUSUAL
                    .chars()
                    .filter(separator -> separator != expected)
                    .filter(separator -> isInEveryRow(separator, cell, below))
                    .boxed()
                    .findFirst())
        .map(separator -> "one column only; did you mean " + option((char) (int) separator) + "?");
  }

  private static boolean isInEveryRow(int separator, String cell, List<String> below) {
    long count = count(cell, separator);
    return count > 0
        && !below.isEmpty()
        && below.stream().allMatch(row -> count(row, separator) == count);
  }

  /**
   * The separator of a first row that is cut up otherwise than the rows below it.
   *
   * @param cell the only one of the first row
   * @param cells of the rows below
   */
  static Optional<Integer> other(String cell, int cells) {
    return USUAL.chars().filter(other -> count(cell, other) == cells - 1).boxed().findFirst();
  }

  private static long count(String cell, int separator) {
    return cell.chars().filter(c -> c == separator).count();
  }

  /** A space, where every row has as many words as the first. */
  private static Optional<Integer> blanks(String cell, List<String> below, char expected) {
    int words = words(cell);
    return expected != ' ' && words > 1 && below.stream().allMatch(row -> words(row) == words)
        ? Optional.of((int) ' ')
        : Optional.empty();
  }

  private static int words(String text) {
    return text.strip().split("[ \t]+").length;
  }

  /** The option for a character that stands where a separator belongs, if it usually is one. */
  static Optional<String> asOption(int found) {
    return USUAL.indexOf(found) >= 0 ? Optional.of(option((char) found)) : Optional.empty();
  }

  private static String option(char separator) {
    return "--separator " + name((byte) separator);
  }

  /** A separator as the option takes it. */
  static String name(byte separator) {
    return separator == '\t' ? "tab" : separator == ' ' ? "spaces" : "'" + (char) separator + "'";
  }
}
