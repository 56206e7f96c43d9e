package org.symbreak.theory;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * The signal in a wide random network whose weights have mean 0 and the variance weight variance /
 * fan-in. Poole, Lahiri, Raghu, Sohl-Dickstein and Ganguli, NIPS 2016; Schoenholz, Gilmer, Ganguli
 * and Sohl-Dickstein, ICLR 2017. A unit's sum of inputs is normal with the variance q; z below is
 * standard normal.
 *
 * @param activation φ
 * @param slope φ'
 * @param weightVariance σ_w², from 0
 * @param biasVariance σ_b², from 0
 */
public record MeanField(
    DoubleUnaryOperator activation,
    DoubleUnaryOperator slope,
    double weightVariance,
    double biasVariance) {
  private static final GaussHermite NORMAL = new GaussHermite(400);

  /** For means over two variables: each row of the grid is a mean of its own. */
  private static final GaussHermite PAIR = new GaussHermite(64);

  /** A variance as good as 0, for which slopes at 0 are taken. */
  private static final double NO_VARIANCE = 1e-14;

  private static final double LARGEST_VARIANCE = 1e6;
  private static final int MOST_LAYERS = 3_000;
  private static final double SETTLED = 1e-13;

  public MeanField {
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(slope, "slope");
    if (!(weightVariance >= 0 && biasVariance >= 0)) {
      throw new IllegalArgumentException(
          "variances are from 0, found " + weightVariance + " and " + biasVariance);
    }
  }

  /** The variance of the next layer's sums of inputs: Poole et al., equation 3. */
  public double variance(double q) {
    return weightVariance * meanSquare(activation, q) + biasVariance;
  }

  /**
   * χ at a variance: how much a small difference of two inputs, and a gradient on its way back,
   * grows in a layer, squared. Poole et al., equation 6.
   */
  public double growth(double q) {
    return weightVariance * meanSquare(slope, q);
  }

  /**
   * q*: the variance that stays the same from layer to layer, reached from 1; +∞ where variances
   * grow for ever.
   */
  public double fixedVariance() {
    double q = 1;
    for (int layer = 0; layer < MOST_LAYERS && q < LARGEST_VARIANCE; layer++) {
      double next = variance(q);
      if (Math.abs(next - q) <= SETTLED * Math.max(q, NO_VARIANCE)) {
        return next;
      }
      q = next;
    }
    return q < LARGEST_VARIANCE ? q : Double.POSITIVE_INFINITY;
  }

  /**
   * The correlation of two rows' sums of inputs in the next layer: Poole et al., equation 5, at the
   * same variance of both rows before and after.
   *
   * @param c before, from −1 to 1
   * @param q the variance, positive
   */
  public double correlation(double c, double q) {
    double root = Math.sqrt(q);
    double across = Math.sqrt(Math.max(0, 1 - c * c));
    double product =
        PAIR.mean(
            z1 ->
                activation.applyAsDouble(root * z1)
                    * PAIR.mean(z2 -> activation.applyAsDouble(root * (c * z1 + across * z2))));
    return Math.min(1, (weightVariance * product + biasVariance) / variance(q));
  }

  /** c*: the correlation to which that of two unlike rows tends, at the fixed variance. */
  public double fixedCorrelation(double q) {
    double c = 0;
    for (int layer = 0; layer < 400; layer++) {
      double next = correlation(c, q);
      if (Math.abs(next - c) <= 1e-10) {
        return next;
      }
      c = next;
    }
    return c;
  }

  /**
   * ξ_q: layers in which a difference from the fixed variance falls to 1/e. Schoenholz et al.,
   * equation 7; +∞ where it stays.
   */
  public double varianceDepth(double q) {
    double root = Math.sqrt(q);
    double derivative =
        weightVariance
            * NORMAL.mean(
                z -> activation.applyAsDouble(root * z) * slope.applyAsDouble(root * z) * z / root);
    return depth(derivative);
  }

  /**
   * Layers in which a gradient changes by a factor of e, in the mean square: 1 / |ln χ|. Schoenholz
   * et al., equation 12 (ξ_∇).
   */
  public double gradientDepth(double q) {
    return 1 / Math.abs(Math.log(growth(q)));
  }

  private static double depth(double factor) {
    return factor <= 0 ? 0 : 1 / Math.abs(Math.log(factor));
  }

  /**
   * The weight variance at which χ is 1 at the fixed variance, between order and chaos: 1 for tanh
   * without biases, 2 for ReLU. Along that line q gives σ_w² = 1 / E φ'(√q z)² and σ_b² = q − σ_w²
   * E φ(√q z)².
   *
   * @return empty where there is none with such biases
   */
  public static OptionalDouble criticalWeightVariance(
      DoubleUnaryOperator activation, DoubleUnaryOperator slope, double biasVariance) {
    double q = criticalVariance(activation, slope, biasVariance);
    return Double.isNaN(q) ? OptionalDouble.empty() : OptionalDouble.of(keeping(slope, q));
  }

  /** The fixed variance that belongs to {@link #criticalWeightVariance}; NaN where none. */
  public static double criticalVariance(
      DoubleUnaryOperator activation, DoubleUnaryOperator slope, double biasVariance) {
    double low = NO_VARIANCE;
    if (excess(activation, slope, low) >= biasVariance - 1e-12
        && Math.abs(activation.applyAsDouble(0)) == 0) {
      return low;
    }
    double high = 1e-3;
    while (excess(activation, slope, high) < biasVariance) {
      high *= 2;
      if (high > LARGEST_VARIANCE) {
        return Double.NaN;
      }
    }
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if (excess(activation, slope, middle) < biasVariance) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The weight variance with which a gradient keeps its size where sums have the variance q. */
  public static double keeping(DoubleUnaryOperator slope, double q) {
    return 1 / meanSquare(slope, q);
  }

  /** The bias variance of the critical point with the fixed variance q. */
  private static double excess(
      DoubleUnaryOperator activation, DoubleUnaryOperator slope, double q) {
    return q - keeping(slope, q) * meanSquare(activation, q);
  }

  private static double meanSquare(DoubleUnaryOperator f, double q) {
    double root = Math.sqrt(q);
    return NORMAL.mean(
        z -> {
          double value = f.applyAsDouble(root * z);
          return value * value;
        });
  }
}
