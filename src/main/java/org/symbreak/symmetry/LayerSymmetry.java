package org.symbreak.symmetry;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How alike the units of one hidden layer are. What is undefined is null, never NaN. The names are
 * those of the JSON.
 *
 * @param layer number of the hidden layer, from 1
 * @param hiddenUnits units of the layer
 * @param distinctUnits groups of units whose incoming weights and bias are the same bits (−0 equals
 *     0)
 * @param distinctUnitsWithinTolerance the same up to {@code tolerance}
 * @param tolerance largest difference of a weight or bias, relative to the layer's largest, at
 *     which units count as the same
 * @param meanCosine mean over pairs of the cosine between incoming weight vectors, in [−1, 1];
 *     identical vectors have 1, zero vectors included; null with one unit
 * @param meanAbsCosine mean of the absolute cosine, in [0, 1]; of 256 evenly spread units where
 *     there are more; null with one unit
 * @param maxAbsCosine largest absolute cosine of a pair, in [0, 1]; 1 where two units of all are
 *     identical, else of 256 evenly spread units where there are more; null with one unit
 * @param meanActivationCosine as {@code meanCosine}, between the units' activations over the probe
 *     rows
 * @param maxActivationCosine as {@code maxAbsCosine}, between the units' activations over the probe
 *     rows, with its sign
 * @param effectiveRank exponential of the entropy of the uncentred activations' normalized singular
 *     values (Roy and Vetterli, EUSIPCO 2007); 0 for a zero matrix, null without probe rows
 * @param saturated share of activations in the flat zones, where the slope is below 1 % of its
 *     maximum, in [0, 1]; 0 for activations without two flat ends; null without probe rows
 * @param dead share of units that are switched off on every probe row: at 0 behind ReLU and its
 *     like, below the point where the slope falls under 1 % behind elu, selu and softplus; in [0,
 *     1], 0 for activations that have no such end, as tanh and leaky ReLU; null without probe rows
 */
public record LayerSymmetry(
    int layer,
    int hiddenUnits,
    int distinctUnits,
    int distinctUnitsWithinTolerance,
    double tolerance,
    Double meanCosine,
    Double meanAbsCosine,
    Double maxAbsCosine,
    Double meanActivationCosine,
    Double maxActivationCosine,
    Double effectiveRank,
    Double saturated,
    Double dead) {
  private static final Comparator<LayerSymmetry> WORST_FIRST =
      Comparator.<LayerSymmetry>comparingDouble(
              layer -> (double) layer.distinctUnitsWithinTolerance / layer.hiddenUnits)
          .thenComparingDouble(layer -> (double) layer.distinctUnits / layer.hiddenUnits)
          .thenComparingDouble(
              layer -> layer.effectiveRank == null ? 1 : layer.effectiveRank / layer.hiddenUnits)
          .thenComparingInt(LayerSymmetry::layer);

  /**
   * The layer with the smallest share of distinct units, then of effective rank; empty without
   * hidden layers.
   */
  public static Optional<LayerSymmetry> worst(List<LayerSymmetry> layers) {
    return layers.stream().min(WORST_FIRST);
  }

  /** Whether the layer's units, two at least, are one unit repeated, up to the tolerance. */
  public boolean unitsAreAlike() {
    return hiddenUnits > 1 && distinctUnitsWithinTolerance == 1;
  }
}
