package org.symbreak.init;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInitIdentity;

/**
 * Unit i takes input i as it is; units beyond the number of inputs begin at zero, all the same. Le,
 * Jaitly and Hinton, arXiv 1504.00941.
 */
public record Identity() implements Initialization {
  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    double[] weights = new double[Math.multiplyExact(fanIn, fanOut)];
    for (int unit = 0; unit < Math.min(fanIn, fanOut); unit++) {
      weights[unit * fanIn + unit] = 1;
    }
    return weights;
  }

  /** Deeplearning4j's identity knows square matrices only; else constant zeros. */
  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    return fanIn == fanOut ? new WeightInitIdentity() : Stock.constant(0);
  }

  @Override
  public String toString() {
    return "identity";
  }
}
