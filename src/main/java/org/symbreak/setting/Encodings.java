package org.symbreak.setting;

import org.symbreak.data.CsvFormat;

/** The name of a character encoding that this Java knows. */
record Encodings() implements Kind<String> {
  @Override
  public String expected() {
    return "the name of an encoding";
  }

  @Override
  public String read(String place, String text) {
    if (!CsvFormat.isEncoding(text)) {
      throw refusal(place, "'" + text + "'", "UTF-8", "UTF-16", "windows-1252", "ISO-8859-1");
    }
    return text;
  }
}
