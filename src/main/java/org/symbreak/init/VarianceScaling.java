package org.symbreak.init;

import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Mean 0 and a variance that depends on how many weights come into a unit or leave it, so that
 * signals keep their size from layer to layer.
 *
 * @param family the formula of the variance
 * @param spread the distribution; all three have exactly that variance, times the gain's square
 * @param gain by what the weights are multiplied, positive and finite; 0, as in models that were
 *     saved before there was one, is 1
 */
public record VarianceScaling(
    @JsonProperty("family") Family family,
    @JsonProperty("spread") Spread spread,
    @JsonProperty("gain") double gain)
    implements Initialization {
  /** Formulas of the variance. */
  public enum Family {
    /** 2 / (fanIn + fanOut): Glorot and Bengio, AISTATS 2010, equation 12; also called Xavier. */
    GLOROT {
      @Override
      double variance(int fanIn, int fanOut) {
        return 2 / ((double) fanIn + fanOut);
      }
    },
    /** 2 / fanIn: He, Zhang, Ren and Sun, ICCV 2015, equation 10; for rectified units. */
    HE {
      @Override
      double variance(int fanIn, int fanOut) {
        return 2.0 / fanIn;
      }
    },
    /** 1 / fanIn: LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998, equation 16. */
    LECUN {
      @Override
      double variance(int fanIn, int fanOut) {
        return 1.0 / fanIn;
      }
    };

    /** Variance of each weight. */
    abstract double variance(int fanIn, int fanOut);
  }

  /** Distributions with mean 0. */
  public enum Spread {
    NORMAL {
      @Override
      double draw(RandomGenerator random, double deviation) {
        return deviation * random.nextGaussian();
      }

      @Override
      IWeightInit stock(double deviation) {
        return Stock.normal(deviation);
      }
    },
    UNIFORM {
      @Override
      double draw(RandomGenerator random, double deviation) {
        double bound = uniformBound(deviation * deviation);
        return random.nextDouble() * 2 * bound - bound;
      }

      @Override
      IWeightInit stock(double deviation) {
        return Stock.uniform(uniformBound(deviation * deviation));
      }
    },
    /**
     * Normal, cut off at two standard deviations of the normal distribution it is cut from, which
     * is wider so that the rest has the wanted variance.
     */
    TRUNCATED {
      @Override
      double draw(RandomGenerator random, double deviation) {
        double standard;
        do {
          standard = random.nextGaussian();
        } while (Math.abs(standard) > 2);
        return standard * deviation / TRUNCATED_DEVIATION;
      }

      @Override
      IWeightInit stock(double deviation) {
        return Stock.truncatedNormal(deviation / TRUNCATED_DEVIATION);
      }
    };

    /** One number with this standard deviation (after truncation). */
    abstract double draw(RandomGenerator random, double deviation);

    abstract IWeightInit stock(double deviation);
  }

  /**
   * Standard deviation of a standard normal variable given that it lies in [−2, 2]: √(1 − 4 φ(2) /
   * (2 Φ(2) − 1)), φ and Φ its density and distribution function.
   */
  static final double TRUNCATED_DEVIATION = 0.87962566103423978;

  public VarianceScaling {
    Objects.requireNonNull(family, "family");
    Objects.requireNonNull(spread, "spread");
    gain = gain == 0 ? 1 : Requirements.positive("gain", gain);
  }

  /** With a gain of 1. */
  public VarianceScaling(Family family, Spread spread) {
    this(family, spread, 1);
  }

  /** Bound b of the uniform distribution on [−b, b] with this variance, b² / 3. */
  static double uniformBound(double variance) {
    return Math.sqrt(3 * variance);
  }

  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    double deviation = gain * Math.sqrt(family.variance(fanIn, fanOut));
    double[] weights = new double[Math.multiplyExact(fanIn, fanOut)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = spread.draw(random, deviation);
    }
    return weights;
  }

  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    return spread.stock(gain * Math.sqrt(family.variance(fanIn, fanOut)));
  }

  /** {@code he} where normal, else {@code he-uniform} and so on; {@code he:1.5} with a gain. */
  @Override
  public String toString() {
    String name = family.name().toLowerCase(Locale.ROOT);
    String spreading = spread == Spread.NORMAL ? "" : "-" + spread.name().toLowerCase(Locale.ROOT);
    return name + spreading + (gain == 1 ? "" : ":" + Numbers.text(gain));
  }
}
