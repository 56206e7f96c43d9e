package org.symbreak.symmetry;

/**
 * Where a hidden unit's function is flat, in terms of its activation: at or below {@code low}, at
 * or above {@code high}. Flat is where the slope is below 1 % of the function's largest slope: for
 * tanh beyond |z| = 2.99, for sigmoid beyond 5.99.
 *
 * @param low activation up to which the function is flat; −∞ where it has no flat lower end
 * @param high activation from which on it is flat; +∞ where it has no flat upper end
 * @param off whether the lower end is where the unit is switched off, as in ReLU: a unit that never
 *     leaves it is dead
 */
public record FlatZone(double low, double high, boolean off) {
  /** No flat end: identity, leakyrelu. */
  public static final FlatZone NONE =
      new FlatZone(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);

  /** tanh has the slope 1 − a², which is below 0.01 from here on. */
  private static final double TANH = Math.sqrt(0.99);

  /** sigmoid has the slope a (1 − a), at most 1/4, which is below 0.0025 up to here. */
  private static final double SIGMOID = (1 - Math.sqrt(0.99)) / 2;

  /** softplus(z) = ln(1 + eᶻ) has the slope 1 − e⁻ᵃ. */
  private static final double SOFTPLUS = -Math.log(0.99);

  /**
   * selu is λα (eᶻ − 1) below zero, with the slope a + λα there (Klambauer et al., NIPS 2017,
   * equation 2).
   */
  private static final double SELU = 0.99 * 1.0507009873554805 * 1.6732632423543772;

  /**
   * Deeplearning4j's rationaltanh approximates 1.7159 tanh(2z/3); its slope is below 1 % of the
   * largest from |z| = 4.48 on, where it has this value.
   */
  private static final double RATIONAL_TANH = 1.70225;

  public FlatZone {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "the flat lower end must lie below the upper, found " + low + " and " + high);
    }
  }

  /**
   * The zone of an activation function by the name that Deeplearning4j prints, such as {@code tanh}
   * or {@code elu(alpha=1.0)}; {@link #NONE} for functions without flat ends, for those that are
   * not monotone, and for unknown ones.
   */
  public static FlatZone named(String activation) {
    int parameters = activation.indexOf('(');
    return switch (parameters < 0 ? activation : activation.substring(0, parameters)) {
      case "tanh" -> new FlatZone(-TANH, TANH, false);
      case "sigmoid" -> new FlatZone(SIGMOID, 1 - SIGMOID, false);
      case "hardtanh" -> new FlatZone(-1, 1, false);
      case "hardsigmoid" -> new FlatZone(0, 1, false);
      case "rationaltanh" -> new FlatZone(-RATIONAL_TANH, RATIONAL_TANH, false);
      case "softsign" -> new FlatZone(-0.9, 0.9, false);
      case "rectifiedtanh" -> new FlatZone(0, TANH, true);
      case "relu6" -> new FlatZone(0, 6, true);
      case "relu", "thresholdedrelu" -> new FlatZone(0, Double.POSITIVE_INFINITY, true);
      case "elu" -> new FlatZone(-0.99 * parameter(activation, 1), Double.POSITIVE_INFINITY, true);
      case "selu" -> new FlatZone(-SELU, Double.POSITIVE_INFINITY, true);
      case "softplus" -> new FlatZone(SOFTPLUS, Double.POSITIVE_INFINITY, true);
      default -> NONE;
    };
  }

  private static double parameter(String activation, double otherwise) {
    int begin = activation.indexOf('=');
    return begin < 0
        ? otherwise
        : Double.parseDouble(activation.substring(begin + 1, activation.indexOf(')')));
  }

  /** Whether the function has two flat ends between which it works, and so saturates. */
  public boolean saturates() {
    return low > Double.NEGATIVE_INFINITY && high < Double.POSITIVE_INFINITY;
  }

  /** Whether an activation lies in a flat end. */
  public boolean holds(double activation) {
    return activation <= low || activation >= high;
  }
}
