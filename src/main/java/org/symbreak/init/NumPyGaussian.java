package org.symbreak.init;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.symbreak.random.NumPyRandom;

/**
 * The weights that NumPy's legacy generator gives: {@code np.random.seed(seed)}, then {@code
 * np.random.randn(fanOut, fanIn) * scale} for a layer after the other. Its numbers come from its
 * own seed, not from the run's.
 *
 * @param seed from 0 to 2³² − 1
 * @param family null for a fixed scale; else the scale is the root of its variance: HE for {@code
 *     he}, LECUN for what the deep-learning course calls {@code xavier}
 * @param scale what standard normal numbers are multiplied by, positive and finite; 1 where there
 *     is a family
 * @param start how many numbers of the sequence layers before this one took, from 0
 */
public record NumPyGaussian(
    @JsonProperty("seed") long seed,
    @JsonProperty("family") VarianceScaling.Family family,
    @JsonProperty("scale") double scale,
    @JsonProperty("start") long start)
    implements Initialization {
  public NumPyGaussian {
    if (seed < 0 || seed > 0xFFFFFFFFL) {
      throw new IllegalArgumentException("seed must be from 0 to 4294967295, found " + seed);
    }
    Requirements.positive("scale", scale);
    if (family != null && (family == VarianceScaling.Family.GLOROT || scale != 1)) {
      throw new IllegalArgumentException(
          "scale must be a number, he or xavier, found " + family + " times " + scale);
    }
    if (start < 0) {
      throw new IllegalArgumentException("start must be from 0, found " + start);
    }
  }

  /** {@code randn * scale} from the beginning of the sequence. */
  public static NumPyGaussian scaled(long seed, double scale) {
    return new NumPyGaussian(seed, null, scale, 0);
  }

  /** {@code randn * sqrt(2 / fanIn)} from the beginning of the sequence. */
  public static NumPyGaussian he(long seed) {
    return new NumPyGaussian(seed, VarianceScaling.Family.HE, 1, 0);
  }

  /** {@code randn * sqrt(1 / fanIn)} from the beginning of the sequence. */
  public static NumPyGaussian xavier(long seed) {
    return new NumPyGaussian(seed, VarianceScaling.Family.LECUN, 1, 0);
  }

  @Override
  public double[] draw(RandomGenerator random, int fanIn, int fanOut) {
    NumPyRandom numpy = new NumPyRandom(seed);
    for (long skipped = 0; skipped < start; skipped++) {
      numpy.nextGaussian();
    }
    double deviation = deviation(fanIn, fanOut);
    double[] weights = new double[Math.multiplyExact(fanIn, fanOut)];
    // NumPy's rows are units, and so are ours: (fanOut, fanIn) row after row is unit after unit
    for (int i = 0; i < weights.length; i++) {
      weights[i] = numpy.nextGaussian() * deviation;
    }
    return weights;
  }

  /** Goes on where an earlier layer of the same seed stopped. */
  @Override
  public Initialization after(Initialization earlier, long weights) {
    return earlier instanceof NumPyGaussian numpy && numpy.seed == seed
        ? new NumPyGaussian(seed, family, scale, start + weights)
        : this;
  }

  @Override
  public IWeightInit stock(int fanIn, int fanOut) {
    return Stock.normal(deviation(fanIn, fanOut));
  }

  /** {@code numpy:3:he}, and with {@code :START} where it does not start at 0. */
  @Override
  public String toString() {
    String size =
        family == null
            ? Numbers.text(scale)
            : family == VarianceScaling.Family.HE ? "he" : "xavier";
    return String.format(Locale.ROOT, "numpy:%d:%s%s", seed, size, start == 0 ? "" : ":" + start);
  }

  private double deviation(int fanIn, int fanOut) {
    return family == null ? scale : Math.sqrt(family.variance(fanIn, fanOut));
  }
}
