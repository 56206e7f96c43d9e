package org.symbreak.setting;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbreak.data.Fold;

/** One of several parts: {@code 2/5}. */
record Folds() implements Kind<Fold> {
  /** More would be a search for one that is liked. */
  static final int MOST = 1000;

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  @Override
  public String expected() {
    return "PART/PARTS, such as 2/5, of at least 2 and at most " + MOST + " parts";
  }

  @Override
  public Fold read(String place, String text) {
    Matcher form = FORM.matcher(text.strip());
    if (form.matches()) {
      int part = Integer.parseInt(form.group(1));
      int parts = Integer.parseInt(form.group(2));
      if (parts >= 2 && parts <= MOST && part >= 1 && part <= parts) {
        return new Fold(part, parts);
      }
    }
    throw refusal(place, "'" + text + "'");
  }
}
