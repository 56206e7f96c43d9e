package org.symbreak.inspect;

import java.util.List;
import org.symbreak.symmetry.LayerSymmetry;

/**
 * What the units of one hidden layer are like. Units are numbered from 1; groups have two and more.
 *
 * @param symmetry how alike they are
 * @param identical groups of units with the same incoming weights and bias, bit for bit
 * @param nearlyIdentical groups up to the tolerance that are not identical
 * @param opposite groups of units that are each other's negative, up to the tolerance
 * @param proportional groups of units that are positive multiples of each other, up to the
 *     tolerance
 * @param dead units that are switched off on every row that was tried
 * @param deadWithinRanges units that are switched off for all inputs within the training ranges,
 *     proven; null where those are not known
 * @param deadEverywhere units that are switched off for any input, proven
 * @param constant units whose output is the same on every row, though they are not dead
 * @param constantEverywhere units whose output is the same for any input, proven, the dead ones
 *     included
 * @param saturated units that are in the flat ends of their activation on at least 90 % of the rows
 * @param spectrum singular values of the activations on the rows, descending, uncentred
 */
public record LayerInspection(
    LayerSymmetry symmetry,
    List<List<Integer>> identical,
    List<List<Integer>> nearlyIdentical,
    List<List<Integer>> opposite,
    List<List<Integer>> proportional,
    List<Integer> dead,
    List<Integer> deadWithinRanges,
    List<Integer> deadEverywhere,
    List<Integer> constant,
    List<Integer> constantEverywhere,
    List<Integer> saturated,
    List<Double> spectrum) {
  /** Number of the hidden layer, from 1. */
  public int layer() {
    return symmetry.layer();
  }
}
