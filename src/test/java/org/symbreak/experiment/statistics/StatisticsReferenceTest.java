package org.symbreak.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.symbreak.random.Streams;

/**
 * Against SciPy and statsmodels (statistics.py beside the numbers made them), and against what the
 * procedures promise.
 */
class StatisticsReferenceTest {
  private static JsonNode reference;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream json =
        StatisticsReferenceTest.class.getResourceAsStream("/reference/statistics.json")) {
      reference = new ObjectMapper().readTree(json);
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
  void holmAgreesWithStatsmodels() {
    for (JsonNode tests : reference.get("holm")) {
      assertThat(Holm.adjust(doubles(tests.get("p"))))
          .containsExactly(doubles(tests.get("adjusted")), within(1e-15));
    }
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
  }

  @Test
  void smallSamplesSayLittle() {
    assertThat(MedianInterval.of(new double[] {4, 1, 3, 2, 5}, 0.95))
        .isEqualTo(new MedianInterval(3, null, null, 0, 5));
    assertThat(SignedRank.pValue(new double[] {0, 0, 0})).isEqualTo(1);
    assertThat(SignedRank.pValue(new double[] {1, 2, 3, 4, 5}))
        .isEqualTo(SignedRank.smallestPValue(5))
        .isEqualTo(2 / 32.0);
    assertThatThrownBy(() -> MedianInterval.of(new double[] {1, Double.NaN}, 0.95))
        .hasMessageContaining("NaN");
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }
}
