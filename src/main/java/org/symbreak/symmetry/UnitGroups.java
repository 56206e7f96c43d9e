package org.symbreak.symmetry;

import java.util.List;

/**
 * Units of one layer in groups. Every unit is in exactly one group; groups are in the order of
 * their first unit, and units in a group in their order.
 *
 * @param units how many there are
 * @param groups numbers of units, from 0
 */
public record UnitGroups(int units, List<int[]> groups) {
  public UnitGroups {
    groups = List.copyOf(groups);
  }

  /** Units are the same when incoming weights and bias are the same bits; −0 equals 0. */
  public static UnitGroups identical(LayerUnits units) {
    throw new UnsupportedOperationException();
  }

  /** Units are the same up to a tolerance relative to the layer's largest weight or bias. */
  public static UnitGroups withinTolerance(LayerUnits units, double tolerance) {
    throw new UnsupportedOperationException();
  }

  /** How many distinct units there are. */
  public int count() {
    return groups.size();
  }

  /** The groups of two and more. */
  public List<int[]> repeated() {
    return groups.stream().filter(group -> group.length > 1).toList();
  }
}
