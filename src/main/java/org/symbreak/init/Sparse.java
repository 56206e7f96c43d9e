package org.symbreak.init;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Each unit listens to a few randomly chosen inputs, with standard normal weights; its other
 * weights are 0. Martens, ICML 2010, section 5.
 *
 * @param connections of each unit, from 1; all where there are not so many inputs
 */
public record Sparse(@JsonProperty("connections") int connections) implements Initialization {
  /** Martens's 15. */
  public static final int DEFAULT_CONNECTIONS = 15;

  public Sparse {
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be from 1, found " + connections);
    }
  }

  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    double[] weights = new double[Math.multiplyExact(fanIn, fanOut)];
    int[] inputs = new int[fanIn];
    for (int i = 0; i < fanIn; i++) {
      inputs[i] = i;
    }
    for (int unit = 0; unit < fanOut; unit++) {
      for (int chosen = 0; chosen < Math.min(connections, fanIn); chosen++) {
        int other = chosen + random.nextInt(fanIn - chosen);
        int input = inputs[other];
        inputs[other] = inputs[chosen];
        inputs[chosen] = input;
        weights[unit * fanIn + input] = random.nextGaussian();
      }
    }
    return weights;
  }

  /** The normal distribution with the same variance, connections / fanIn. */
  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    return Stock.normal(Math.sqrt(Math.min(connections, fanIn) / (double) fanIn));
  }

  @Override
  public String toString() {
    return "sparse:" + connections;
  }
}
