package org.symbreak.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareIntervalTest {
  /** SciPy's beta.ppf, as in R's binom.test. */
  @ParameterizedTest
  @CsvSource({
    "0, 5, 0.95, 0, 0.5218237501049807",
    "3, 5, 0.95, 0.14663279963467, 0.94725504863497",
    "5, 5, 0.95, 0.4781762498950193, 1",
    "7, 20, 0.9, 0.17731091757444914, 0.5580345113154888"
  })
  void isThatOfClopperAndPearson(
      int happened, int trials, double confidence, double low, double high) {
    ShareInterval interval = ShareInterval.of(happened, trials, confidence);
    assertThat(interval.low()).isCloseTo(low, within(1e-8));
    assertThat(interval.high()).isCloseTo(high, within(1e-8));
  }

  @Test
  void refusesMoreThanAll() {
    assertThatThrownBy(() -> ShareInterval.of(3, 2, 0.95))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
