package org.symbreak.init;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Uniform in [−ε, ε): {@code rand × 2ε − ε} of the older course. This ε has nothing to do with the
 * step of gradient checks.
 *
 * @param epsilon positive and finite; null for the older course's rule √6 / √(fanIn + fanOut),
 *     which is the bound of Glorot's uniform
 */
public record UniformEpsilon(@JsonProperty("epsilon") Double epsilon) implements Initialization {
  /** The older course's 0.12. */
  public static final double DEFAULT_EPSILON = 0.12;

  /** ε by the rule, a layer at a time. */
  public static final UniformEpsilon AUTO = new UniformEpsilon(null);

  public UniformEpsilon {
    if (epsilon != null) {
      Requirements.positive("epsilon", epsilon);
    }
  }

  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    double bound = bound(fanIn, fanOut);
    double[] weights = new double[Math.multiplyExact(fanIn, fanOut)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextDouble() * 2 * bound - bound;
    }
    return weights;
  }

  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    return Stock.uniform(bound(fanIn, fanOut));
  }

  @Override
  public String toString() {
    return "uniform:" + (epsilon == null ? "auto" : Numbers.text(epsilon));
  }

  private double bound(int fanIn, int fanOut) {
    return epsilon == null
        ? VarianceScaling.uniformBound(VarianceScaling.Family.GLOROT.variance(fanIn, fanOut))
        : epsilon;
  }
}
