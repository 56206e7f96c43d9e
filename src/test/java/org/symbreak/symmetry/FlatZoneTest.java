package org.symbreak.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlatZoneTest {
  /** Ends that are flat altogether, where the function says so itself. */
  @ParameterizedTest
  @CsvSource({
    "hardtanh, -1, 1, false",
    "hardsigmoid, 0, 1, false",
    "softsign, -0.9, 0.9, false",
    "relu6(cutoff=0.0), 0, 6, true",
    "relu, 0, Infinity, true",
    "thresholdedrelu(theta=1.0), 0, Infinity, true",
    "elu, -0.99, Infinity, true",
    "elu(alpha=0.5), -0.495, Infinity, true"
  })
  void isWhatTheFunctionSays(String activation, double low, double high, boolean off) {
    assertThat(FlatZone.named(activation)).isEqualTo(new FlatZone(low, high, off));
  }

  /** 0 below zero, tanh above, whose slope 1 − a² is a hundredth at a = √0.99. */
  @Test
  void rectifiedTanhIsOffBelowAndFlatAbove() {
    FlatZone zone = FlatZone.named("rectifiedtanh");
    assertThat(zone.low()).isZero();
    assertThat(1 - zone.high() * zone.high()).isCloseTo(0.01, within(1e-15));
    assertThat(zone.off()).isTrue();
  }

  /** Slope a (1 − a), at most ¼. */
  @Test
  void sigmoidIsFlatWhereItsSlopeIsAHundredthOfAQuarter() {
    FlatZone zone = FlatZone.named("sigmoid");
    assertThat(zone.low() * (1 - zone.low())).isCloseTo(0.0025, within(1e-15));
    assertThat(zone.low() + zone.high()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "sigmoid", "hardtanh", "hardsigmoid", "rationaltanh", "relu6"})
  void saturatesWithTwoEnds(String activation) {
    assertThat(FlatZone.named(activation).saturates()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "elu", "selu", "softplus", "identity", "leakyrelu(alpha=0.01)"})
  void doesNotSaturateWithOneEndOrNone(String activation) {
    assertThat(FlatZone.named(activation).saturates()).isFalse();
  }

  @Test
  void holdsItsEndsAndWhatIsBeyond() {
    FlatZone zone = new FlatZone(-1, 2, false);
    assertThat(zone.holds(-1)).isTrue();
    assertThat(zone.holds(Math.nextUp(-1.0))).isFalse();
    assertThat(zone.holds(Math.nextDown(2.0))).isFalse();
    assertThat(zone.holds(2)).isTrue();
    assertThat(FlatZone.NONE.holds(1e300)).isFalse();
  }

  @Test
  void needsRoomBetweenItsEnds() {
    assertThatThrownBy(() -> new FlatZone(1, 1, true)).hasMessageContaining("1.0 and 1.0");
    assertThatThrownBy(() -> new FlatZone(2, 1, true)).hasMessageContaining("2.0 and 1.0");
    assertThatThrownBy(() -> new FlatZone(Double.NaN, 1, true)).hasMessageContaining("NaN");
  }
}
