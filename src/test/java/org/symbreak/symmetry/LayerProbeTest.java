package org.symbreak.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerProbeTest {
  private static final FlatZone TANH = FlatZone.named("tanh");
  private static final FlatZone RELU = FlatZone.named("relu");

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 17, 64, 300, 4096})
  void saysOfEqualUnitsThatTheyAreOne(int units) {
    double[] weights = new double[units * 3];
    double[][] activations = new double[units][];
    for (int unit = 0; unit < units; unit++) {
      System.arraycopy(new double[] {0.1, 0.7, -0.3}, 0, weights, unit * 3, 3);
      activations[unit] = new double[] {0.3, -0.2, 0.77, 0.1};
    }
    LayerSymmetry symmetry = LayerProbe.measure(1, weights, new double[units], activations, TANH);
    assertThat(symmetry)
        .isEqualTo(new LayerSymmetry(1, units, 1, 1, 1e-5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0));
    assertThat(symmetry.unitsAreAlike()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 17, 4096})
  void takesZeroUnitsAsIdentical(int units) {
    LayerSymmetry symmetry =
        LayerProbe.measure(2, new double[units * 2], new double[units], new double[units][5], TANH);
    assertThat(symmetry)
        .isEqualTo(new LayerSymmetry(2, units, 1, 1, 1e-5, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0));
  }

  @Test
  void takesAZeroAndANonZeroVectorAsUnrelated() {
    // cosines of the pairs: (zero, zero) 1, (zero, x) twice 0, (zero, −x) twice 0, (x, −x) −1
    LayerSymmetry symmetry =
        LayerProbe.measure(
            1, new double[] {0, 0, 0, -0.0, 3, 4, -3, -4}, new double[] {0, 0, 0, 1}, null, TANH);
    assertThat(symmetry.distinctUnits()).isEqualTo(3);
    assertThat(symmetry.meanCosine()).isCloseTo(0, within(1e-15));
    assertThat(symmetry.meanAbsCosine()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(symmetry.maxAbsCosine()).isEqualTo(1);
    assertThat(symmetry.effectiveRank()).isNull();
    assertThat(symmetry.saturated()).isNull();
    assertThat(symmetry.dead()).isNull();
  }

  @Test
  void leavesUndefinedWhatIs() {
    LayerSymmetry single =
        LayerProbe.measure(1, new double[] {1, 2}, new double[] {0}, new double[][] {{1, 2}}, TANH);
    assertThat(single.meanCosine()).isNull();
    assertThat(single.maxAbsCosine()).isNull();
    assertThat(single.meanActivationCosine()).isNull();
    assertThat(single.effectiveRank()).isEqualTo(1);
    assertThat(single.unitsAreAlike()).isFalse();
    LayerSymmetry diverged =
        LayerProbe.measure(
            1,
            new double[] {Double.NaN, 2},
            new double[2],
            new double[][] {{Double.NaN}, {1}},
            TANH);
    assertThat(diverged.meanCosine()).isNull();
    assertThat(diverged.effectiveRank()).isNull();
  }

  @Test
  void countsSaturatedActivationsAndDeadUnitsEachByItsOwnMeasure() {
    double[][] activations = {{0, 0.9949, 0.9951, -1}, {0, 0, 0, 0}};
    double[] weights = {1, 2};
    LayerSymmetry tanh = LayerProbe.measure(1, weights, new double[2], activations, TANH);
    assertThat(tanh.saturated()).isEqualTo(2 / 8.0);
    assertThat(tanh.dead()).isZero();
    LayerSymmetry relu = LayerProbe.measure(1, weights, new double[2], activations, RELU);
    assertThat(relu.saturated()).isZero();
    assertThat(relu.dead()).isEqualTo(0.5);
  }

  /**
   * Flat from where the slope is a hundredth of the largest on; checked on both sides of that
   * point.
   */
  @ParameterizedTest
  @CsvSource({
    "tanh,2.99,3.0",
    "sigmoid,5.98,5.99",
    "softsign,8.99,9.01",
    "hardtanh,0.99,1.01",
    "rationaltanh,4.45,4.5"
  })
  void knowsWhereFunctionsAreFlat(String name, double steep, double flat) {
    FlatZone zone = FlatZone.named(name);
    assertThat(zone.saturates()).isTrue();
    assertThat(zone.holds(value(name, steep))).isFalse();
    assertThat(zone.holds(value(name, flat))).isTrue();
    assertThat(zone.holds(value(name, -flat))).isTrue();
    assertThat(zone.holds(value(name, -steep))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "relu,0.001,0",
    "elu(alpha=1.0),-4.6,-4.61",
    "elu(alpha=2.0),-4.6,-4.61",
    "selu,-4.6,-4.61",
    "softplus,-4.59,-4.6"
  })
  void knowsWhereFunctionsSwitchOff(String name, double on, double off) {
    FlatZone zone = FlatZone.named(name);
    assertThat(LayerProbe.isDead(new double[] {value(name, off), value(name, off)}, zone)).isTrue();
    assertThat(LayerProbe.isDead(new double[] {value(name, off), value(name, on)}, zone)).isFalse();
  }

  @Test
  void knowsNoFlatEndOfOtherFunctions() {
    for (String name :
        List.of("identity", "leakyrelu(a=0.01)", "cube", "gelu(precise=false)", "something")) {
      assertThat(FlatZone.named(name)).isEqualTo(FlatZone.NONE);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void meanCosineIsThatOfAllPairsAtAnyWidth(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int units = random.nextInt(2, 700);
    int fanIn = random.nextInt(1, 20);
    double[] weights = random.doubles((long) units * fanIn, -1, 1).toArray();
    double sum = 0;
    double largest = 0;
    for (int a = 0; a < units; a++) {
      for (int b = 0; b < a; b++) {
        double cosine =
            cosine(
                Arrays.copyOfRange(weights, a * fanIn, (a + 1) * fanIn),
                Arrays.copyOfRange(weights, b * fanIn, (b + 1) * fanIn));
        sum += cosine;
        largest = Math.max(largest, Math.abs(cosine));
      }
    }
    LayerSymmetry symmetry = LayerProbe.measure(1, weights, new double[units], null, TANH);
    assertThat(symmetry.meanCosine()).isCloseTo(sum / (units * (units - 1) / 2.0), within(1e-12));
    assertThat(symmetry.maxAbsCosine()).isLessThanOrEqualTo(largest + 1e-15);
    if (units <= Cosines.MOST_VECTORS) {
      assertThat(symmetry.maxAbsCosine()).isCloseTo(largest, within(1e-12));
    }
    assertThat(symmetry.distinctUnits()).isEqualTo(units);
  }

  @Test
  void findsTheWorstLayer() {
    LayerSymmetry healthy =
        LayerProbe.measure(1, new double[] {1, 2, 3}, new double[3], null, TANH);
    LayerSymmetry pair = LayerProbe.measure(2, new double[] {1, 1, 3}, new double[3], null, TANH);
    LayerSymmetry alike = LayerProbe.measure(3, new double[] {1, 1, 1}, new double[3], null, TANH);
    assertThat(LayerSymmetry.worst(List.of(healthy, alike, pair))).contains(alike);
    assertThat(LayerSymmetry.worst(List.of(healthy, pair))).contains(pair);
    assertThat(LayerSymmetry.worst(List.of())).isEmpty();
  }

  private static double cosine(double[] a, double[] b) {
    double dot = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      squaresOfA += a[i] * a[i];
      squaresOfB += b[i] * b[i];
    }
    return dot / Math.sqrt(squaresOfA * squaresOfB);
  }

  private static double value(String name, double z) {
    return switch (name) {
      case "tanh" -> Math.tanh(z);
      case "sigmoid" -> 1 / (1 + Math.exp(-z));
      case "softsign" -> z / (1 + Math.abs(z));
      case "hardtanh" -> Math.max(-1, Math.min(1, z));
      case "rationaltanh" -> rationalTanh(z * 2 / 3);
      case "relu" -> Math.max(0, z);
      case "elu(alpha=1.0)" -> Math.expm1(z);
      case "elu(alpha=2.0)" -> 2 * Math.expm1(z);
      case "selu" -> 1.0507009873554805 * 1.6732632423543772 * Math.expm1(z);
      case "softplus" -> Math.log1p(Math.exp(z));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static double rationalTanh(double y) {
    double a = Math.abs(y);
    return 1.7159 * Math.copySign(1 - 1 / (1 + a + y * y + 1.41645 * y * y * y * y), y);
  }
}
