package org.symbreak.setting;

import org.symbreak.data.CsvFormat;

/** What lines begin with that are passed over; empty text for nothing. */
record Comments() implements Kind<Character> {
  @Override
  public String expected() {
    return "one ASCII character";
  }

  @Override
  public Character read(String place, String text) {
    return text.isEmpty()
        ? (Character) CsvFormat.NO_COMMENT
        : new Mark("", false, expected()).read(place, text);
  }

  @Override
  public String text(Character value) {
    return value == CsvFormat.NO_COMMENT ? "" : value.toString();
  }
}
