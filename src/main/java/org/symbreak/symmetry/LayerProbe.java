package org.symbreak.symmetry;

import java.util.Arrays;

/**
 * Measures how alike the units of one hidden layer are, at a cost that is bounded at any width: see
 * {@link EffectiveRank} and the fields of the result.
 */
public final class LayerProbe {
  /**
   * Difference relative to the layer's largest weight or bias up to which units count as the same,
   * unless another is asked for.
   */
  public static final double TOLERANCE = 1e-5;

  private LayerProbe() {}

  /**
   * @param layer number of the hidden layer, from 1
   * @param weights units × fanIn, unit after unit
   * @param biases one a unit
   * @param activations [unit][row] on the probe rows; null without any
   * @param zone where the layer's activation function is flat
   */
  public static LayerSymmetry measure(
      int layer, double[] weights, double[] biases, double[][] activations, FlatZone zone) {
    return measure(
        layer,
        new LayerUnits(weights.length / biases.length, weights, biases),
        activations,
        zone,
        TOLERANCE);
  }

  /**
   * @param tolerance difference relative to the layer's largest weight or bias up to which units
   *     count as the same, from 0
   */
  public static LayerSymmetry measure(
      int layer, LayerUnits units, double[][] activations, FlatZone zone, double tolerance) {
    Cosines incoming = Cosines.of(new Vectors(units.fanIn(), units.weights()));
    boolean probed = activations != null && activations[0].length > 0;
    Cosines active =
        probed ? Cosines.of(Vectors.of(activations)) : new Cosines(null, null, null, null);
    return new LayerSymmetry(
        layer,
        units.count(),
        UnitGroups.identical(units).count(),
        UnitGroups.withinTolerance(units, tolerance).count(),
        tolerance,
        incoming.mean(),
        incoming.meanAbsolute(),
        incoming.largestAbsolute(),
        active.mean(),
        active.largest(),
        probed ? EffectiveRank.of(activations) : null,
        probed ? saturated(activations, zone) : null,
        probed ? dead(activations, zone) : null);
  }

  /** Share of activations in the flat ends of a function that has two. */
  private static double saturated(double[][] activations, FlatZone zone) {
    if (!zone.saturates()) {
      return 0;
    }
    long flat =
        Arrays.stream(activations)
            .mapToLong(unit -> Arrays.stream(unit).filter(zone::holds).count())
            .sum();
    return (double) flat / ((long) activations.length * activations[0].length);
  }

  private static double dead(double[][] activations, FlatZone zone) {
    return (double) Arrays.stream(activations).filter(unit -> isDead(unit, zone)).count()
        / activations.length;
  }

  /** Whether a unit that can be switched off is off on every row. */
  public static boolean isDead(double[] activations, FlatZone zone) {
    return zone.off()
        && Arrays.stream(activations).allMatch(activation -> activation <= zone.low());
  }
}
