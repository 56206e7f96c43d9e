package org.symbreak.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What all numbers of a column wear: the same symbol before or behind them, the same marks within.
 * Signs and blanks are each number's own: any minus sign, parentheses for a negative number,
 * no-break and thin spaces around it.
 *
 * @param before a currency, or nothing
 * @param behind a percent sign, a currency or a unit, or nothing
 * @param decimal mark before the fraction: a point or a comma
 * @param group mark between groups of three digits: a comma, a point, an apostrophe, an underscore
 *     or a blank; a NUL for none
 */
record Clothes(String before, String behind, char decimal, char group) implements Notation {
  static final char NO_GROUP = 0;

  private static final int DIGITS = 6;

  /** Groups of three digits, or as in India of two before the last of three. */
  private static final Pattern WHOLE_IN_GROUPS =
      Pattern.compile("[1-9]\\d{0,2}(?:\\D\\d{3})+|[1-9]\\d?(?:\\D\\d{2})+\\D\\d{3}");

  Clothes {
    if (decimal != '.' && decimal != ',' || ".,'_ \0".indexOf(group) < 0 || decimal == group) {
      throw new IllegalArgumentException(
          "decimal mark . or , and another mark ,.'_ or a blank between groups must hold");
    }
    if (!DressedNumber.isBefore(before) || !DressedNumber.isBehind(behind)) {
      throw new IllegalArgumentException(
          "a currency or nothing before, a unit or nothing behind a number must hold");
    }
  }

  /** Without any; signs and blanks are read all the same. */
  static Clothes none(char decimal) {
    return new Clothes("", "", decimal, NO_GROUP);
  }

  @Override
  public double number(String cell) {
    DressedNumber number = DressedNumber.of(cell);
    return number != null && number.before().equals(before) && number.behind().equals(behind)
        ? number(number)
        : Double.NaN;
  }

  /** Whatever it wears before and behind. */
  double number(DressedNumber number) {
    String body = number.body();
    if (group != NO_GROUP && body.indexOf(group) >= 0) {
      int fraction = body.indexOf(decimal);
      String whole = fraction < 0 ? body : body.substring(0, fraction);
      if (!isGrouped(whole) || body.indexOf(group, whole.length()) >= 0) {
        return Double.NaN;
      }
      body = body.replace(String.valueOf(group), "");
    }
    double size = NumberText.parse(body, decimal);
    return number.negative() ? -size : size;
  }

  private boolean isGrouped(String whole) {
    return WHOLE_IN_GROUPS.matcher(whole).matches()
        && whole.chars().allMatch(c -> c == group || Character.isDigit(c));
  }

  /** Whether a number's own digits prove that the mark parts groups. */
  boolean proves(DressedNumber number) {
    String body = number.body();
    int first = body.indexOf(group);
    return first >= 0 && (body.indexOf(group, first + 1) >= 0 || body.indexOf(decimal) >= 0);
  }

  @Override
  public String expected() {
    List<String> worn = worn();
    return "a number" + (worn.isEmpty() ? "" : " with " + String.join(" and ", worn));
  }

  /** In words, what distinguishes these from plain numbers with decimal points. */
  List<String> worn() {
    List<String> worn = new ArrayList<>();
    if (!before.isEmpty()) {
      worn.add("'" + before + "' before it");
    }
    if (!behind.isEmpty()) {
      worn.add("'" + behind + "' behind it");
    }
    if (group != NO_GROUP) {
      worn.add((group == ' ' ? "blanks" : "'" + group + "'") + " between thousands");
    }
    if (decimal == ',') {
      worn.add("a decimal comma");
    }
    return worn;
  }

  @Override
  public String shown(double number) {
    return rounded(number, DIGITS);
  }

  /** A number for reading, with an exponent where it would have many zeros. */
  static String rounded(double number, int digits) {
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits)).stripTrailingZeros();
    return Math.abs(rounded.scale()) <= 9 ? rounded.toPlainString() : rounded.toString();
  }
}
