package org.symbreak.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against NumPy itself: reference/numpy-legacy.py made the numbers. */
class NumPyRandomTest {
  /**
   * StrictMath's logarithm and the C library's may differ in the last place, which the polar method
   * hands on to a few.
   */
  private static final double ROUNDING = 1e-14;

  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in =
        NumPyRandomTest.class.getResourceAsStream("/reference/numpy-legacy.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false)
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsWhatNumPyDraws(JsonNode expected) {
    NumPyRandom random = new NumPyRandom(expected.get("seed").longValue());
    long[] words = new long[700];
    Arrays.setAll(words, i -> random.integer(0, 1L << 32));
    for (int i = 0; i < 7; i++) {
      assertThat(words[100 * i]).isEqualTo(expected.get("words").get(i).longValue());
    }
    expected
        .get("doubles")
        .forEach(value -> assertThat(random.nextDouble()).isEqualTo(value.doubleValue()));
    expected
        .get("uniform(-3,5)")
        .forEach(value -> assertThat(random.uniform(-3, 5)).isEqualTo(value.doubleValue()));
    expected
        .get("integers(-5,17)")
        .forEach(value -> assertThat(random.integer(-5, 17)).isEqualTo(value.longValue()));
    expected
        .get("integers(0,10^12)")
        .forEach(
            value ->
                assertThat(random.integer(0, 1_000_000_000_000L)).isEqualTo(value.longValue()));
    int[] permutation = random.permutation(23);
    for (int i = 0; i < 23; i++) {
      assertThat(permutation[i]).isEqualTo(expected.get("permutation(23)").get(i).intValue());
    }
    expected
        .get("gaussian")
        .forEach(
            value ->
                assertThat(random.nextGaussian()).isCloseTo(value.doubleValue(), within(ROUNDING)));
    assertThat(random.nextDouble())
        .isEqualTo(expected.get("double after a spare").get(0).doubleValue());
    assertThat(random.nextGaussian())
        .isCloseTo(expected.get("the spare").get(0).doubleValue(), within(ROUNDING));
    double last = 0;
    for (int i = 0; i < 2001; i++) {
      last = random.nextGaussian();
    }
    assertThat(last).isCloseTo(expected.get("far gaussian").get(0).doubleValue(), within(ROUNDING));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, -9})
  void reachesEveryIntegerOfTheRangeAndNoOther(long seed) {
    NumPyRandom random = new NumPyRandom(seed);
    int[] counts = new int[6];
    for (int i = 0; i < 6000; i++) {
      counts[(int) random.integer(-2, 4) + 2]++;
    }
    // 6 standard deviations of a count of 6000 draws with probability 1/6
    for (int count : counts) {
      assertThat((double) count)
          .isCloseTo(1000, within(6 * Math.sqrt(6000 * (1 / 6.0) * (5 / 6.0))));
    }
    assertThat(random.integer(5, 6)).isEqualTo(5);
    assertThat(random.integer(Long.MIN_VALUE, Long.MAX_VALUE))
        .isNotEqualTo(random.integer(Long.MIN_VALUE, Long.MAX_VALUE));
  }

  @Test
  void shufflesInPlaceIntoAPermutation() {
    int[] x = {4, 8, 15, 16, 23, 42};
    new NumPyRandom(1).shuffle(x);
    assertThat(x)
        .containsExactlyInAnyOrder(4, 8, 15, 16, 23, 42)
        .isNotEqualTo(new int[] {4, 8, 15, 16, 23, 42});
  }

  @Test
  void refusesAnEmptyRange() {
    assertThatThrownBy(() -> new NumPyRandom(1).integer(3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 3 and 3");
  }
}
