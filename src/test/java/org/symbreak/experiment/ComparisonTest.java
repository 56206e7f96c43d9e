package org.symbreak.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.symbreak.symmetry.Measure;

/** On rows that are made up, so that what must be concluded is known. */
class ComparisonTest {
  private final List<LedgerRow> rows = new ArrayList<>();

  @Test
  void theBestIsFirstAndTheOthersAreTestedSeedBySeed() {
    add("glorot", 20, seed -> 0.10 + 0.01 * (seed % 7));
    // always worse by a little, which only pairs can show
    add("gaussian:0.01", 20, seed -> 0.101 + 0.0001 * seed + 0.01 * (seed % 7));
    add(
        "he",
        20,
        seed -> 0.10 + 0.01 * (seed % 7) + (seed % 2 == 0 ? 0.0011 : -0.001) * (1 + seed / 100.0));
    Comparison comparison = Comparison.of(rows);
    assertThat(comparison.initializations())
        .extracting(Comparison.Entry::name)
        .containsExactlyInAnyOrder("glorot", "gaussian:0.01", "he");
    Comparison.Entry gaussian = comparison.entry("gaussian:0.01");
    assertThat(gaussian.isWorseThanBest()).isTrue();
    assertThat(gaussian.againstBest().p()).isCloseTo(2 / Math.pow(2, 20), within(1e-3));
    assertThat(comparison.initializations().get(1).isWorseThanBest()).isFalse();
    assertThat(comparison.tests()).isEqualTo(3);
    assertThat(comparison.conclusions())
        .anyMatch(
            sentence ->
                sentence.startsWith(
                    "Worse than that beyond chance: gaussian:0.01 (difference of loss 0.00"))
        .anyMatch(
            sentence ->
                sentence.startsWith("No difference from it is shown for ")
                    && sentence.endsWith("That is not a proof that they are equal."));
  }

  @Test
  void theIntervalOfADifferenceIsAdjustedAsItsPIs() {
    add("glorot", 12, seed -> 0.1);
    // 4 of 78 averages of two are below zero: beyond chance alone, and not among six pairs
    add("he", 12, seed -> seed == 1 ? 0.1 - 0.0041 : 0.1 + 0.001 * seed);
    add("zeros", 12, seed -> 0.7 + 0.001 * seed);
    add("lecun", 12, seed -> 0.3 + 0.001 * seed);
    Comparison comparison = Comparison.of(rows);
    PairedTest he = comparison.entry("he").againstBest();
    assertThat(he.p()).isLessThan(0.05);
    assertThat(he.adjustedP()).isCloseTo(6 * he.p(), within(1e-12)).isLessThan(0.05);
    assertThat(he.difference().low()).isPositive();
    assertThat(he.difference().confidence()).isCloseTo(1 - 0.05 / 6, within(1e-12));
    add("lecun:1", 12, seed -> 0.31 + 0.001 * seed);
    add("lecun:2", 12, seed -> 0.32 + 0.001 * seed);
    Comparison more = Comparison.of(rows);
    PairedTest among = more.entry("he").againstBest();
    assertThat(among.adjustedP()).isCloseTo(15 * he.p(), within(1e-12)).isGreaterThan(0.05);
    assertThat(among.difference().low()).isNegative();
    assertThat(more.conclusions())
        .contains(
            "Differences are taken seed by seed. Their intervals and p-values are adjusted for all"
                + " 15 pairs: together they hold with 95 % confidence.");
  }

  @Test
  void whatIsBetterSeedBySeedIsNotCalledWorse() {
    add("glorot", 13, seed -> 0.1 * seed);
    // a lower loss with every seed but the one that makes the median
    add("he", 13, seed -> seed == 7 ? 0.78 : 0.09 * seed);
    Comparison comparison = Comparison.of(rows);
    assertThat(comparison.initializations().get(0).name()).isEqualTo("glorot");
    assertThat(comparison.entry("he").againstBest().isBetter()).isTrue();
    assertThat(comparison.entry("he").isWorseThanBest()).isFalse();
    assertThat(comparison.conclusions())
        .anyMatch(
            sentence ->
                sentence.startsWith(
                    "Better than that beyond chance seed by seed, though not in the median: he"
                        + " (difference of loss -0.0"))
        .noneMatch(sentence -> sentence.contains("Worse than that"));
  }

  @Test
  void theOrderOfTheRowsMakesNoDifference() {
    add("glorot", 20, seed -> 0.10 + 0.01 * (seed % 7));
    add("gaussian:0.01", 20, seed -> 0.101 + 0.0001 * seed + 0.01 * (seed % 7));
    // as good as glorot, seed by seed
    add("he", 20, seed -> 0.10 + 0.01 * (seed % 7));
    Comparison inOrder = Comparison.of(rows);
    for (long shuffle = 1; shuffle <= 10; shuffle++) {
      Collections.shuffle(rows, new Random(shuffle));
      assertThat(Comparison.of(rows)).isEqualTo(inOrder);
    }
  }

  @Test
  void onlySeedsThatAllRanWithAreCompared() {
    add("glorot", 12, seed -> 0.1 + 0.001 * seed);
    add("he", 12, seed -> 0.2 + 0.001 * seed);
    add("zeros", 10, seed -> 0.7);
    Comparison ofTen = Comparison.of(rows.stream().filter(ComparisonTest::isUpToTen).toList());
    Comparison comparison = Comparison.of(rows);
    assertThat(comparison.seeds()).isEqualTo(10);
    assertThat(comparison).isEqualTo(ofTen);
    // a run that stands in the ledger twice is one run
    rows.add(rows.get(0));
    assertThat(Comparison.of(rows)).isEqualTo(ofTen);
  }

  @Test
  void withoutASeedThatAllRanWithThereIsNoComparison() {
    rows.add(row("glorot", 1, 0.1, Map.of()));
    rows.add(row("he", 2, 0.1, Map.of()));
    assertThat(PairedRuns.ofInitializations(rows).isEmpty()).isTrue();
    assertThatThrownBy(() -> Comparison.of(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a seed that all ran with");
  }

  @Test
  void failuresAndCollapsedUnitsAreSaid() {
    add("glorot", 12, seed -> 0.1 + 0.001 * seed);
    for (int seed = 1; seed <= 12; seed++) {
      rows.add(
          row(
              "zeros",
              seed,
              0.69,
              Map.of(
                  Column.STOPPED,
                  "stuck",
                  Column.FAILED,
                  "1",
                  Column.of(Measure.DISTINCT_UNITS_WITHIN_TOLERANCE),
                  "1")));
    }
    Comparison comparison = Comparison.of(rows);
    assertThat(comparison.entry("zeros").failed()).isEqualTo(1);
    assertThat(comparison.entry("zeros").distinctUnits()).isEqualTo(1);
    assertThat(comparison.conclusions())
        .contains(
            "zeros: 12 of 12 runs ended no better than a constant prediction, and 1 of 16 hidden"
                + " units is distinct.");
  }

  @Test
  void whatFailedThroughoutIsNotCalledTheBest() {
    for (int seed = 1; seed <= 12; seed++) {
      rows.add(row("zeros", seed, 0.69, Map.of(Column.STOPPED, "stuck", Column.FAILED, "1")));
    }
    assertThat(Comparison.of(rows).conclusions().get(0))
        .endsWith(", over 12 seeds, but is not the best: all its runs failed.");
    rows.set(0, row("zeros", 1, 0.5, Map.of()));
    assertThat(Comparison.of(rows).conclusions().get(0)).endsWith(", over 12 seeds.");
  }

  @Test
  void tooFewSeedsShowNothingAndItSaysHowManyWould() {
    add("glorot", 5, seed -> 0.1);
    add("zeros", 5, seed -> 0.7);
    add("he", 5, seed -> 0.2);
    Comparison comparison = Comparison.of(rows);
    assertThat(comparison.entry("zeros").isWorseThanBest()).isFalse();
    assertThat(comparison.entry("glorot").validationLoss().low()).isNull();
    assertThat(comparison.conclusions())
        .anyMatch(
            sentence ->
                sentence.startsWith(
                    "With 5 seeds and 3 tests no difference can be shown, however large: the"
                        + " smallest p-value is 0.188. 7 seeds are"))
        .noneMatch(sentence -> sentence.startsWith("Differences are taken"));
  }

  @Test
  void runsThatNeverArriveMakeTheMedianInfiniteAndNullInJson() throws IOException {
    add("glorot", 9, seed -> 0.1 * seed);
    for (int seed = 1; seed <= 9; seed++) {
      rows.add(row("he", seed, 0.1, seed <= 4 ? Map.of(Column.TARGET_ITERATION, "70") : Map.of()));
    }
    Comparison comparison = Comparison.of(rows);
    Comparison.Entry he = comparison.entry("he");
    assertThat(he.iterationsToTarget().median()).isInfinite();
    assertThat(he.iterationsToTarget().low()).isEqualTo(70);
    assertThat(he.reachedTarget()).isCloseTo(4 / 9.0, within(1e-12));
    JsonNode json = new ObjectMapper().readTree(comparison.toJson());
    JsonNode first = json.get("initializations").get(0);
    assertThat(first.get("name").textValue()).isEqualTo("he");
    assertThat(first.get("iterationsToTarget").get("median").isNull()).isTrue();
    assertThat(first.get("validationLoss").get("coverage").doubleValue()).isGreaterThan(0.95);
    assertThat(json.get("conclusions").size()).isEqualTo(comparison.conclusions().size());
  }

  @Test
  void aRunWithoutALossRanksLast() {
    add("glorot", 12, seed -> seed <= 7 ? Double.NaN : 0.01);
    add("he", 12, seed -> 0.5);
    assertThat(Comparison.of(rows).initializations().get(0).name()).isEqualTo("he");
    assertThat(Comparison.of(rows).entry("glorot").validationLoss().median()).isInfinite();
  }

  @Test
  void numbersHaveThreeDigits() {
    assertThat(Conclusions.number(0.071234)).isEqualTo("0.0712");
    assertThat(Conclusions.number(16)).isEqualTo("16");
    assertThat(Conclusions.number(1234.5)).isEqualTo("1230");
    assertThat(Conclusions.number(1.9e-9)).isEqualTo("1.9e-09");
    assertThat(Conclusions.number(0)).isEqualTo("0");
  }

  private static boolean isUpToTen(LedgerRow row) {
    return row.number(Column.SEED) <= 10;
  }

  private void add(String initialization, int seeds, LongToDoubleFunction loss) {
    for (int seed = 1; seed <= seeds; seed++) {
      rows.add(row(initialization, seed, loss.applyAsDouble(seed), Map.of()));
    }
  }

  private static LedgerRow row(
      String initialization, int seed, double loss, Map<Column, String> more) {
    Map<Column, String> cells =
        new java.util.HashMap<>(
            Map.of(
                Column.DATA, "made-up.csv",
                Column.INITIALIZATION, initialization,
                Column.SEED, Integer.toString(seed),
                Column.VALIDATION_LOG_LOSS, Double.isNaN(loss) ? "" : Double.toString(loss),
                Column.STOPPED, "budget",
                Column.FAILED, "0",
                Column.BUDGET, "100",
                Column.HIDDEN_UNITS, "16"));
    cells.put(Column.of(Measure.DISTINCT_UNITS_WITHIN_TOLERANCE), "16");
    cells.put(Column.of(Measure.SATURATED), "0.0");
    cells.put(Column.LEARNING_RATE, "0.1");
    cells.put(Column.TARGET_LOSS, "0.3");
    cells.putAll(more);
    return LedgerRow.of(cells);
  }
}
