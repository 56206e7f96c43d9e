package org.symbreak.init;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;

/**
 * Layer-sequential unit variance: orthogonal weights, then each layer's scaled, the first layer
 * first, so that its sums of inputs have the variance 1 over rows and units. Mishkin and Matas,
 * ICLR 2016, algorithm 1.
 */
public record Lsuv() implements DataDependent {
  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    return new Orthogonal(1).draw(random, fanIn, fanOut);
  }

  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    return Stock.orthogonal(1);
  }

  @Override
  public String toString() {
    return "lsuv";
  }
}
