package org.symbreak.symmetry;

/**
 * How far the units of a group have come apart: over all weights and biases, the largest difference
 * between two units of the group.
 *
 * @param absolute largest difference, from 0; 0 for identical units
 * @param ulps largest difference in units of the last place of the precision, from 0
 */
public record GroupSpread(double absolute, long ulps) {
  /**
   * @param group numbers of units, from 0
   * @param single whether the parameters are floats; doubles otherwise
   */
  public static GroupSpread of(LayerUnits units, int[] group, boolean single) {
    throw new UnsupportedOperationException();
  }
}
