package org.symbreak.symmetry;

import java.util.Arrays;
import java.util.Objects;

/**
 * What the units of one layer are made of: the weights that come in, and the biases. Float
 * parameters as the doubles that equal them.
 *
 * @param fanIn inputs of the layer, from 1
 * @param weights units × fanIn, unit after unit: the weights that come into unit j are [j·fanIn,
 *     (j+1)·fanIn); not copied, not to be changed
 * @param biases one a unit; not copied, not to be changed
 */
public record LayerUnits(int fanIn, double[] weights, double[] biases) {
  public LayerUnits {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(biases, "biases");
    if (fanIn < 1 || biases.length < 1 || weights.length != (long) biases.length * fanIn) {
      throw new IllegalArgumentException(
          "expected units × fanIn weights and a bias a unit, found fan-in "
              + fanIn
              + ", "
              + weights.length
              + " weights, "
              + biases.length
              + " biases");
    }
  }

  /**
   * The units of a layer whose parameters stand in a flat vector, weights first, biases right
   * behind them.
   */
  public static LayerUnits fromFlat(double[] parameters, int offset, int fanIn, int units) {
    int biases = offset + fanIn * units;
    return new LayerUnits(
        fanIn,
        Arrays.copyOfRange(parameters, offset, biases),
        Arrays.copyOfRange(parameters, biases, biases + units));
  }

  /** Number of units, from 1. */
  public int count() {
    return biases.length;
  }

  /** The i-th number of a unit: its incoming weights, then its bias at i = fanIn. */
  public double parameter(int unit, int i) {
    return i < fanIn ? weights[unit * fanIn + i] : biases[unit];
  }

  /** Largest absolute weight or bias of the layer. */
  public double largest() {
    double largest = 0;
    for (double weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
    }
    for (double bias : biases) {
      largest = Math.max(largest, Math.abs(bias));
    }
    return largest;
  }
}
