package org.symbreak.init;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;

/**
 * Orthogonal weights at the size at which gradients neither grow nor fade on their way through the
 * layers, which follows from the activation; the first layer's at the size that gives its sums of
 * inputs, from the rows' own second moments, the variance that belongs to it. Schoenholz et al.,
 * ICLR 2017; Pennington, Schoenholz and Ganguli, NIPS 2017.
 */
public record Critical() implements DataDependent {
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
    return "critical";
  }
}
