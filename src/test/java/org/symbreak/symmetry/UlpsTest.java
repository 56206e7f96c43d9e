package org.symbreak.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UlpsTest {
  @Test
  void countsTheNumbersToStepOver() {
    assertThat(Ulps.between(1.0, 1.0)).isZero();
    assertThat(Ulps.between(0.0, -0.0)).isZero();
    assertThat(Ulps.between(1.0, Math.nextUp(1.0))).isEqualTo(1);
    assertThat(Ulps.between(Double.MIN_VALUE, -Double.MIN_VALUE)).isEqualTo(2);
    assertThat(Ulps.between(1.0, 2.0)).isEqualTo(1L << 52);
    assertThat(Ulps.between(0.0f, -0.0f)).isZero();
    assertThat(Ulps.between(-1.0f, Math.nextDown(-1.0f))).isEqualTo(1);
    assertThat(Ulps.between(1.0f, 2.0f)).isEqualTo(1L << 23);
    assertThat(Ulps.between(-Float.MAX_VALUE, Float.MAX_VALUE))
        .isEqualTo(2L * Float.floatToIntBits(Float.MAX_VALUE));
  }
}
