package org.symbreak.init;

import org.deeplearning4j.nn.conf.distribution.ConstantDistribution;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.OrthogonalDistribution;
import org.deeplearning4j.nn.conf.distribution.TruncatedNormalDistribution;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;

/**
 * Initializations of Deeplearning4j's own, for configurations that are to be read without this
 * library.
 */
final class Stock {
  private Stock() {}

  static IWeightInit constant(double value) {
    return new WeightInitDistribution(new ConstantDistribution(value));
  }

  static IWeightInit normal(double deviation) {
    return new WeightInitDistribution(new NormalDistribution(0, deviation));
  }

  /**
   * @param deviation of the normal distribution that is cut off at two of them
   */
  static IWeightInit truncatedNormal(double deviation) {
    return new WeightInitDistribution(new TruncatedNormalDistribution(0, deviation));
  }

  static IWeightInit uniform(double bound) {
    return new WeightInitDistribution(new UniformDistribution(-bound, bound));
  }

  static IWeightInit orthogonal(double gain) {
    return new WeightInitDistribution(new OrthogonalDistribution(gain));
  }
}
