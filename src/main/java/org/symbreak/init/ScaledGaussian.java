package org.symbreak.init;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Standard normal numbers times a scale: {@code randn × 0.01} of the courses.
 *
 * @param scale standard deviation of the weights, positive and finite
 */
public record ScaledGaussian(@JsonProperty("scale") double scale) implements Initialization {
  /** The courses' 0.01. */
  public static final double DEFAULT_SCALE = 0.01;

  public ScaledGaussian {
    Requirements.positive("scale", scale);
  }

  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    double[] weights = new double[Math.multiplyExact(fanIn, fanOut)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = scale * random.nextGaussian();
    }
    return weights;
  }

  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    return Stock.normal(scale);
  }

  @Override
  public String toString() {
    return "gaussian:" + Numbers.text(scale);
  }
}
