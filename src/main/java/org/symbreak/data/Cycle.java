package org.symbreak.data;

/** What comes again and again in dates: two features, the sine and the cosine of where in it. */
enum Cycle {
  DAY(1, 0, "time of day"),
  /** Begins on a Monday; 1 January 1970 was a Thursday. */
  WEEK(7, 3, "day of the week"),
  YEAR(365.2425, 0, "time of the year");

  private final double days;
  private final int offset;
  private final String words;

  Cycle(double days, int offset, String words) {
    this.days = days;
    this.offset = offset;
    this.words = words;
  }

  double days() {
    return days;
  }

  int offset() {
    return offset;
  }

  String words() {
    return words;
  }

  /** Where in the cycle a day is, in radians. */
  double angle(double day) {
    return (day + offset) * (2 * Math.PI / days);
  }
}
