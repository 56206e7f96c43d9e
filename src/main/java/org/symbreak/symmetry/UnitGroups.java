package org.symbreak.symmetry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Units of one layer in groups. Every unit is in exactly one group; groups are in the order of
 * their first unit, and units in a group in their order.
 *
 * <p>Groups up to a tolerance are the connected components of the units that differ by no more than
 * the tolerance in every number (single linkage), so they depend on no order; two units at the ends
 * of a chain may differ by more.
 *
 * @param units how many there are
 * @param groups numbers of units, from 0; the arrays are not to be changed
 */
public record UnitGroups(int units, List<int[]> groups) {
  public UnitGroups {
    groups = List.copyOf(groups);
  }

  /** Units are the same when incoming weights and bias are the same bits; −0 equals 0. */
  public static UnitGroups identical(LayerUnits units) {
    return identical(Vectors.of(units));
  }

  /**
   * Units are the same when no weight or bias differs by more than the tolerance times the layer's
   * largest.
   *
   * @param tolerance relative, from 0
   */
  public static UnitGroups withinTolerance(LayerUnits units, double tolerance) {
    return new UnitGroups(
        units.count(), Clusters.of(Vectors.of(units), tolerance * units.largest()));
  }

  /**
   * Units are the same when one is the other or its opposite, bias included: behind tanh and other
   * odd functions, opposite units compute one feature.
   *
   * @param tolerance as in {@link #withinTolerance}
   */
  public static UnitGroups upToSign(LayerUnits units, double tolerance) {
    return bothSigns(Vectors.of(units), tolerance * units.largest());
  }

  /**
   * Units are the same when one is a positive multiple of the other, bias included: behind ReLU and
   * leaky ReLU, such units compute one feature. Zero units are a group of their own.
   *
   * @param tolerance largest difference once each unit is divided by its own largest number, from 0
   */
  public static UnitGroups upToPositiveFactor(LayerUnits units, double tolerance) {
    return new UnitGroups(
        units.count(), Clusters.of(Vectors.of(units).scaledToLargest(), tolerance));
  }

  /**
   * Units are the same when one is a multiple of the other, of whatever sign, bias included: behind
   * the identity, such units compute one feature.
   *
   * @param tolerance as in {@link #upToPositiveFactor}
   */
  public static UnitGroups upToFactor(LayerUnits units, double tolerance) {
    return bothSigns(Vectors.of(units).scaledToLargest(), tolerance);
  }

  static UnitGroups identical(Vectors vectors) {
    Map<Vectors.Bits, List<Integer>> groups = new LinkedHashMap<>();
    for (int unit = 0; unit < vectors.count(); unit++) {
      groups.computeIfAbsent(vectors.bits(unit), bits -> new ArrayList<>()).add(unit);
    }
    return new UnitGroups(
        vectors.count(), groups.values().stream().map(UnitGroups::toArray).toList());
  }

  /**
   * Clusters the vectors together with their opposites, and takes those as one that meet either
   * way.
   */
  private static UnitGroups bothSigns(Vectors vectors, double distance) {
    int count = vectors.count();
    Components components = new Components(count);
    for (int[] cluster : Clusters.of(vectors.withOpposites(), distance)) {
      for (int member : cluster) {
        components.join(cluster[0] % count, member % count);
      }
    }
    return new UnitGroups(count, components.list());
  }

  static int[] toArray(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
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
