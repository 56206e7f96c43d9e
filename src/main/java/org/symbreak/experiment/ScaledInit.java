package org.symbreak.experiment;

import java.util.List;

/**
 * Initializations that one number scales, such as {@code gaussian:0.01}, taken apart into name and
 * scale.
 */
final class ScaledInit {
  /** Names of those whose one parameter is a factor of every weight. */
  static final List<String> NAMES = List.of("constant", "gaussian", "uniform", "orthogonal");

  private static final String NUMBER = "[-+0-9.eE]+";

  private ScaledInit() {}

  /** Whether this is such a name, its scale left open. */
  static boolean isOpen(String initialization) {
    return NAMES.contains(initialization);
  }

  /**
   * {@code gaussian} of {@code gaussian:0.01}; the whole text where it is not one of these or has
   * several layers.
   */
  static String name(String initialization) {
    return isScaled(initialization)
        ? initialization.substring(0, initialization.indexOf(':'))
        : initialization;
  }

  /**
   * {@code 0.01} of {@code gaussian:0.01}, as a double is written; empty where it is not one of
   * these or has several layers.
   */
  static String scale(String initialization) {
    return isScaled(initialization)
        ? Double.toString(
            Double.parseDouble(initialization.substring(initialization.indexOf(':') + 1)))
        : "";
  }

  private static boolean isScaled(String initialization) {
    int colon = initialization.indexOf(':');
    return colon > 0
        && NAMES.contains(initialization.substring(0, colon))
        && initialization.substring(colon + 1).matches(NUMBER);
  }
}
