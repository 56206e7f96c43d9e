package org.symbreak.data;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a column's training cells look like, counted in one pass. */
final class ColumnProfile {
  /**
   * A column that is nearly all numbers is read as numbers, its texts being faults, from this many
   * different numbers on, ...
   */
  private static final int VARIOUS = 20;

  /** ... or where a number comes less often than this on average. */
  private static final int REPEATED = 5;

  /** Different dates from which on a column of whole numbers is one of dates. */
  private static final int FEWEST_DATES = 5;

  /** Share of a column's cells that are nearly all of them. */
  static final double NEARLY_ALL = 0.9;

  private static final Pattern NUMBER_GONE_WRONG =
      Pattern.compile(
          "[+-]?(nan|inf|infinity|0x[0-9a-f]+)|#(n/a|na|value!|ref!|div/0!|num!|null!)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0[xX][0-9a-fA-F]+");

  private final Dictionary dictionary;
  private final int[] textCounts;
  private final double[] different = new double[VARIOUS + 1];
  private int differentNumbers;
  private int numbers;
  private int missing;
  private int texts;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private boolean countsUp = true;
  private int fractions;
  private double ahead;
  private boolean bareDates = true;

  ColumnProfile(Dictionary dictionary) {
    this.dictionary = dictionary;
    this.textCounts = new int[dictionary.size() + 1];
  }

  /**
   * @param row number of the row in the file, from 0
   */
  void add(long cell, int row) {
    if (cell == Cell.MISSING) {
      missing++;
    } else if (Cell.isNumber(cell)) {
      addNumber(Double.longBitsToDouble(cell), row);
    } else {
      texts++;
      textCounts[Math.min(Cell.code(cell), dictionary.size())]++;
    }
  }

  private void addNumber(double value, int row) {
    if (numbers++ == 0) {
      ahead = value - row;
    }
    boolean whole = value == Math.rint(value);
    fractions += whole ? 0 : 1;
    countsUp &= value - row == ahead && whole;
    min = Math.min(min, value);
    max = Math.max(max, value);
    bareDates = bareDates && DateForm.isBare(value);
    if (dictionary.size() > 0 || bareDates) {
      countDifferent(value);
    }
  }

  private void countDifferent(double value) {
    for (int i = 0; i < differentNumbers; i++) {
      if (different[i] == value) {
        return;
      }
    }
    if (differentNumbers < different.length) {
      different[differentNumbers++] = value;
    }
  }

  int numbers() {
    return numbers;
  }

  /** How many of the numbers are not whole. */
  int fractions() {
    return fractions;
  }

  int missing() {
    return missing;
  }

  int texts() {
    return texts;
  }

  int rows() {
    return numbers + missing + texts;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  /** How often the training rows hold the text of this number in the dictionary. */
  int count(int code) {
    return textCounts[code];
  }

  /**
   * Number of different texts; where there are too many to tell apart, those beyond count as one.
   */
  int differentTexts() {
    int count = 0;
    for (int textCount : textCounts) {
      count += textCount > 0 ? 1 : 0;
    }
    return count;
  }

  /** Whether there are more different texts, or longer ones, than can be told apart. */
  boolean textsBeyondCounting() {
    return textCounts[dictionary.size()] > 0;
  }

  /** Whether the numbers are the rows' own, up to a constant. */
  boolean countsUp() {
    return numbers > 1 && texts == 0 && countsUp;
  }

  /**
   * Whether the numbers are all dates such as 20241231, and too many different ones to be so by
   * chance: one in 28 of numbers in their range is.
   */
  boolean areBareDates() {
    return bareDates && texts == 0 && differentNumbers >= FEWEST_DATES;
  }

  /** Whether no two rows have the same text, and most have one. */
  boolean differsInEveryRow() {
    return texts > rows() / 2 && !textsBeyondCounting() && differentTexts() == texts;
  }

  /** Whether every cell holds the same. */
  boolean constant() {
    return missing == 0
        && (texts == 0
            ? min == max
            : numbers == 0 && differentTexts() == 1 && !textsBeyondCounting());
  }

  /**
   * Of a column in which numbers and texts are mixed: whether it holds numbers of which some are
   * wrong or missing, rather than names some of which are numerals.
   */
  boolean holdsFaultyNumbers() {
    boolean various = differentNumbers > VARIOUS || numbers < REPEATED * differentNumbers;
    if (textsAre(ColumnProfile::isNumberGoneWrong)) {
      return numbers >= texts;
    }
    return various && (numbers >= NEARLY_ALL * (numbers + texts) || textsMeanMissingCells());
  }

  /** Whether all texts are such as often mean a missing cell. */
  boolean textsMeanMissingCells() {
    return textsAre(MissingCells::isUsual);
  }

  private static boolean isNumberGoneWrong(String text) {
    return NUMBER_GONE_WRONG.matcher(text).matches() || Double.isInfinite(NumberText.parse(text));
  }

  /**
   * Whether nearly all texts, various ones, are made of digits more than of anything else and begin
   * with one or a sign, so that somebody may take them for numbers.
   */
  boolean textsLookLikeNumbers() {
    int alike = 0;
    for (int code = 0; code < dictionary.size(); code++) {
      alike += looksLikeNumber(dictionary.text(code)) ? textCounts[code] : 0;
    }
    return differentTexts() > VARIOUS && alike >= NEARLY_ALL * texts;
  }

  private static boolean looksLikeNumber(String text) {
    if (HEXADECIMAL.matcher(text).matches()) {
      return true;
    }
    long digits = text.chars().filter(Character::isDigit).count();
    long letters = text.chars().filter(Character::isLetter).count();
    int first = text.isEmpty() || Character.isLetterOrDigit(text.charAt(0)) ? 0 : 1;
    return letters <= digits && text.length() > first && Character.isDigit(text.charAt(first));
  }

  private boolean textsAre(Predicate<String> such) {
    for (int code = 0; code < dictionary.size(); code++) {
      if (textCounts[code] > 0 && !such.test(dictionary.text(code))) {
        return false;
      }
    }
    return !textsBeyondCounting();
  }
}
