package org.symbreak.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.symbreak.setting.Defaults;

class ConstantPredictionTest {
  @Test
  void itsLossIsTheEntropyOfTheShareBitForBit() {
    // the keys of runs depend on the last bit, by the target loss
    for (int rows = 2; rows <= 300; rows++) {
      for (int ones = 1; ones < rows; ones++) {
        double share = (double) ones / rows;
        assertThat(ConstantPrediction.loss(share))
            .isEqualTo(-share * StrictMath.log(share) - (1 - share) * StrictMath.log(1 - share));
      }
    }
  }

  @Test
  void ofOneClassItIsCertain() {
    assertThat(ConstantPrediction.loss(0)).isZero();
    assertThat(ConstantPrediction.loss(1)).isZero();
    assertThat(ConstantPrediction.loss(ones(4, 4))).isZero();
  }

  @Test
  void rowsCountByTheirLabels() {
    assertThat(ConstantPrediction.loss(ones(2, 4))).isEqualTo(StrictMath.log(2));
    assertThat(ConstantPrediction.loss(ones(1, 4))).isEqualTo(ConstantPrediction.loss(0.25));
  }

  @Test
  void classesCountByTheirWeights() {
    TestRows rows = ones(1, 4);
    assertThat(ConstantPrediction.loss(problem(rows, 1, 1)))
        .isCloseTo(ConstantPrediction.loss(rows), within(1e-15));
    // three rows of weight 1 and one of weight 3 are as good as two halves of 6 in 4 rows
    assertThat(ConstantPrediction.loss(problem(rows, 1, 3)))
        .isCloseTo(6 * StrictMath.log(2) / 4, within(1e-15));
  }

  private static TrainingProblem problem(TestRows rows, double zero, double one) {
    return new TrainingProblem(
        Defaults.network().withL2(0), Defaults.optimizer(), rows, zero, one, rows.rows(), 1, 1);
  }

  private static TestRows ones(int ones, int rows) {
    int[] y = new int[rows];
    java.util.Arrays.fill(y, 0, ones, 1);
    return new TestRows(new double[rows][1], y);
  }
}
