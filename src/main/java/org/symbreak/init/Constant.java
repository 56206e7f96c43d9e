package org.symbreak.init;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Every weight the same number.
 *
 * @param value finite
 */
public record Constant(@JsonProperty("value") double value) implements Initialization {
  public Constant {
    // −0 becomes 0, which it equals
    value = Requirements.finite("value", value) + 0.0;
  }

  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    double[] weights = new double[Math.multiplyExact(fanIn, fanOut)];
    Arrays.fill(weights, value);
    return weights;
  }

  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    return Stock.constant(value);
  }

  @Override
  public String toString() {
    return "constant:" + Numbers.text(value);
  }
}
