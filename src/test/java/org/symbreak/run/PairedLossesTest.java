package org.symbreak.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.symbreak.engine.TestRows;

class PairedLossesTest {
  private static final TestRows ROWS = new TestRows(new double[4][1], new int[] {1, 1, 0, 0});
  private static final PairedLosses PLAIN = new PairedLosses(ROWS, 1, 1);

  @Test
  void aLossThatIsHigherOnEveryRowIsMeasurable() {
    assertThat(
            PLAIN.areMeasurablyHigher(
                new double[] {0.6, 0.7, 0.4, 0.3}, new double[] {0.7, 0.8, 0.3, 0.2}))
        .isTrue();
  }

  /** Differences ln 0.9/0.5, ln 0.5/0.6, 0, 0: mean 0.101, standard error 0.164. */
  @Test
  void aLossThatIsHigherOnSomeRowsAndLowerOnOthersIsNot() {
    assertThat(
            PLAIN.areMeasurablyHigher(
                new double[] {0.5, 0.6, 0.5, 0.5}, new double[] {0.9, 0.5, 0.5, 0.5}))
        .isFalse();
  }

  @Test
  void equalAndLowerLossesAreNot() {
    double[] same = {0.5, 0.6, 0.5, 0.0};
    assertThat(PLAIN.areMeasurablyHigher(same, same)).isFalse();
    assertThat(PLAIN.areMeasurablyHigher(new double[] {0.9, 0.9, 0.1, 0.1}, same)).isFalse();
  }

  @Test
  void certaintyInWhatIsWrongIsAFiniteLoss() {
    assertThat(
            PLAIN.areMeasurablyHigher(new double[] {0, 0, 1, 1}, new double[] {0.5, 0.5, 0.5, 0.5}))
        .isTrue();
  }

  /** Higher on both rows of class 1, lower on both of class 0: what counts more decides. */
  @Test
  void classesCountByTheirWeights() {
    double[] first = {0.5, 0.5, 0.1, 0.1};
    double[] second = {0.8, 0.8, 0.5, 0.5};
    assertThat(PLAIN.areMeasurablyHigher(first, second)).isFalse();
    assertThat(new PairedLosses(ROWS, 0.1, 10).areMeasurablyHigher(first, second)).isTrue();
    assertThat(new PairedLosses(ROWS, 10, 0.1).areMeasurablyHigher(second, first)).isTrue();
  }
}
