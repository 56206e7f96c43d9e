package org.symbreak.setting;

import java.util.List;

/** A probability as text, or {@code f1}. */
record Thresholds() implements Kind<String> {
  static final String BEST_F1 = "f1";

  @Override
  public String expected() {
    return "a probability from 0 to 1, or 'f1'";
  }

  @Override
  public String read(String place, String text) {
    return text.strip().equalsIgnoreCase(BEST_F1)
        ? BEST_F1
        : Double.toString(Real.of(Real.probability().allowed(), expected()).read(place, text));
  }

  @Override
  public List<String> words() {
    return List.of(BEST_F1);
  }
}
