package org.symbreak.stack;

import java.util.Arrays;
import java.util.List;

/**
 * Dense layers one behind the other, computed in plain Java: sums in double precision, what layers
 * put out rounded to the network's numbers.
 *
 * @param blocks at least one, none with gains; each takes what the one before puts out
 */
public record DenseStack(List<DenseBlock> blocks) {
  public DenseStack {
    blocks = List.copyOf(blocks);
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).gains() != null
          || i > 0 && blocks.get(i).inputs() != blocks.get(i - 1).units()) {
        throw new IllegalArgumentException("layers without gains that fit each other are needed");
      }
    }
  }

  /**
   * @param row one number an input of the first layer
   * @return what the last layer's units put out
   */
  public double[] outputs(double[] row) {
    double[] values = row;
    for (DenseBlock block : blocks) {
      values = outputs(block, values);
    }
    return values;
  }

  /** What the units of each block put out, [block][unit][row]. */
  public double[][][] activations(double[][] rows) {
    double[][][] activations = new double[blocks.size()][][];
    Arrays.setAll(activations, block -> new double[blocks.get(block).units()][rows.length]);
    for (int row = 0; row < rows.length; row++) {
      double[] values = rows[row];
      for (int block = 0; block < activations.length; block++) {
        values = outputs(blocks.get(block), values);
        for (int unit = 0; unit < values.length; unit++) {
          activations[block][unit][row] = values[unit];
        }
      }
    }
    return activations;
  }

  private static double[] outputs(DenseBlock block, double[] inputs) {
    double[] sums = new double[block.units()];
    for (int unit = 0; unit < sums.length; unit++) {
      double[] weights = block.weights()[unit];
      double sum = block.bias(unit);
      for (int i = 0; i < inputs.length; i++) {
        sum += weights[i] * inputs[i];
      }
      sums[unit] = sum;
    }
    return block.function().values(sums);
  }
}
