package org.symbreak.stack;

import java.util.Arrays;
import java.util.Objects;
import org.symbreak.symmetry.LayerUnits;

/**
 * A dense layer of a network in plain arrays, with what comes behind it before the next one.
 *
 * @param name what the file calls it; empty where it has no name
 * @param weights [unit][input]; not copied
 * @param biases one a unit; null where the layer has none; not copied
 * @param gains one a unit, where the layer normalizes its sums over its units; null otherwise; not
 *     copied
 * @param function of the units' sums
 * @param fixed whether its units must stay as they are: they feed something besides the next layer,
 *     or are made of numbers that are used elsewhere, too
 */
public record DenseBlock(
    String name,
    double[][] weights,
    double[] biases,
    double[] gains,
    UnitFunction function,
    boolean fixed) {
  public DenseBlock {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(function, "function");
    if (weights.length == 0 || weights[0].length == 0) {
      throw new IllegalArgumentException("a dense layer has at least one unit and one input");
    }
  }

  public int units() {
    return weights.length;
  }

  public int inputs() {
    return weights[0].length;
  }

  /** A unit's bias, 0 where the layer has none. */
  public double bias(int unit) {
    return biases == null ? 0 : biases[unit];
  }

  /** How many numbers it is made of. */
  public long parameters() {
    return (long) units() * inputs()
        + (biases == null ? 0 : units())
        + (gains == null ? 0 : units());
  }

  /**
   * Whether a unit can be changed without changing others: no normalization over the units, no
   * softmax, and no user but the next layer.
   */
  public boolean unitsAreIndependent() {
    return gains == null && !function.couplesUnits() && !fixed;
  }

  /** The units as they are compared; a gain counts as one more weight. */
  public LayerUnits asUnits() {
    int fanIn = inputs() + (gains == null ? 0 : 1);
    double[] flat = new double[Math.multiplyExact(units(), fanIn)];
    double[] flatBiases = new double[units()];
    for (int unit = 0; unit < units(); unit++) {
      System.arraycopy(weights[unit], 0, flat, unit * fanIn, inputs());
      if (gains != null) {
        flat[unit * fanIn + inputs()] = gains[unit];
      }
      flatBiases[unit] = bias(unit);
    }
    return new LayerUnits(fanIn, flat, flatBiases);
  }

  /** With these units of its own only, in this order. */
  public DenseBlock keepingUnits(int[] kept) {
    return new DenseBlock(
        name,
        Arrays.stream(kept).mapToObj(unit -> weights[unit]).toArray(double[][]::new),
        pick(biases, kept),
        pick(gains, kept),
        function,
        fixed);
  }

  /** With these inputs only, in this order. */
  public DenseBlock keepingInputs(int[] kept) {
    double[][] fewer = new double[units()][];
    Arrays.setAll(fewer, unit -> pick(weights[unit], kept));
    return new DenseBlock(name, fewer, biases, gains, function, fixed);
  }

  /** The same, whose units must stay. */
  DenseBlock asFixed() {
    return new DenseBlock(name, weights, biases, gains, function, true);
  }

  /** A copy whose arrays may be changed. */
  public DenseBlock copy() {
    double[][] copied = new double[units()][];
    Arrays.setAll(copied, unit -> weights[unit].clone());
    return new DenseBlock(
        name,
        copied,
        biases == null ? null : biases.clone(),
        gains == null ? null : gains.clone(),
        function,
        fixed);
  }

  private static double[] pick(double[] values, int[] kept) {
    return values == null ? null : Arrays.stream(kept).mapToDouble(i -> values[i]).toArray();
  }
}
