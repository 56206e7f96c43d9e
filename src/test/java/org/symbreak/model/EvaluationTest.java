package org.symbreak.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.symbreak.model.Evaluation.CalibrationBin;
import org.symbreak.model.Evaluation.Confusion;

/**
 * Against scikit-learn 1.2.1. The rows, with many ties, are of
 *
 * <pre>
 * rng = np.random.RandomState(7)
 * y = (rng.rand(200) &lt; 0.35).astype(int)
 * p = np.clip(np.round(0.25 * y + rng.rand(200) * 0.75, 2), 0, 1)
 * p[:3] = [0, 1, 0.5]; y[:3] = [0, 1, 1]
 * </pre>
 */
class EvaluationTest {
  private static final int[] LABELS =
      ("01100001100001101001001001000010000001010000000010000001100000110100000110001111"
              + "10000000000010100010100000001001000011011010010001100100010001110110111000110001"
              + "1000000011110101001001011001001010100000")
          .chars()
          .map(c -> c - '0')
          .toArray();

  private static final double[] PROBABILITIES =
      Arrays.stream(
              ("0 100 50 71 45 22 50 78 74 11 73 72 32 70 28 74 86 48 57 39 23 18 70 7 67 60 33 8"
                   + " 51 61 72 18 59 11 62 44 22 63 47 44 64 32 67 63 7 48 23 57 66 34 67 4 42 25"
                   + " 3 82 67 67 45 25 74 9 29 80 28 52 66 25 67 48 25 29 43 73 30 12 47 92 37 83"
                   + " 35 72 40 3 70 27 55 39 7 8 11 12 29 4 96 7 38 9 41 57 95 35 0 75 4 29 40 67"
                   + " 87 46 30 88 65 65 54 7 47 61 38 87 43 50 53 58 15 61 8 16 70 49 92 39 3 84 4"
                   + " 62 1 76 12 26 71 61 74 81 8 88 94 12 66 46 81 2 38 59 80 33 62 18 61 62 37"
                   + " 55 61 52 72 19 18 11 65 55 52 60 21 25 35 46 34 70 38 48 48 46 35 98 51 53"
                   + " 63 52 74 47 63 54 57 53 46 70 41 18 33 67")
                  .split(" "))
          .mapToDouble(percent -> Integer.parseInt(percent) / 100.0)
          .toArray();

  private static final double CLOSE = 1e-13;

  /** accuracy_score(y, p >= t), f1_score(y, p >= t), confusion_matrix(y, p >= t).ravel() */
  @Test
  void countsCalls() {
    Evaluation half = Evaluation.of(PROBABILITIES, LABELS, 0.5);
    assertThat(half.rows()).isEqualTo(200);
    assertThat(half.accuracy()).isEqualTo(0.64);
    assertThat(half.f1()).isCloseTo(0.5609756097560975, within(CLOSE));
    assertThat(half.confusion()).isEqualTo(new Confusion(46, 50, 82, 22));
    Evaluation lower = Evaluation.of(PROBABILITIES, LABELS, 0.3);
    assertThat(lower.accuracy()).isEqualTo(0.57);
    assertThat(lower.f1()).isCloseTo(0.5943396226415094, within(CLOSE));
    assertThat(lower.confusion()).isEqualTo(new Confusion(63, 81, 51, 5));
  }

  /**
   * precision_score(y, p >= t), recall_score(y, p >= t), recall_score(y, p >= t, pos_label=0), from
   * the counts above
   */
  @Test
  void sharesCalls() {
    Evaluation half = Evaluation.of(PROBABILITIES, LABELS, 0.5);
    assertThat(half.precision()).isEqualTo(46 / 96.0);
    assertThat(half.recall()).isEqualTo(46 / 68.0);
    assertThat(half.specificity()).isEqualTo(82 / 132.0);
    Evaluation onlyNegative = Evaluation.of(new double[] {0.2, 0.4}, new int[] {0, 0}, 0.5);
    assertThat(onlyNegative.precision()).isNull();
    assertThat(onlyNegative.recall()).isNull();
    assertThat(onlyNegative.specificity()).isEqualTo(1);
    Evaluation onlyPositive = Evaluation.of(new double[] {0.7, 0.4}, new int[] {1, 1}, 0.5);
    assertThat(onlyPositive.precision()).isEqualTo(1);
    assertThat(onlyPositive.recall()).isEqualTo(0.5);
    assertThat(onlyPositive.specificity()).isNull();
  }

  /** roc_auc_score(y, p), average_precision_score(y, p), log_loss(y, p), brier_score_loss(y, p) */
  @Test
  void measuresProbabilities() {
    Evaluation evaluation = Evaluation.of(PROBABILITIES, LABELS, 0.5);
    assertThat(evaluation.auc()).isCloseTo(0.753954991087344, within(CLOSE));
    assertThat(evaluation.prAuc()).isCloseTo(0.6640957583484128, within(CLOSE));
    assertThat(evaluation.logLoss()).isCloseTo(0.5560887740462479, within(CLOSE));
    assertThat(evaluation.brier()).isCloseTo(0.1965815, within(CLOSE));
  }

  /**
   * np.histogram and calibration_curve(y, p, n_bins=10), of p + 0.001 where p < 1: on the border of
   * two bins it takes the lower one
   */
  @Test
  void comparesPromisesWithWhatCameTrue() {
    double[] moved = Arrays.stream(PROBABILITIES).map(p -> p < 1 ? p + 0.001 : p).toArray();
    Evaluation evaluation = Evaluation.of(moved, LABELS, 0.5);
    assertThat(evaluation.calibration())
        .extracting(CalibrationBin::rows)
        .containsExactlyElementsOf(List.of(22, 16, 18, 22, 26, 24, 31, 22, 12, 7));
    assertThat(evaluation.calibration())
        .extracting(CalibrationBin::positiveShare)
        .usingComparatorForType((a, b) -> Math.abs(a - b) < CLOSE ? 0 : 1, Double.class)
        .containsExactlyElementsOf(
            List.of(
                0.0,
                0.0,
                0.2777777777777778,
                0.2727272727272727,
                0.4230769230769231,
                0.3333333333333333,
                0.3870967741935484,
                0.3181818181818182,
                1.0,
                1.0));
    assertThat(evaluation.calibration())
        .extracting(CalibrationBin::meanProbability)
        .usingComparatorForType((a, b) -> Math.abs(a - b) < CLOSE ? 0 : 1, Double.class)
        .containsExactlyElementsOf(
            List.of(
                0.05236363636363636,
                0.14600000000000002,
                0.2571111111111111,
                0.3528181818181819,
                0.45292307692307693,
                0.541,
                0.6393870967741936,
                0.726,
                0.8401666666666667,
                0.9537142857142857));
  }

  @Test
  void takesTheTopProbabilityToTheLastBin() {
    assertThat(Evaluation.of(new double[] {0.1, 1}, new int[] {0, 1}, 0.5).calibration())
        .containsExactly(
            new CalibrationBin(0.1, 0.2, 1, 0.1, 0), new CalibrationBin(0.9, 1, 1, 1, 1));
  }

  /**
   * precision_recall_curve(y, p): F1 is largest, 0.6146788990825688, from 0.28 on; the probability
   * below is 0.27
   */
  @Test
  void fitsTheThresholdOfTheBestF1() {
    double threshold = Evaluation.bestF1Threshold(PROBABILITIES, LABELS);
    assertThat(threshold).isCloseTo(0.275, within(CLOSE));
    assertThat(Evaluation.of(PROBABILITIES, LABELS, threshold).f1())
        .isCloseTo(0.6146788990825688, within(CLOSE));
  }

  @Test
  void callsHalfPositiveWhereNobodyIs() {
    assertThat(Evaluation.bestF1Threshold(new double[] {0.2, 0.9}, new int[] {0, 0}))
        .isEqualTo(0.5);
  }

  @Test
  void leavesUndefinedWhatNeedsBothClasses() {
    Evaluation negatives = Evaluation.of(new double[] {0.1, 0.2}, new int[] {0, 0}, 0.5);
    assertThat(negatives.auc()).isNull();
    assertThat(negatives.prAuc()).isNull();
    assertThat(negatives.f1()).isNull();
    assertThat(negatives.accuracy()).isEqualTo(1);
    Evaluation positives = Evaluation.of(new double[] {0.1, 0.2}, new int[] {1, 1}, 0.5);
    assertThat(positives.auc()).isNull();
    assertThat(positives.prAuc()).isEqualTo(1);
    assertThat(positives.f1()).isZero();
  }

  @Test
  void knowsTheEnds() {
    int[] labels = {0, 0, 1, 1};
    assertThat(Evaluation.of(new double[] {0.1, 0.2, 0.8, 0.9}, labels, 0.5).auc()).isEqualTo(1);
    assertThat(Evaluation.of(new double[] {0.9, 0.8, 0.2, 0.1}, labels, 0.5).auc()).isZero();
    assertThat(Evaluation.of(new double[] {0.5, 0.5, 0.5, 0.5}, labels, 0.5).auc()).isEqualTo(0.5);
    assertThat(Evaluation.of(new double[] {1, 0, 0, 1}, labels, 0.5).logLoss())
        .isCloseTo(0.5 * 52 * Math.log(2), within(CLOSE));
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThatThrownBy(() -> Evaluation.of(new double[] {Double.NaN}, new int[] {1}, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Evaluation.of(new double[] {1.5}, new int[] {1}, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Evaluation.of(new double[] {}, new int[] {}, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** R: {@code m <- glm(y ~ x, binomial, control=list(epsilon=1e-14)); confint.default(m)}. */
  @Test
  void theCalibrationLineIsThatOfRsGlm() {
    double[] x = new double[60];
    double[] y = new double[60];
    for (int i = 1; i <= 60; i++) {
      x[i - 1] = 3 * Math.sin(i) + 0.25 * Math.cos(5 * i);
      y[i - 1] = Math.cos(7 * i) + 0.8 * Math.sin(i) > 0.2 ? 1 : 0;
    }
    CalibrationLine line = CalibrationLine.of(x, y);
    assertThat(line.intercept()).isCloseTo(-0.532010738251, within(1e-9));
    assertThat(line.slope()).isCloseTo(0.615326528062, within(1e-9));
    assertThat(line.interceptLow()).isCloseTo(-1.164062131405, within(1e-8));
    assertThat(line.interceptHigh()).isCloseTo(0.100040654902, within(1e-8));
    assertThat(line.slopeLow()).isCloseTo(0.290546518874, within(1e-8));
    assertThat(line.slopeHigh()).isCloseTo(0.940106537249, within(1e-8));
    double[] probabilities = Arrays.stream(x).map(z -> 1 / (1 + Math.exp(-z))).toArray();
    int[] labels = Arrays.stream(y).mapToInt(label -> (int) label).toArray();
    assertThat(Evaluation.of(probabilities, labels, 0.5).calibrationLine().slope())
        .isCloseTo(0.615326528062, within(1e-6));
  }

  @Test
  void thereIsNoCalibrationLineWhereNoneIsBest() {
    assertThat(CalibrationLine.of(new double[] {-1, 1, 2}, new double[] {0, 1, 1})).isNull();
    assertThat(CalibrationLine.of(new double[] {1, 1, 1}, new double[] {0, 1, 1})).isNull();
    assertThat(CalibrationLine.of(new double[] {-1, 1, 2}, new double[] {1, 1, 1})).isNull();
    assertThat(CalibrationLine.of(new double[] {-1, 0, 3}, new double[] {1, 0, 1})).isNotNull();
  }
}
