package org.symbreak.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class MeanFieldTest {
  private static final DoubleUnaryOperator TANH = StrictMath::tanh;
  private static final DoubleUnaryOperator TANH_SLOPE =
      z -> 1 - StrictMath.tanh(z) * StrictMath.tanh(z);
  private static final DoubleUnaryOperator RELU = z -> Math.max(z, 0);
  private static final DoubleUnaryOperator RELU_SLOPE = z -> z > 0 ? 1 : 0;
  private static final DoubleUnaryOperator SIGMOID = z -> 1 / (1 + StrictMath.exp(-z));
  private static final DoubleUnaryOperator SIGMOID_SLOPE =
      z -> SIGMOID.applyAsDouble(z) * SIGMOID.applyAsDouble(-z);

  private static MeanField tanh(double weightVariance, double biasVariance) {
    return new MeanField(TANH, TANH_SLOPE, weightVariance, biasVariance);
  }

  /** The second method: Simpson's rule on a fine grid. */
  private static double simpson(DoubleUnaryOperator f) {
    int steps = 40_000;
    double width = 24.0 / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double z = -12 + i * width;
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * f.applyAsDouble(z) * Math.exp(-z * z / 2);
    }
    return sum * width / 3 / Math.sqrt(2 * Math.PI);
  }

  @Test
  void takesMeansOverTheNormalDistribution() {
    GaussHermite normal = new GaussHermite(200);
    assertThat(normal.mean(z -> 1)).isCloseTo(1, within(1e-12));
    assertThat(normal.mean(z -> z * z)).isCloseTo(1, within(1e-12));
    assertThat(normal.mean(z -> Math.pow(z, 10))).isCloseTo(945, within(1e-8));
    assertThat(normal.mean(Math::cos)).isCloseTo(Math.exp(-0.5), within(1e-12));
  }

  @Test
  void tanhIsCriticalAtOneWithoutBiases() {
    assertThat(MeanField.criticalWeightVariance(TANH, TANH_SLOPE, 0).getAsDouble())
        .isCloseTo(1, within(1e-9));
  }

  /** Pennington, Schoenholz and Ganguli, NIPS 2017: critical at σ_w² = 1.76 with σ_b² = 0.05. */
  @Test
  void tanhWithBiasesIsCriticalWherePublished() {
    double weights = MeanField.criticalWeightVariance(TANH, TANH_SLOPE, 0.05).getAsDouble();
    assertThat(weights).isCloseTo(1.76, within(0.005));
    MeanField critical = tanh(weights, 0.05);
    assertThat(critical.growth(critical.fixedVariance())).isCloseTo(1, within(1e-9));
  }

  /** He et al., ICCV 2015: σ_w² = 2. */
  @Test
  void reluIsCriticalAtTwo() {
    assertThat(MeanField.criticalWeightVariance(RELU, RELU_SLOPE, 0).getAsDouble())
        .isCloseTo(2, within(1e-9));
    assertThat(new MeanField(RELU, RELU_SLOPE, 2, 0).variance(0.37)).isCloseTo(0.37, within(1e-12));
  }

  @Test
  void sigmoidIsCriticalOnlyWhereItsUnitsAreSaturated() {
    double weights = MeanField.criticalWeightVariance(SIGMOID, SIGMOID_SLOPE, 0).getAsDouble();
    MeanField critical = new MeanField(SIGMOID, SIGMOID_SLOPE, weights, 0);
    double q = critical.fixedVariance();
    assertThat(simpson(z -> Math.pow(SIGMOID_SLOPE.applyAsDouble(Math.sqrt(q) * z), 2)) * weights)
        .isCloseTo(1, within(1e-3));
    assertThat(Math.sqrt(weights)).isBetween(8.0, 14.0);
    assertThat(q).isGreaterThan(36);
  }

  @Test
  void theFixedVarianceIsOneByASecondMethod() {
    for (double[] at : new double[][] {{1.5, 0.1}, {4, 0}, {2.5, 0.5}, {0.81, 0.01}}) {
      double q = tanh(at[0], at[1]).fixedVariance();
      double next = at[0] * simpson(z -> Math.pow(Math.tanh(Math.sqrt(q) * z), 2)) + at[1];
      assertThat(next).isCloseTo(q, within(1e-9));
    }
  }

  @Test
  void theFixedCorrelationIsOneByASecondMethod() {
    MeanField chaotic = tanh(4, 0.1);
    double q = chaotic.fixedVariance();
    double c = chaotic.fixedCorrelation(q);
    assertThat(c).isBetween(0.01, 0.9);
    double root = Math.sqrt(q);
    double across = Math.sqrt(1 - c * c);
    double product = 0;
    int steps = 400;
    double width = 16.0 / steps;
    for (int i = 0; i <= steps; i++) {
      for (int j = 0; j <= steps; j++) {
        double a = -8 + i * width;
        double b = -8 + j * width;
        product +=
            Math.tanh(root * a)
                * Math.tanh(root * (c * a + across * b))
                * Math.exp(-(a * a + b * b) / 2);
      }
    }
    product *= width * width / (2 * Math.PI);
    assertThat((4 * product + 0.1) / q).isCloseTo(c, within(1e-6));
  }

  /** Cho and Saul, NIPS 2009: the arc-cosine kernel of order 1. */
  @Test
  void correlationsOfReluFollowTheArcCosine() {
    MeanField he = new MeanField(RELU, RELU_SLOPE, 2, 0);
    for (double c : new double[] {0, 0.3, 0.8}) {
      double angle = Math.acos(c);
      double expected = (Math.sin(angle) + (Math.PI - angle) * c) / Math.PI;
      assertThat(he.correlation(c, 1)).isCloseTo(expected, within(5e-3));
    }
  }

  @Test
  void inTheOrderedPhaseRowsBecomeAlikeAndInTheChaoticOneTheyDoNot() {
    MeanField ordered = tanh(0.8, 0.3);
    assertThat(ordered.growth(ordered.fixedVariance())).isLessThan(1);
    assertThat(ordered.fixedCorrelation(ordered.fixedVariance())).isCloseTo(1, within(1e-6));
    MeanField chaotic = tanh(9, 0);
    assertThat(chaotic.growth(chaotic.fixedVariance())).isGreaterThan(1);
    assertThat(chaotic.fixedCorrelation(chaotic.fixedVariance())).isLessThan(0.5);
  }

  @Test
  void depthScalesGrowTowardsTheCriticalPoint() {
    double before = 0;
    for (double weights : new double[] {0.5, 0.9, 1.3, 1.7}) {
      MeanField field = tanh(weights, 0.05);
      double depth = field.gradientDepth(field.fixedVariance());
      assertThat(depth).isGreaterThan(before);
      before = depth;
    }
    MeanField field = tanh(1.3, 0.05);
    double q = field.fixedVariance();
    double away = q * (1 + 1e-5);
    double factor = (field.variance(away) - q) / (away - q);
    assertThat(field.varianceDepth(q)).isCloseTo(-1 / Math.log(factor), within(1e-3));
  }
}
