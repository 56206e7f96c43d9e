package org.symbreak.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveRankTest {
  @Test
  void isZeroForAZeroMatrix() {
    assertThat(EffectiveRank.of(new double[3][4])).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 256, 4096})
  void isExactlyOneForRepeatedUnits(int units) {
    double[][] repeated = new double[units][100];
    Arrays.setAll(repeated, unit -> new SplittableRandom(7).doubles(100).toArray());
    assertThat(EffectiveRank.of(repeated)).isEqualTo(1.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 256})
  void isTheDimensionForOrthogonalUnits(int units) {
    double[][] identity = new double[units][units];
    for (int i = 0; i < units; i++) {
      identity[i][i] = -3;
    }
    assertThat(EffectiveRank.of(identity)).isCloseTo(units, within(1e-9));
  }

  @Test
  void isTheExponentialEntropyOfHandComputedSingularValues() {
    // singular values 3 and 1: shares 3/4 and 1/4, entropy ln 4 − (3/4) ln 3
    double expected = 4 / Math.pow(3, 0.75);
    assertThat(EffectiveRank.of(new double[][] {{3, 0, 0}, {0, 0, -1}}))
        .isCloseTo(expected, within(1e-14));
    assertThat(EffectiveRank.of(new double[][] {{3e-200, 0}, {0, 1e-200}}))
        .isCloseTo(expected, within(1e-14));
    assertThat(EffectiveRank.of(new double[][] {{3e200, 0}, {0, 1e200}}))
        .isCloseTo(expected, within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void liesBetweenOneAndTheDimensionsAndIgnoresScaleAndOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int units = random.nextInt(2, 40);
    int rows = random.nextInt(2, 40);
    double[][] matrix = new double[units][rows];
    double[][] scaled = new double[units][rows];
    for (int i = 0; i < units; i++) {
      for (int j = 0; j < rows; j++) {
        matrix[i][j] = random.nextDouble(-1, 1);
        scaled[units - 1 - i][rows - 1 - j] = -1024 * matrix[i][j];
      }
    }
    double rank = EffectiveRank.of(matrix);
    assertThat(rank).isBetween(1.0, Math.min(units, rows) + 1e-9);
    assertThat(EffectiveRank.of(scaled)).isCloseTo(rank, within(1e-9));
    assertThat(Arrays.stream(EffectiveRank.singularValues(matrix)).map(s -> s * s).sum())
        .isCloseTo(
            Arrays.stream(matrix).flatMapToDouble(Arrays::stream).map(x -> x * x).sum(),
            within(1e-9));
  }

  @Test
  void isUndefinedForNumbersThatAreNotFinite() {
    assertThat(EffectiveRank.of(new double[][] {{1, 2}, {Double.NaN, 1}})).isNull();
    assertThat(EffectiveRank.of(new double[][] {{1, 2}, {Double.POSITIVE_INFINITY, 1}})).isNull();
  }

  @Test
  void samplesWhatIsVeryLarge() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] matrix = new double[4096][];
    Arrays.setAll(matrix, unit -> random.doubles(300, -1, 1).toArray());
    assertThat(EffectiveRank.of(matrix))
        .isBetween(200.0, (double) EffectiveRank.MOST_COMPONENTS)
        .isEqualTo(EffectiveRank.of(matrix));
  }
}
