package org.symbreak.symmetry;

/**
 * How far units of a group have come apart: the largest difference between two of their numbers
 * that should be equal, such as weights and biases.
 *
 * @param absolute largest difference, from 0; 0 for identical units
 * @param ulps largest difference in units of the last place, from 0
 */
public record GroupSpread(double absolute, long ulps) {
  /**
   * Over all weights and biases, between any two units of a group.
   *
   * @param group numbers of units, from 0
   * @param single whether the parameters are floats, so that their units of the last place are
   *     counted; doubles otherwise
   */
  public static GroupSpread of(LayerUnits units, int[] group, boolean single) {
    double absolute = 0;
    long ulps = 0;
    for (int i = 0; i <= units.fanIn(); i++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int unit : group) {
        low = Math.min(low, units.parameter(unit, i));
        high = Math.max(high, units.parameter(unit, i));
      }
      if (low < high) {
        absolute = Math.max(absolute, high - low);
        ulps =
            Math.max(
                ulps, single ? Ulps.between((float) low, (float) high) : Ulps.between(low, high));
      }
    }
    return new GroupSpread(absolute, ulps);
  }

  /** Whether the units are still the same. */
  public boolean isNone() {
    return absolute == 0;
  }
}
