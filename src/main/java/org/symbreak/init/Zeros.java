package org.symbreak.init;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;

/** Every weight 0. All units of a layer are the same, and stay so: what the claims are about. */
public record Zeros() implements Initialization {
  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    return new double[Math.multiplyExact(fanIn, fanOut)];
  }

  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    return Stock.constant(0);
  }

  @Override
  public String toString() {
    return "zeros";
  }
}
