package org.symbreak.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.random.Streams;

/**
 * Against SciPy and R (statistics.py and paired-shift.R beside the numbers made them), and against
 * what the procedures promise.
 */
class StatisticsReferenceTest {
  private static JsonNode reference;
  private static JsonNode shifts;

  @BeforeAll
  static void read() throws IOException {
    reference = read("/reference/statistics.json");
    shifts = read("/reference/paired-shift.json");
  }

  private static JsonNode read(String resource) throws IOException {
    try (InputStream json = StatisticsReferenceTest.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(json);
    }
  }

  @Test
  void signedRankAgreesWithSciPy() {
    assertThat(reference.get("signedRank")).hasSizeGreaterThan(5);
    for (JsonNode test : reference.get("signedRank")) {
      assertThat(SignedRank.pValue(doubles(test.get("differences"))))
          .isCloseTo(test.get("p").doubleValue(), within(1e-12));
    }
    JsonNode ties = reference.get("signedRankTies");
    assertThat(SignedRank.pValue(doubles(ties.get("differences"))))
        .isCloseTo(ties.get("p").doubleValue(), within(1e-12));
    // with zeros the library counts their tie in the variance, SciPy does not
    JsonNode zeros = reference.get("signedRankZeros");
    assertThat(SignedRank.pValue(doubles(zeros.get("differences"))))
        .isCloseTo(zeros.get("p").doubleValue(), withinPercentage(0.05));
  }

  @Test
  void resampledTsAndPredictionsAgreeWithR() throws IOException {
    JsonNode cases = read("/reference/resampled-t.json");
    assertThat(cases).hasSizeGreaterThan(4);
    for (JsonNode each : cases) {
      ResampledT t =
          ResampledT.of(
              doubles(each.get("values")),
              each.get("ratio").doubleValue(),
              each.get("confidence").doubleValue());
      assertThat(t.mean()).isCloseTo(each.get("mean").doubleValue(), within(1e-12));
      assertThat(t.error()).isCloseTo(each.get("error").doubleValue(), within(1e-12));
      assertThat(t.p()).isCloseTo(each.get("p").doubleValue(), within(1e-10));
      assertThat(t.low()).isCloseTo(each.get("low").doubleValue(), within(1e-10));
      assertThat(t.high()).isCloseTo(each.get("high").doubleValue(), within(1e-10));
      PredictionInterval foretold =
          PredictionInterval.of(
              t,
              each.get("rowVariance").doubleValue(),
              each.get("rows").intValue(),
              each.get("newRows").intValue());
      assertThat(foretold.degreesOfFreedom())
          .isCloseTo(each.get("df").doubleValue(), withinPercentage(1e-6));
      assertThat(foretold.low()).isCloseTo(each.get("predictedLow").doubleValue(), within(1e-8));
      assertThat(foretold.high()).isCloseTo(each.get("predictedHigh").doubleValue(), within(1e-8));
    }
  }

  @Test
  void aResampledTNeedsTwoFiniteValuesAndKnowsItsMargin() {
    assertThat(ResampledT.of(new double[] {0.1}, 0.25, 0.95).low()).isNull();
    double[] never = {0.1, Double.POSITIVE_INFINITY};
    assertThat(ResampledT.of(never, 0.25, 0.95).low()).isNull();
    assertThat(ResampledT.of(never, 0.25, 0.95).isWithin(1e9)).isFalse();
    ResampledT same = ResampledT.of(new double[] {0.01, 0.01, 0.01}, 0.25, 0.95);
    assertThat(same.isWithin(0.01)).isTrue();
    assertThat(same.isWithin(0.0099)).isFalse();
    assertThat(ResampledT.ofFolds(5)).isEqualTo(0.25);
    assertThatThrownBy(() -> ResampledT.of(new double[] {Double.NaN}, 0.25, 0.95))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mediansAndTheirIntervalsAgreeWithSciPy() {
    assertThat(reference.get("medians")).hasSizeGreaterThan(5);
    for (JsonNode sample : reference.get("medians")) {
      MedianInterval found = MedianInterval.of(doubles(sample.get("values")), 0.95);
      assertThat(found.median()).isCloseTo(sample.get("median").doubleValue(), within(1e-15));
      assertThat(new double[] {found.low(), found.high()})
          .containsExactly(doubles(sample.get("interval")));
      assertThat(found.coverage()).isBetween(0.95, 1.0);
    }
  }

  @Test
  void shiftsAndTheirSimultaneousIntervalsAgreeWithR() {
    assertThat(shifts).hasSizeGreaterThan(15);
    for (JsonNode sample : shifts) {
      int tests = sample.get("tests").intValue();
      double[] differences = doubles(sample.get("differences"));
      PairedShift found = PairedShift.of(differences, Bonferroni.confidence(0.95, tests));
      assertThat(found.estimate()).isCloseTo(sample.get("estimate").doubleValue(), within(1e-12));
      assertThat(new double[] {found.low(), found.high()})
          .containsExactly(doubles(sample.get("interval")), within(1e-12));
      assertThat(SignedRank.pValue(differences))
          .isCloseTo(sample.get("p").doubleValue(), within(1e-12));
    }
  }

  @Test
  void zeroLiesOutsideTheIntervalJustWhereTheAdjustedPIsSmall() {
    RandomGenerator random = Streams.of(6);
    int outside = 0;
    int samples = 2000;
    for (int sample = 0; sample < samples; sample++) {
      double shift = 2 * random.nextDouble();
      double[] differences =
          random.doubles(6 + sample % 30).map(u -> Math.log(u / (1 - u)) + shift).toArray();
      int tests = 1 + sample % 10;
      PairedShift found = PairedShift.of(differences, Bonferroni.confidence(0.95, tests));
      boolean isOutside = found.low() != null && (found.low() > 0 || found.high() < 0);
      assertThat(isOutside)
          .isEqualTo(Bonferroni.adjust(SignedRank.pValue(differences), tests) <= 0.05);
      outside += isOutside ? 1 : 0;
    }
    assertThat(outside).isBetween(samples / 10, 9 * samples / 10);
  }

  @Test
  void anIntervalAmongNoneIsRefused() {
    assertThat(Bonferroni.confidence(0.95, 1)).isCloseTo(0.95, within(1e-15));
    assertThatThrownBy(() -> Bonferroni.confidence(0.95, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("intervals must be from 1, found 0");
  }

  @Test
  void manyDifferencesHaveTheIntervalOfTheNormalApproximation() {
    // 1023 are counted exactly, 1024 are not: the interval moves by a neighbour or two
    RandomGenerator random = Streams.of(7);
    double[] differences = random.doubles(1024).map(u -> u - 0.4).toArray();
    PairedShift most = PairedShift.of(Arrays.copyOf(differences, 1023), 0.95);
    PairedShift more = PairedShift.of(differences, 0.95);
    assertThat(more.low()).isCloseTo(most.low(), within(5e-4));
    assertThat(more.high()).isCloseTo(most.high(), within(5e-4));
    assertThat(more.high() - more.low()).isCloseTo(2 * 1.96 * 0.289 / 32, withinPercentage(5));
  }

  /**
   * Where the sum of the ranks of the negative differences is the largest with a small p-value, 0
   * lies outside, and with one more, inside: the interval's rank to the unit, as the test has it,
   * which counts up to 1023 differences and takes the sum for normal beyond. The two would differ
   * by 100 ranks at the last confidence.
   */
  @ParameterizedTest
  @CsvSource({
    "1024, 0.95, 230000, 262400",
    "1024, 0.5, 230000, 262400",
    "2500, 0.99, 1400000, 1563125",
    "1023, 0.99999, 220236, 220237"
  })
  void theLastSumThatIsSmallIsThatOfTheTest(int n, double confidence, long small, long large) {
    while (large - small > 1) {
      long middle = (small + large) / 2;
      if (SignedRank.pValue(negativeRanks(n, middle)) <= 1 - confidence) {
        small = middle;
      } else {
        large = middle;
      }
    }
    assertThat(SignedRank.pValue(negativeRanks(n, small))).isLessThanOrEqualTo(1 - confidence);
    assertThat(SignedRank.pValue(negativeRanks(n, large))).isGreaterThan(1 - confidence);
    assertThat(PairedShift.of(negativeRanks(n, small), confidence).low()).isPositive();
    assertThat(PairedShift.of(negativeRanks(n, large), confidence).low()).isNegative();
  }

  /** The differences 1 to n, so many negative that their ranks have this sum. */
  private static double[] negativeRanks(int n, long sum) {
    double[] differences = new double[n];
    long left = sum;
    for (int rank = n; rank > 0; rank--) {
      boolean isNegative = rank <= left;
      left -= isNegative ? rank : 0;
      differences[rank - 1] = isNegative ? -rank : rank;
    }
    return differences;
  }

  @Test
  void anIntervalOfJustTheConfidenceIsWideEnough() {
    // with six differences the sum 0 has the probability 1/64 on either side
    assertThat(PairedShift.of(new double[] {1, 2, 3, 4, 5, 6}, 1 - 2 / 64.0))
        .isEqualTo(new PairedShift(3.5, 1.0, 6.0, 1 - 2 / 64.0, 6));
    assertThat(PairedShift.of(new double[] {1, 2, 3, 4, 5, 6}, 1 - 1.9 / 64).low()).isNull();
  }

  @Test
  void zeroIsANumberAsAnyOther() {
    assertThat(PairedShift.of(new double[] {0, 1, 2, 3, 4, 5}, 0.95))
        .isEqualTo(new PairedShift(2.5, 0.0, 5.0, 0.95, 6));
    assertThat(PairedShift.of(new double[] {0, -1, -2, -3, -4, -5}, 0.95))
        .isEqualTo(new PairedShift(-2.5, -5.0, 0.0, 0.95, 6));
    assertThat(PairedShift.of(new double[] {-0.0, -0.0, 0, 0, 0, -0.0}, 0.95))
        .isEqualTo(new PairedShift(0, 0.0, 0.0, 0.95, 6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
  void aConfidenceIsAProbabilityBetween(double confidence) {
    double[] values = {1, 2, 3, 4, 5, 6};
    String message = "confidence must be in (0, 1), found " + confidence;
    assertThatThrownBy(() -> PairedShift.of(values, confidence)).hasMessage(message);
    assertThatThrownBy(() -> MedianInterval.of(values, confidence)).hasMessage(message);
  }

  @Test
  void intervalsCoverTheMedianAsOftenAsTheySay() {
    RandomGenerator random = Streams.of(5);
    int covered = 0;
    int samples = 4000;
    for (int sample = 0; sample < samples; sample++) {
      double[] exponential = random.doubles(12).map(u -> -Math.log1p(-u)).toArray();
      MedianInterval interval = MedianInterval.of(exponential, 0.95);
      covered += interval.low() <= Math.log(2) && Math.log(2) <= interval.high() ? 1 : 0;
    }
    double coverage = 0.96142578125; // 1 − 2 P(B < 3), B binomial with 12 trials
    assertThat(MedianInterval.of(new double[12], 0.95).coverage())
        .isCloseTo(coverage, within(1e-12));
    assertThat((double) covered / samples)
        .isCloseTo(coverage, within(4 * Math.sqrt(coverage * (1 - coverage) / samples)));
  }

  @Test
  void runsThatNeverArriveCountAsInfinite() {
    double never = Double.POSITIVE_INFINITY;
    MedianInterval interval =
        MedianInterval.of(new double[] {3, never, 1, never, 2, never, never}, 0.95);
    assertThat(interval.median()).isEqualTo(never);
    assertThat(interval.low()).isEqualTo(1);
    assertThat(
            SignedRank.differences(new double[] {never, 2, never}, new double[] {never, never, 1}))
        .containsExactly(0, -never, never);
    assertThat(SignedRank.pValue(new double[] {never, 1, 2, 3, 4, 5})).isEqualTo(2 / 64.0);
    assertThat(PairedShift.of(new double[] {never, 1, 2, never, never, never}, 0.95))
        .isEqualTo(new PairedShift(never, 1.0, never, 0.95, 6));
    assertThat(PairedShift.of(new double[] {never, -never, never, -never}, 0.5).estimate())
        .isZero();
  }

  @Test
  void smallSamplesSayLittle() {
    assertThat(MedianInterval.of(new double[] {4, 1, 3, 2, 5}, 0.95))
        .isEqualTo(new MedianInterval(3, null, null, 0, 5));
    assertThat(SignedRank.pValue(new double[] {0, 0, 0})).isEqualTo(1);
    assertThat(PairedShift.of(new double[] {4, 1, 3, 2, 5}, 0.95))
        .isEqualTo(new PairedShift(3, null, null, 0.95, 5));
    assertThat(PairedShift.of(new double[8], 0.95))
        .isEqualTo(new PairedShift(0, 0.0, 0.0, 0.95, 8));
    assertThat(SignedRank.pValue(new double[] {1, 2, 3, 4, 5}))
        .isEqualTo(SignedRank.smallestPValue(5))
        .isEqualTo(2 / 32.0);
    assertThatThrownBy(() -> MedianInterval.of(new double[] {1, Double.NaN}, 0.95))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> PairedShift.of(new double[] {1, Double.NaN}, 0.95))
        .hasMessageContaining("NaN");
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }
}
