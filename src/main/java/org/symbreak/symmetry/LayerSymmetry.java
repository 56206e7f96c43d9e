package org.symbreak.symmetry;

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
 * @param meanAbsCosine mean of the absolute cosine, in [0, 1]; null with one unit
 * @param maxAbsCosine largest absolute cosine of a pair, in [0, 1]; null with one unit
 * @param meanActivationCosine as {@code meanCosine}, between the units' activations over the probe
 *     rows
 * @param maxActivationCosine largest cosine between the units' activations over the probe rows
 * @param effectiveRank exponential of the entropy of the uncentred activations' normalized singular
 *     values (Roy and Vetterli, EUSIPCO 2007); 0 for a zero matrix, null without probe rows
 * @param saturated share of activations in the flat zones, where the slope is below 1 % of its
 *     maximum, in [0, 1]; 0 for activations without two flat ends
 * @param dead share of units that are never active on the probe rows, in [0, 1]
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
    Double dead) {}
