package org.symbreak.cli;

/** Lengths of time as people say them. */
final class Durations {
  private Durations() {}

  /**
   * {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 10 min}; a question mark for what is
   * not known.
   */
  static String text(double seconds) {
    if (Double.isNaN(seconds)) {
      return "?";
    }
    if (seconds < 10) {
      return Figure.decimal(seconds, 1) + " s";
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : Figure.whole(whole / 3600) + " h " + whole % 3600 / 60 + " min";
  }
}
