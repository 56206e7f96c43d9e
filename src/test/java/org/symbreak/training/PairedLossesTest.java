package org.symbreak.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PairedLossesTest {
  private static final ArrayRows ROWS = new ArrayRows(new double[4][1], new int[] {1, 1, 0, 0});

  @Test
  void aLossThatIsHigherOnEveryRowIsMeasurable() {
    assertThat(
            PairedLosses.areMeasurablyHigher(
                new double[] {0.6, 0.7, 0.4, 0.3}, new double[] {0.7, 0.8, 0.3, 0.2}, ROWS))
        .isTrue();
  }

  /** Differences ln 0.9/0.5, ln 0.5/0.6, 0, 0: mean 0.101, standard error 0.164. */
  @Test
  void aLossThatIsHigherOnSomeRowsAndLowerOnOthersIsNot() {
    assertThat(
            PairedLosses.areMeasurablyHigher(
                new double[] {0.5, 0.6, 0.5, 0.5}, new double[] {0.9, 0.5, 0.5, 0.5}, ROWS))
        .isFalse();
  }

  @Test
  void equalAndLowerLossesAreNot() {
    double[] same = {0.5, 0.6, 0.5, 0.0};
    assertThat(PairedLosses.areMeasurablyHigher(same, same, ROWS)).isFalse();
    assertThat(PairedLosses.areMeasurablyHigher(new double[] {0.9, 0.9, 0.1, 0.1}, same, ROWS))
        .isFalse();
  }

  @Test
  void certaintyInWhatIsWrongIsAFiniteLoss() {
    assertThat(
            PairedLosses.areMeasurablyHigher(
                new double[] {0, 0, 1, 1}, new double[] {0.5, 0.5, 0.5, 0.5}, ROWS))
        .isTrue();
  }
}
