package org.symbreak.init;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;

/**
 * Normal weights, then each unit's scaled and its bias set so that its sums of inputs have mean 0
 * and variance 1 over rows (the within-layer step); where a layer's function is linear on both
 * sides of 0, layers are then scaled against each other so that all of them learn at the same
 * relative rate (the between-layer step). Krähenbühl, Doersch, Donahue and Darrell, ICLR 2016,
 * algorithms 1 and 2, their β being 0.
 */
public record DataDriven() implements DataDependent {
  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    return lecun().draw(random, fanIn, fanOut);
  }

  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    return lecun().stock(fanIn, fanOut);
  }

  @Override
  public String toString() {
    return "data";
  }

  private static VarianceScaling lecun() {
    return new VarianceScaling(VarianceScaling.Family.LECUN, VarianceScaling.Spread.NORMAL);
  }
}
