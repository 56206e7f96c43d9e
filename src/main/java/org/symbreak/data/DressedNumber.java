package org.symbreak.data;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text taken apart as a number in clothes.
 *
 * @param negative whether a minus sign or parentheses say so
 * @param before a currency, or nothing
 * @param body digits and the marks among them; blanks of any kind as a blank, apostrophes of any
 *     kind as one
 * @param behind a percent sign, a currency or a unit, or nothing
 * @param odd what a plain number would not have, in words; null without such
 */
record DressedNumber(boolean negative, String before, String body, String behind, String odd) {
  private static final int LONGEST = 64;

  /** A hyphen-minus, and what typesetters and spreadsheets put in its place. */
  private static final String MINUS = "-\u2212\u2010\u2011\u2012\u2013\u2014\uFE63\uFF0D";

  /** Of any width, also of none. */
  private static final String BLANKS =
      " \t\u00a0\u2007\u2009\u202f\u200a\u200b\u200e\u200f\u2060\u3000\ufeff";

  /** Printable ASCII characters once more, as wide as Chinese ones. */
  private static final char FIRST_WIDE = '\uff01';

  private static final char LAST_WIDE = '\uff5e';
  private static final String CURRENCY =
      "(?:[A-Z]{0,3}\\p{Sc}|(?:USD|EUR|GBP|CHF|JPY|CNY|INR|AUD|NZD|CAD|SEK|NOK"
          + "|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|TRY|RUB|KRW|Rs\\.?|kr\\.?))";
  private static final Pattern BEFORE =
      Pattern.compile("|" + CURRENCY + "|[~\u2248<>\u2264\u2265#]|[<>]=");
  private static final Pattern BEHIND =
      Pattern.compile(
          "|" + CURRENCY + "|[%\u2030\u00b0\\p{L}](?:[\\p{L}\u00b2\u00b3\u00b5%/.\u00b0 ]{0,11})");
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?<before>(?:\\p{L}+\\.|[^\\d.,])*)(?<body>[.,]?\\d(?:[\\d.,'_"
              + " ]*\\d)?[.,]?(?:[eE][+-]?\\d+)?)(?<behind>\\D*|[^\\d]*[\u00b2\u00b3])");

  /** Also Excel's ways of writing a number as a text: '1.5 and ="1.5". */
  private static final Pattern QUOTED =
      Pattern.compile(
          "=?[\"'\u2018\u201c\u201e\u00ab](?<quoted>.*)[\"'\u2019\u201c\u201d\u00bb]|'(?<text>.*)");

  static boolean isBefore(String text) {
    return BEFORE.matcher(text).matches();
  }

  static boolean isBehind(String text) {
    return BEHIND.matcher(text).matches();
  }

  /** The text so taken apart; null where it is no such number. */
  static DressedNumber of(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    String odd = null;
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char usual = usual(c);
      if (usual != c && odd == null) {
        odd =
            Character.isDigit(c)
                ? "digits other than 0 to 9"
                : named(c) + (usual == '-' ? " as a minus sign" : "");
      }
      plain.append(usual);
    }
    String rest = plain.toString().strip();
    Matcher quotes = QUOTED.matcher(rest);
    if (quotes.matches()) {
      odd = odd == null ? "quotation marks" : odd;
      rest = quotes.group(quotes.group("quoted") == null ? "text" : "quoted").strip();
    }
    boolean negative = false;
    if (rest.length() > 2 && rest.startsWith("(") && rest.endsWith(")")) {
      negative = true;
      odd = odd == null ? "parentheses for negative numbers" : odd;
      rest = rest.substring(1, rest.length() - 1).strip();
    }
    boolean signed = !negative && (rest.startsWith("-") || rest.startsWith("+"));
    if (signed) {
      negative = rest.charAt(0) == '-';
      rest = rest.substring(1).strip();
    }
    Matcher parts = WHOLE.matcher(rest);
    if (!parts.matches()) {
      return null;
    }
    String before = parts.group("before").strip();
    if (!signed && !negative && (before.endsWith("-") || before.endsWith("+"))) {
      negative = before.endsWith("-");
      before = before.substring(0, before.length() - 1).strip();
    }
    String behind = parts.group("behind").strip();
    if (!signed && !negative && behind.startsWith("-")) {
      negative = true;
      odd = odd == null ? "the minus sign behind negative numbers" : odd;
      behind = behind.substring(1).strip();
    }
    return isBefore(before) && isBehind(behind)
        ? new DressedNumber(negative, before, parts.group("body"), behind, odd)
        : null;
  }

  private static char usual(char c) {
    if (c < 128) {
      return c == '\t' ? ' ' : c;
    }
    if (MINUS.indexOf(c) >= 0 || BLANKS.indexOf(c) >= 0 || c == '\u2019') {
      return MINUS.indexOf(c) >= 0 ? '-' : c == '\u2019' ? '\'' : ' ';
    }
    if (Character.isDigit(c)) {
      return Character.forDigit(Character.digit(c, 10), 10);
    }
    return c >= FIRST_WIDE && c <= LAST_WIDE ? (char) (c - FIRST_WIDE + '!') : c;
  }

  /** A character that looks like another one, so that it can be found in the file. */
  static String named(char c) {
    return "U+%04X (%s)"
        .formatted((int) c, String.valueOf(Character.getName(c)).toLowerCase(Locale.ROOT));
  }
}
