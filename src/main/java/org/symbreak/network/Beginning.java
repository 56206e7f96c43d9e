package org.symbreak.network;

import java.util.List;
import java.util.Objects;

/**
 * Where a network begins.
 *
 * @param parameters the flat vector in Deeplearning4j's order, not to be changed
 * @param notices what a layer could not be given, a sentence each
 */
public record Beginning(double[] parameters, List<String> notices) {
  public Beginning {
    Objects.requireNonNull(parameters, "parameters");
    notices = List.copyOf(notices);
  }
}
