package org.symbreak.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.random.Streams;
import org.symbreak.symmetry.GroupSpread;

/** The inductive step, its exact form, and the network that a symmetric one collapses to. */
class ProofTest {
  private static final DenseShape DEEP = new DenseShape(List.of(3, 7, 5, 1));

  @Test
  void noStepPartsEqualUnits(@TempDir Path directory) {
    ClaimData data = SmallData.circles(directory);
    List<InductiveStep.Trial> trials = InductiveStep.everywhere(data, 3);
    assertThat(trials)
        .hasSize(3 * 3 * Activation.values().length)
        .noneMatch(InductiveStep.Trial::breaks)
        .allMatch(InductiveStep.Trial::moved);
    List<InductiveStep.Trial> parted =
        InductiveStep.everywhere(data.withEngines(problem -> FaultyEngine.PARTS_UNITS), 1);
    assertThat(parted).anyMatch(InductiveStep.Trial::breaks);
    data.dataset().close();
  }

  @Test
  void patternsNoticeEveryParameterThatLeavesThem() {
    RandomGenerator random = Streams.of(3);
    UnitPattern pattern =
        new UnitPattern(DEEP, List.of(new int[] {0, 0, 1, 2, 1, 0, 0}, new int[] {0, 0, 0, 1, 1}));
    double[] parameters = pattern.randomParameters(random, 1);
    assertThat(pattern.spread(parameters).isNone()).isTrue();
    // inputs and output are by themselves; every other parameter shares its value with another one
    for (int i = 0; i < DEEP.weights(2); i++) {
      double[] changed = parameters.clone();
      changed[i] = Math.nextUp((float) changed[i]);
      long same =
          Arrays.stream(parameters)
              .filter(value -> value == parameters[indexOf(parameters, changed)])
              .count();
      assertThat(pattern.spread(changed).isNone()).as("parameter %d", i).isEqualTo(same == 1);
    }
  }

  @Test
  void aTrialIsSaidInTheSameDigitsInEveryLanguage() {
    InductiveStep.Trial trial =
        new InductiveStep.Trial(
            ClaimData.network(1, 16, Activation.TANH, "zeros", "zeros"),
            Descent.PLAIN,
            7,
            true,
            new GroupSpread(0, 0));
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(trial).hasToString("[16] units, [tanh], sgd, l2 0, double, batches of 7");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void patternsSayHowFarParametersAreFromThem() {
    UnitPattern pattern = UnitPattern.oneGroup(new DenseShape(List.of(1, 3, 1)));
    double[] parameters = new double[pattern.shape().parameters()];
    parameters[1] = Float.MIN_VALUE;
    parameters[2] = -2 * Float.MIN_VALUE;
    assertThat(pattern.spread(parameters)).isEqualTo(new GroupSpread(2.0 * Float.MIN_VALUE, 2));
    parameters[2] = Double.NaN;
    assertThat(pattern.spread(parameters).absolute()).isNaN();
    assertThat(pattern.spread(parameters).isNone()).isFalse();
  }

  private static int indexOf(double[] parameters, double[] changed) {
    return Arrays.mismatch(parameters, changed);
  }

  @Test
  void theCollapsedNetworkPredictsTheSame() {
    RandomGenerator random = Streams.of(4);
    UnitPattern pattern =
        new UnitPattern(DEEP, List.of(new int[] {0, 0, 1, 2, 1, 0, 0}, new int[] {0, 0, 0, 1, 1}));
    double[] parameters = pattern.randomParameters(random, 1);
    Collapse collapse = Collapse.of(DEEP, parameters);
    assertThat(collapse.shape().sizes()).containsExactly(3, 3, 2, 1);
    for (int i = 0; i < 50; i++) {
      double[] x = random.doubles(3, -3, 3).toArray();
      for (Activation activation : Activation.values()) {
        double wide = new DenseNetwork(DEEP, List.of(activation), parameters).probability(x);
        assertThat(
                new DenseNetwork(collapse.shape(), List.of(activation), collapse.parameters())
                    .probability(x))
            .isCloseTo(wide, within(1e-13));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void exactStepsAreStepsOfGradientDescent(Activation activation) {
    DenseShape shape = new DenseShape(List.of(2, 3, 1));
    RandomGenerator random = Streams.of(5);
    double[] parameters = random.doubles(shape.parameters(), -1, 1).toArray();
    double[][] x = {{0.5, -1}, {2, 0.25}, {-0.75, 1.5}, {1, 1}};
    int[] y = {1, 0, 0, 1};
    double[] gradient = new double[parameters.length];
    new DenseNetwork(shape, List.of(activation), parameters)
        .lossAndGradient(x, y, new SigmoidCrossEntropy(), 0, gradient);
    ExactStep step =
        new ExactStep(
            shape, ExactStep.Function.of(activation), ExactStep.Function.of(Activation.SIGMOID));
    List<BigDecimal> after = step.after(ExactStep.exact(parameters), x, y, new BigDecimal("0.25"));
    for (int i = 0; i < gradient.length; i++) {
      assertThat(after.get(i).doubleValue()).isCloseTo(parameters[i] - gradient[i], within(1e-14));
    }
  }

  @Test
  void exactArithmeticNeverRounds() {
    DenseShape shape = new DenseShape(List.of(1, 2, 1));
    // z = x w + b = 1/2, a = z³ − z = −3/8, output ½ + (v a · 2 + c) / 4
    List<BigDecimal> parameters = ExactStep.exact(new double[] {0.5, 0.5, 0, 0, 1, 1, 0.25});
    List<BigDecimal> after =
        new ExactStep(shape, ExactStep.Function.CUBIC, ExactStep.Function.TANGENT)
            .after(parameters, new double[][] {{1}}, new int[] {0}, BigDecimal.ONE);
    BigDecimal out =
        new BigDecimal("0.5").add(new BigDecimal("-0.5").divide(BigDecimal.valueOf(4)));
    assertThat(after.get(6)).isEqualByComparingTo(new BigDecimal("0.25").subtract(out));
    assertThat(after.get(4))
        .isEqualByComparingTo(BigDecimal.ONE.add(out.multiply(new BigDecimal("0.375"))));
    // the slope 3 z² − 1 is −1/4
    assertThat(after.get(0))
        .isEqualByComparingTo(new BigDecimal("0.5").add(out.multiply(new BigDecimal("0.25"))));
    assertThat(ExactStep.distinctUnits(shape, after)).isEqualTo(1);
  }
}
