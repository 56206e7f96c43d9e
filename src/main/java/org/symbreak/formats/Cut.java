package org.symbreak.formats;

import java.util.Arrays;
import org.symbreak.stack.DenseBlock;
import org.symbreak.stack.Step;

/**
 * A layer's own numbers after a change. What the change left alone keeps its bits, though the layer
 * that was looked at had a scale folded into it.
 *
 * @param weights [unit][input], as the file has them
 * @param biases one a unit, or null
 * @param shifts what is to be added to a sum behind the scale, one a unit
 */
public record Cut(double[][] weights, double[] biases, double[] shifts) {
  /**
   * @param weights as the file had them
   * @param biases likewise
   * @param factors of the scale that is folded into the blocks; null without one
   * @param before the layer as it was looked at
   * @param after the layer as it shall be
   * @param units those of its units that are left
   * @param inputs those of its inputs that are left
   */
  public static Cut of(
      double[][] weights,
      double[] biases,
      double[] factors,
      DenseBlock before,
      DenseBlock after,
      int[] units,
      int[] inputs) {
    double[][] cut = new double[units.length][inputs.length];
    double[] cutBiases = biases == null ? null : new double[units.length];
    double[] shifts = new double[units.length];
    for (int unit = 0; unit < units.length; unit++) {
      int old = units[unit];
      double factor = factors == null ? 1 : factors[old];
      for (int i = 0; i < inputs.length; i++) {
        double changed = after.weights()[unit][i];
        cut[unit][i] =
            changed == before.weights()[old][inputs[i]] || factor == 0
                ? weights[old][inputs[i]]
                : changed / factor;
      }
      double shift = after.bias(unit) - before.bias(old);
      if (cutBiases != null) {
        cutBiases[unit] = factors == null && shift != 0 ? after.bias(unit) : biases[old];
      }
      shifts[unit] = factors == null && cutBiases != null ? 0 : shift;
    }
    return new Cut(cut, cutBiases, shifts);
  }

  /** Whether nothing is different. */
  public boolean isAsBefore(Step.Dense dense) {
    return Arrays.deepEquals(weights, dense.weights())
        && Arrays.equals(biases, dense.biases())
        && Arrays.stream(shifts).allMatch(shift -> shift == 0);
  }

  /** All of so many. */
  public static int[] all(int count) {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    return all;
  }
}
