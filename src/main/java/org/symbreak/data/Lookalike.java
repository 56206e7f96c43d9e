package org.symbreak.data;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a column of texts looks like that was hardly meant for names. */
enum Lookalike {
  DECIMALS,
  /** Numbers such as 1,234, each of which is one with a decimal comma and one without. */
  DECIMALS_OR_GROUPS,
  GROUPS,
  DATES;

  /** Share of a column's cells that must look alike. */
  private static final double MOST = 0.9;

  private static final Pattern GROUPED =
      Pattern.compile("[+-]?\\d{1,3}([,.' \u00a0\u202f\u2019]\\d{3})+([.,]\\d+)?");

  /** One group, so that its mark could be a decimal one. */
  private static final Pattern AMBIGUOUS = Pattern.compile("[+-]?[1-9]\\d{0,2}[.,]\\d{3}");

  private static final Pattern DATE_OR_TIME =
      Pattern.compile(
          "(\\d{4}([-/.])\\d{1,2}\\2\\d{1,2}|\\d{1,2}([-/.])\\d{1,2}\\3(\\d{4}|\\d{2}))([T ]\\d{1,2}:\\d{2}.*)?"
              + "|\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?");

  /**
   * @param profile of the column's training cells
   * @param decimal the mark that is expected in numbers
   */
  static Optional<Lookalike> of(ColumnProfile profile, Dictionary dictionary, char decimal) {
    long all = 0;
    long plain = 0;
    long decimals = 0;
    long ambiguous = 0;
    long groups = 0;
    long dates = 0;
    for (int code = 0; code < dictionary.size(); code++) {
      int count = profile.count(code);
      if (count > 0) {
        String text = dictionary.text(code);
        all += count;
        if (!Double.isNaN(NumberText.parse(text, decimal))) {
          plain += count;
        } else if (hasOtherMark(text, decimal)) {
          decimals += count;
          ambiguous += AMBIGUOUS.matcher(text).matches() ? count : 0;
        } else if (GROUPED.matcher(text).matches()) {
          groups += count;
        } else if (DATE_OR_TIME.matcher(text).matches()) {
          dates += count;
        }
      }
    }
    if (dates > 0 && dates >= MOST * all) {
      return Optional.of(DATES);
    }
    if (decimals + groups == 0 || plain + decimals + groups < MOST * all) {
      return Optional.empty();
    }
    if (groups > 0) {
      return Optional.of(GROUPS);
    }
    return Optional.of(decimals > ambiguous ? DECIMALS : DECIMALS_OR_GROUPS);
  }

  /** The option that makes numbers of texts with the other decimal mark. */
  static String option(char decimal) {
    return "--decimal '" + other(decimal) + "'";
  }

  /** Whether a text is a number with the other decimal mark, and none with the expected one. */
  static boolean hasOtherMark(String text, char decimal) {
    return Double.isNaN(NumberText.parse(text, decimal))
        && !Double.isNaN(NumberText.parse(text, other(decimal)));
  }

  private static char other(char decimal) {
    return decimal == '.' ? ',' : '.';
  }

  /**
   * What to tell of such a column, and what can be done.
   *
   * @param decimal the mark that was expected in numbers
   */
  String notice(String column, char decimal) {
    String looks = "column " + Place.quoted(column) + " looks like ";
    String mark = decimal == '.' ? "commas" : "points";
    return switch (this) {
      case DECIMALS ->
          looks
              + "numbers with decimal "
              + mark
              + ", which are texts here: "
              + option(decimal)
              + " reads them as numbers";
      case DECIMALS_OR_GROUPS ->
          looks
              + "numbers with thousands separators, which are texts here: take these out of the file, or, if they are decimal "
              + mark
              + ", add "
              + option(decimal);
      case GROUPS ->
          looks
              + "numbers with thousands separators, which are texts here: take these out of the file";
      case DATES ->
          looks
              + "dates or times, which are texts here: make numbers of them, such as days, or --ignore "
              + Place.shown(column);
    };
  }
}
