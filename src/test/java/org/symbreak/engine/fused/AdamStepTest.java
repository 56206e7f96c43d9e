package org.symbreak.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamStepTest {
  /** Powers that are not computed, as they are below all numbers, are 0 where they are. */
  @ParameterizedTest
  @ValueSource(
      longs = {1, 2, 1000, 7000, 7459, 7460, 7461, 8000, 700_000, 745_999, 746_001, 760_000, 1L << 40})
  void aStepIsThatOfTheFormula(long t) {
    float rate = 0.01f;
    float power1 = (float) StrictMath.pow(0.9f, t);
    float power2 = (float) StrictMath.pow(0.999f, t);
    assertThat(FloatKernels.adamStep(0.01, 0.9, 0.999, t))
        .isEqualTo((float) (rate * (float) Math.sqrt(1.0 - power2) / (1.0 - power1)));
    double power1Double = StrictMath.pow(0.9, t);
    double power2Double = StrictMath.pow(0.999, t);
    assertThat(DoubleKernels.adamStep(0.01, 0.9, 0.999, t))
        .isEqualTo(0.01 * Math.sqrt(1.0 - power2Double) / (1.0 - power1Double));
  }
}
