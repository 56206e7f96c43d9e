package org.symbreak.setting;

import java.util.List;
import org.symbreak.init.Initializations;
import org.symbreak.init.LayerInits;

/** Where weights or biases begin, a layer at a time if need be. */
record Inits() implements Kind<LayerInits> {
  @Override
  public String expected() {
    return "an initialization";
  }

  @Override
  public LayerInits read(String place, String text) {
    return Initializations.parseLayers(place, text);
  }

  @Override
  public List<String> words() {
    return Initializations.names();
  }
}
