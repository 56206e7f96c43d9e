package org.symbreak.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Dates and times of day as people write them. A date's number is that of its days since 1 January
 * 1970, with the time of day as a fraction; that of a time alone is the fraction of the day.
 */
enum DateForm implements Notation {
  /** 2024-12-31, 2024/12/31, 2024.12.31. */
  YMD("(?<y>\\d{4})(?<s>[-/.])(?<m>\\d{1,2})\\k<s>(?<d>\\d{1,2})", "year, month, day"),
  /** 31/12/2024, 31.12.24. */
  DMY("(?<d>\\d{1,2})(?<s>[-/.])(?<m>\\d{1,2})\\k<s>(?<y>\\d{4}|\\d{2})", "day, month, year"),
  /** 12/31/2024, 12-31-24. */
  MDY("(?<m>\\d{1,2})(?<s>[-/])(?<d>\\d{1,2})\\k<s>(?<y>\\d{4}|\\d{2})", "month, day, year"),
  /** 31 Dec 2024, 31-December-24, 31DEC2024, 31. Dezember 2024. */
  D_MONTH_Y(
      Parts.WEEKDAY
          + "(?<d>\\d{1,2})(?:st|nd|rd|th)?[-/. ]*(?:de )?(?<m>\\p{L}{3,10})\\.?[-/, ]*(?:de )?"
          + "(?<y>\\d{4}|\\d{2})",
      "day, month, year"),
  /** Dec 31, 2024. */
  MONTH_D_Y(
      Parts.WEEKDAY + "(?<m>\\p{L}{3,9})\\.? +(?<d>\\d{1,2}),? +(?<y>\\d{4})", "month, day, year"),
  /** 2024-12, 2024/12: the month's first day, as in all that name no day. */
  YM(Parts.YEAR + "[-/](?<m>\\d{1,2})(?<d>)", "year, month"),
  /** 2024\u5E7412\u670831\u65E5, as in East Asia. */
  SIGNED(
      "(?<y>\\d{4})[\u5E74\uB144] ?(?<m>\\d{1,2})[\u6708\uC6D4] ?(?<d>\\d{1,2})[\u65E5\uC77C]?",
      "year, month, day"),
  /** 12/2024, 12-2024. */
  MY("(?<m>\\d{1,2})[-/]" + Parts.YEAR + "(?<d>)", "month, year"),
  /** Dec-2024, December 2024, Dec-24. */
  MONTH_Y("(?<m>\\p{L}{3,9})\\.?[-/., ']+(?<y>\\d{4}|(?<=[-'])\\d{2})(?<d>)", "month, year"),
  /** 2024Q4, 2024-Q4: the quarter's first day. */
  Y_QUARTER(Parts.YEAR + "[-/ ]?[Qq](?<m>[1-4])(?<d>)", "year, quarter"),
  /** Q4 2024. */
  QUARTER_Y("[Qq](?<m>[1-4])[-/ ]?" + Parts.YEAR + "(?<d>)", "quarter, year"),
  /** 20241231, which is a plain number, too. */
  BARE("(?<y>(?:19|20)\\d{2})(?<m>\\d{2})(?<d>\\d{2})(?:\\.0)?", "year, month, day"),
  /** 23:59, 11:59:59 pm. */
  TIME(null, "hour, minute"),
  /** 95:30, a span: the second number counts sixtieths of the first. */
  SPAN("\\d{1,5}:[0-5]\\d", "60 to 1"),
  /** 30:15:00, a span: each number counts sixtieths of the one before. */
  LONG_SPAN("\\d{1,5}:[0-5]\\d:[0-5]\\d(?:[.,]\\d{1,9})?", "60 to 1, twice");

  private static final int SECONDS_OF_A_DAY = 86_400;
  private static final int LONGEST = 40;

  /** In English, German, French, Spanish, Italian, Portuguese, Dutch and Scandinavian tongues. */
  private static final List<String> MONTHS =
      List.of(
          "january januar janvier enero gennaio janeiro januari j\u00e4nner",
          "february februar f\u00e9vrier fevrier febrero febbraio fevereiro februari",
          "march m\u00e4rz maerz mrz mars marzo mar\u00e7o marco maart",
          "april avril abril aprile",
          "may mai mayo maggio maio mei maj",
          "june juni juin junio giugno junho",
          "july juli juillet julio luglio julho",
          "august ao\u00fbt aout agosto augustus augusti",
          "september septembre septiembre settembre setembro",
          "october oktober octobre octubre ottobre outubro",
          "november novembre noviembre novembro",
          "december dezember d\u00e9cembre decembre diciembre dicembre dezembro");

  /** Years of two digits from this on are of the 20th century, as POSIX has it. */
  private static final int FIRST_OF_1900 = 69;

  /** What several patterns have in common. */
  private static final class Parts {
    /** Tue, or Tuesday. */
    static final String WEEKDAY = "(?:\\p{L}{2,10}\\.?,? +)?";

    /** Where no day stands beside it: one that is hardly another number. */
    static final String YEAR = "(?<y>(?:1[5-9]|2[01])\\d{2})";

    private Parts() {}
  }

  private final Pattern pattern;
  private final String order;

  DateForm(String date, String order) {
    String time =
        "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}(?:[.,]\\d{1,9})?))?"
            + "(?: ?(?<half>[AaPp])\\.?[Mm]\\.?)?";
    String zone = " ?(?:[Zz]|UTC|GMT|(?<zone>[+-]\\d{2}):?(?<zoneMinute>\\d{2})?)?";
    this.pattern =
        Pattern.compile(
            date == null ? time : isSpan() ? date : date + "(?:(?:[T ]+|:)" + time + zone + ")?");
    this.order = order;
  }

  @Override
  public double number(String cell) {
    if (cell.isEmpty() || cell.length() > LONGEST) {
      return Double.NaN;
    }
    Matcher parts = pattern.matcher(cell);
    if (!parts.matches()) {
      return Double.NaN;
    }
    if (isSpan()) {
      return span(cell);
    }
    try {
      double seconds = parts.group("hour") == null ? 0 : secondOfDay(parts);
      if (this == TIME) {
        return seconds / SECONDS_OF_A_DAY;
      }
      long day =
          LocalDate.of(year(parts.group("y")), month(parts.group("m")), day(parts.group("d")))
              .toEpochDay();
      return day + (seconds - zoneSeconds(parts)) / SECONDS_OF_A_DAY;
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }

  private static double span(String cell) {
    double number = 0;
    double unit = 1;
    for (String part : cell.replace(',', '.').split(":")) {
      number += Double.parseDouble(part) * unit;
      unit /= 60;
    }
    return number;
  }

  private static double secondOfDay(Matcher parts) {
    int hour = whole(parts.group("hour"));
    int minute = whole(parts.group("minute"));
    String written = parts.group("second");
    double second = written == null ? 0 : Double.parseDouble(written.replace(',', '.'));
    String half = parts.group("half");
    if (half != null) {
      if (hour < 1 || hour > 12) {
        throw new DateTimeException("hour " + hour);
      }
      hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
    }
    if (hour > 23 || minute > 59 || second >= 61) {
      throw new DateTimeException("hour " + hour);
    }
    return hour * 3600 + minute * 60 + second;
  }

  private static double zoneSeconds(Matcher parts) {
    String zone = parts.group("zone");
    if (zone == null) {
      return 0;
    }
    String minutes = parts.group("zoneMinute");
    int size = whole(zone.substring(1)) * 3600 + (minutes == null ? 0 : whole(minutes) * 60);
    return zone.charAt(0) == '-' ? -size : size;
  }

  private static int year(String written) {
    int year = whole(written);
    return written.length() > 2 ? year : year + (year < FIRST_OF_1900 ? 2000 : 1900);
  }

  private static int day(String written) {
    return written.isEmpty() ? 1 : whole(written);
  }

  private int month(String written) {
    if (Character.isDigit(written.charAt(0))) {
      return this == Y_QUARTER || this == QUARTER_Y ? 3 * whole(written) - 2 : whole(written);
    }
    String name = written.toLowerCase(Locale.ROOT);
    int[] months =
        IntStream.range(0, MONTHS.size())
            .filter(i -> (" " + MONTHS.get(i)).contains(" " + name))
            .toArray();
    if (months.length != 1) {
      throw new DateTimeException("month " + written);
    }
    return months[0] + 1;
  }

  private static int whole(String digits) {
    return Integer.parseInt(digits);
  }

  /** Whether it tells how long something took, not when it was. */
  boolean isSpan() {
    return this == SPAN || this == LONG_SPAN;
  }

  /** Whether it tells the days of a month apart. */
  boolean namesDays() {
    return order.contains("day");
  }

  /** Whether a number is a date of the form {@link #BARE}. */
  static boolean isBare(double number) {
    if (!(number >= 1900_01_01 && number < 2100_00_00) || number != Math.rint(number)) {
      return false;
    }
    int digits = (int) number;
    int month = digits / 100 % 100;
    return month >= 1
        && month <= 12
        && YearMonth.of(digits / 10_000, month).isValidDay(digits % 100);
  }

  /** In which order day, month and year stand, in words. */
  String order() {
    return order;
  }

  @Override
  public String expected() {
    return isSpan()
        ? "a span of time (" + order + ")"
        : this == TIME ? "a time of day" : "a date (" + order + ")";
  }

  @Override
  public String shown(double number) {
    if (isSpan()) {
      return Clothes.rounded(number, 6);
    }
    long day = (long) Math.floor(number);
    long minutes = Math.round((number - day) * (SECONDS_OF_A_DAY / 60));
    String time = "%02d:%02d".formatted(minutes / 60 % 24, minutes % 60);
    if (this == TIME) {
      return time;
    }
    return LocalDate.ofEpochDay(Math.max(-99_999_999, Math.min(99_999_999, day)))
        + (minutes == 0 ? "" : " " + time);
  }
}
