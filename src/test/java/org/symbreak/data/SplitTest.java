package org.symbreak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbreak.data.Split.Part;

class SplitTest {
  @ParameterizedTest
  @CsvSource({
    // rows of a class, test and validation fraction; rows expected in each part
    "100, 0.2, 0.15, 20, 12",
    "10, 0.2, 0.15, 2, 1",
    "3, 0.2, 0.15, 1, 1",
    "2, 0.2, 0.15, 1, 0",
    "1, 0.2, 0.15, 0, 0",
    "10, 0, 0, 0, 0",
    "10, 0.99, 0.99, 9, 0",
    "1000, 0.5, 0.5, 500, 250"
  })
  void givesEachClassItsShareOfEachPart(
      int rows, double test, double validation, int inTest, int inValidation) {
    for (long seed = 0; seed < 20; seed++) {
      Split split = Split.stratified(3 * rows, row -> row % 3 == 0 ? 1 : 0, test, validation, seed);
      int[] counts = new int[3];
      for (int row = 0; row < 3 * rows; row += 3) {
        counts[split.part(row).ordinal()]++;
      }
      assertThat(counts).containsExactly(rows - inTest - inValidation, inValidation, inTest);
      assertThat(Arrays.stream(Part.values()).mapToInt(split::size).sum()).isEqualTo(3 * rows);
    }
  }

  @Test
  void drawsEveryRowAsOftenAsAnyOther() {
    int draws = 4000;
    int[] tested = new int[20];
    for (long seed = 0; seed < draws; seed++) {
      Split split = Split.stratified(20, row -> row < 10 ? 0 : 1, 0.3, 0.2, seed);
      for (int row = 0; row < 20; row++) {
        tested[row] += split.part(row) == Part.TEST ? 1 : 0;
      }
    }
    // 5 standard deviations of the number of successes in 4000 trials of probability 0.3
    for (int count : tested) {
      assertThat((double) count).isCloseTo(0.3 * draws, within(5 * Math.sqrt(draws * 0.3 * 0.7)));
    }
  }

  @Test
  void dependsOnTheSeed() {
    assertThat(tested(1)).isEqualTo(tested(1)).isNotEqualTo(tested(2));
    assertThat(tested(0)).isNotEqualTo(tested(1));
  }

  private static String tested(long seed) {
    Split split = Split.stratified(60, row -> row % 2, 0.5, 0.1, seed);
    StringBuilder parts = new StringBuilder();
    for (int row = 0; row < 60; row++) {
      parts.append(split.part(row).ordinal());
    }
    return parts.toString();
  }
}
