package org.symbreak.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.symbreak.diagnosis.RunFinding;
import org.symbreak.experiment.Foretelling.Verdict;
import org.symbreak.symmetry.Measure;

/** On rows that are made up, so that what must be concluded is known. */
class ComparisonTest {
  private final List<LedgerRow> rows = new ArrayList<>();

  @Test
  void theFirstToArriveIsFirstAndTheOthersAreTestedSeedBySeed() {
    trained("glorot", 20, seed -> 100 + 10 * (seed % 7));
    // always later by a little, which only pairs can show
    trained("gaussian:0.01", 20, seed -> 101 + seed / 100.0 + 10 * (seed % 7));
    trained(
        "he", 20, seed -> 100 + 10 * (seed % 7) + (seed % 2 == 0 ? 1.1 : -1) * (1 + seed / 100.0));
    Training answer = compared().trains();
    assertThat(answer.initializations().get(0).name()).isIn("glorot", "he");
    assertThat(answer.tests()).isEqualTo(3);
    assertThat(answer.conclusions())
        .anyMatch(text -> text.startsWith("Later than that beyond chance: gaussian:0.01 (typical"))
        .anyMatch(text -> text.contains("No difference from it is shown"))
        .anyMatch(text -> text.contains("pseudomedian"))
        .anyMatch(text -> text.contains("glorot, he, lecun and gaussian scale the same random"));
  }

  @Test
  void aRunThatNeverArrivesIsLaterThanAllOthersAndNoNumber() {
    trained("glorot", 12, seed -> 100 + seed);
    trained("zeros", 12, seed -> Double.NaN);
    Training answer = compared().trains();
    Training.Entry zeros = answer.initializations().get(1);
    assertThat(zeros.stepsToTarget().median()).isInfinite();
    assertThat(zeros.reachedTarget()).isZero();
    assertThat(zeros.againstFirst().p()).isCloseTo(2 / Math.pow(2, 12), within(1e-3));
    assertThat(answer.conclusions())
        .anyMatch(text -> text.contains("zeros (typically only one of the two arrives, p = "))
        .contains(
            "Runs that never arrive count as later than all others: of zeros 0 of 12 arrive.");
  }

  @Test
  void fewSeedsAreSaidToShowNothing() {
    trained("glorot", 4, seed -> 100 + seed);
    trained("he", 4, seed -> 900 + seed);
    assertThat(compared().trains().conclusions())
        .anyMatch(text -> text.startsWith("With 4 seeds and 1 test no difference can be shown"))
        .noneMatch(text -> text.contains("beyond chance"));
  }

  @Test
  void whatForetellsWorseIsToldByTheCorrectedTest() {
    Random random = new Random(1);
    tested("glorot", 30, seed -> 0.3 + 0.02 * random.nextGaussian());
    tested("zeros", 30, seed -> 0.69);
    Foretelling answer = compared().foretells();
    assertThat(answer.initializations())
        .extracting(Foretelling.Entry::verdict)
        .containsExactly(Verdict.LOWEST, Verdict.WORSE);
    assertThat(answer.scheme()).isEqualTo("30 random splits");
    assertThat(answer.trainRows()).isEqualTo(80);
    assertThat(answer.conclusions())
        .anyMatch(text -> text.startsWith("Worse than that on new rows, beyond chance: zeros"));
  }

  /** The signed-rank test tells these apart (p below 0.001); rows that splits share do not. */
  @Test
  void aDifferenceOfTheRowsAtHandIsNotOneOfNewRows() {
    Random random = new Random(2);
    tested("glorot", 30, seed -> 0.3);
    tested("he", 30, seed -> 0.32 + 0.03 * random.nextGaussian());
    Foretelling answer = compared().foretells();
    assertThat(answer.initializations().get(1).verdict()).isEqualTo(Verdict.OPEN);
    assertThat(answer.conclusions())
        .anyMatch(text -> text.startsWith("Neither is shown, and more rows would tell"))
        .noneMatch(text -> text.contains("beyond chance"));
  }

  @Test
  void asGoodIsAnIntervalWithinTheMarginAndNotALargeP() {
    Random random = new Random(3);
    tested("glorot", 30, seed -> 0.3);
    tested("he", 30, seed -> 0.3005 + 0.002 * random.nextGaussian());
    tested("lecun", 30, seed -> 0.301 + 0.2 * random.nextGaussian());
    Foretelling answer = compared().foretells();
    Map<String, Verdict> verdicts = new java.util.HashMap<>();
    answer.initializations().forEach(entry -> verdicts.put(entry.name(), entry.verdict()));
    assertThat(verdicts.get("he")).isIn(Verdict.AS_GOOD, Verdict.LOWEST, Verdict.OPEN);
    rows.removeIf(row -> row.text(Column.INITIALIZATION).equals("lecun"));
    assertThat(compared().foretells().initializations().get(1).verdict())
        .isEqualTo(Verdict.AS_GOOD);
    assertThat(compared().foretells().conclusions())
        .anyMatch(text -> text.startsWith("As good as that, within 0.01: "));
    assertThat(Comparison.of(rows, 1e-5).foretells().initializations().get(1).verdict())
        .isNotEqualTo(Verdict.AS_GOOD);
  }

  @Test
  void fromTooFewTestPartsNothingIsConcluded() {
    tested("glorot", 4, seed -> 0.3 + 0.001 * seed);
    tested("he", 4, seed -> 0.9 + 0.002 * seed);
    Foretelling answer = compared().foretells();
    assertThat(answer.initializations().get(1).verdict()).isEqualTo(Verdict.OPEN);
    assertThat(answer.conclusions())
        .contains("From 4 test parts nothing can be concluded about new rows: 5 are the fewest.")
        .noneMatch(text -> text.contains("beyond chance"));
  }

  @Test
  void foldsTakeTheirOwnCorrection() {
    for (int repeat = 1; repeat <= 2; repeat++) {
      for (int fold = 1; fold <= 5; fold++) {
        Map<Column, String> of = Map.of(Column.FOLD, fold + "/5");
        rows.add(test("glorot", repeat, 0.3, of));
        rows.add(test("he", repeat, 0.3 + 0.01 * fold * repeat, of));
      }
    }
    Foretelling answer = compared().foretells();
    assertThat(answer.scheme()).isEqualTo("2 times 5 folds");
    assertThat(answer.resamples()).isEqualTo(10);
    Foretelling.Entry he = answer.initializations().get(1);
    double variance = 0;
    for (double difference : he.differences()) {
      variance += Math.pow(difference - 0.045, 2) / 9;
    }
    assertThat(he.againstLowest().mean()).isCloseTo(0.045, within(1e-12));
    assertThat(he.againstLowest().error())
        .isCloseTo(Math.sqrt(variance * (1 / 10.0 + 1 / 4.0)), within(1e-12));
  }

  @Test
  void windowsOfTimeAreShownAndNotTested() {
    for (int fold = 1; fold <= 6; fold++) {
      Map<Column, String> of = Map.of(Column.FOLD, fold + "/6", Column.ORDER, "day");
      rows.add(test("glorot", 1, 0.3, of));
      rows.add(test("he", 1, 0.3 + fold, of));
    }
    Foretelling answer = compared().foretells();
    assertThat(answer.initializations().get(1).adjustedP()).isNull();
    assertThat(answer.conclusions())
        .contains("he: higher than that by 1, 2, 3, 4, 5, 6.")
        .noneMatch(text -> text.contains("beyond chance"));
  }

  @Test
  void aRunWithoutAFiniteLossIsNoNumber() {
    tested("glorot", 10, seed -> 0.3);
    tested("he", 10, seed -> seed == 3 ? Double.NaN : 0.2);
    Foretelling answer = compared().foretells();
    assertThat(answer.initializations().get(0).name()).isEqualTo("glorot");
    assertThat(answer.initializations().get(1).loss().mean()).isInfinite();
    assertThat(answer.conclusions())
        .anyMatch(text -> text.contains("he (a run without a finite loss)"));
  }

  @Test
  void theOrderOfTheRowsMakesNoDifference() {
    trained("glorot", 20, seed -> 100 + 10 * (seed % 7));
    trained("he", 20, seed -> 100 + 10 * (seed % 7));
    tested("glorot", 20, seed -> 0.10 + 0.01 * (seed % 7));
    tested("he", 20, seed -> 0.10 + 0.01 * (seed % 7));
    Comparison inOrder = compared();
    for (long shuffle = 1; shuffle <= 10; shuffle++) {
      Collections.shuffle(rows, new Random(shuffle));
      assertThat(compared()).isEqualTo(inOrder);
    }
  }

  @Test
  void onlySeedsThatAllRanWithAreCompared() {
    trained("glorot", 12, seed -> 100 + seed);
    trained("he", 10, seed -> 200 + seed);
    assertThat(compared().trains().seeds()).isEqualTo(10);
    // a run that stands in the ledger twice is one run
    rows.add(rows.get(0));
    assertThat(compared().trains().seeds()).isEqualTo(10);
    assertThat(compared().foretells()).isNull();
  }

  @Test
  void whatMostRunsShowToBeWrongIsSaidAndWhatHalfOfThemShowIsNot() {
    trained("zeros", 12, seed -> Double.NaN);
    for (int run = 0; run < 12; run++) {
      Map<Column, String> cells = new HashMap<>();
      for (Column column : Column.values()) {
        cells.put(column, rows.get(run).text(column));
      }
      cells.put(Column.STOPPED, run < 3 ? "stuck" : "budget");
      cells.put(
          Column.FINDINGS,
          (run < 7 ? "same-units " : "") + (run < 6 ? "saturated-units" : "nothing-learned-yet"));
      rows.set(run, LedgerRow.of(cells));
    }
    Training answer = compared().trains();
    assertThat(answer.conclusions())
        .contains(
            "zeros: 3 of 12 runs ended no better than a constant prediction; hidden units are the"
                + " same in 7 of 12.");
    assertThat(answer.initializations().get(0).findings())
        .isEqualTo(Map.of(RunFinding.Kind.SAME_UNITS, 7, RunFinding.Kind.SATURATED_UNITS, 6));
  }

  /** 400 rows of 20 groups are as many as 20 to an interval. */
  @Test
  void groupsAreCountedAndNotTheirRows() {
    for (int seed = 1; seed <= 10; seed++) {
      Map<Column, String> of =
          Map.of(
              Column.GROUP,
              "patient",
              Column.TRAIN_ROWS,
              "320",
              Column.TEST_ROWS,
              "80",
              Column.TRAIN_EFFECTIVE,
              "16",
              Column.TEST_EFFECTIVE,
              "4");
      rows.add(test("glorot", seed, 0.3, of));
      rows.add(test("he", seed, 0.3 + 0.01 * seed, of));
    }
    Foretelling.Entry he = compared().foretells().initializations().get(1);
    double variance = 0;
    for (double difference : he.differences()) {
      variance += Math.pow(difference - 0.055, 2) / 9;
    }
    assertThat(he.againstLowest().error())
        .isCloseTo(Math.sqrt(variance * (1 / 10.0 + 4 / 16.0)), within(1e-12));
  }

  @Test
  void infiniteNumbersAreNullInJson() throws IOException {
    trained("zeros", 6, seed -> Double.NaN);
    JsonNode json = new ObjectMapper().readTree(compared().toJson());
    assertThat(json.at("/trains/initializations/0/stepsToTarget/median").isNull()).isTrue();
    assertThat(json.at("/trains/initializations/0/name").textValue()).isEqualTo("zeros");
  }

  private Comparison compared() {
    return Comparison.of(rows, 0.01);
  }

  /** NaN for a run that never arrives. */
  private void trained(String name, int seeds, LongToDoubleFunction steps) {
    for (int seed = 1; seed <= seeds; seed++) {
      double arrived = steps.applyAsDouble(seed);
      Map<Column, String> cells = cells(name, seed);
      cells.put(Column.TARGET_ITERATION, Double.isNaN(arrived) ? "" : Double.toString(arrived));
      cells.put(Column.TRAIN_LOG_LOSS, "0.2");
      cells.put(Column.EARLY_STOPPING, "false");
      cells.put(Column.TRAIN_ROWS, "100");
      cells.put(Column.VALIDATION_ROWS, "0");
      cells.put(Column.TEST_ROWS, "0");
      rows.add(LedgerRow.of(cells));
    }
  }

  private void tested(String name, int seeds, LongToDoubleFunction loss) {
    for (int seed = 1; seed <= seeds; seed++) {
      rows.add(test(name, seed, loss.applyAsDouble(seed), Map.of()));
    }
  }

  private static LedgerRow test(String name, int seed, double loss, Map<Column, String> more) {
    Map<Column, String> cells = cells(name, seed);
    cells.put(Column.TEST_LOG_LOSS, Double.isNaN(loss) ? "" : Double.toString(loss));
    cells.put(Column.EARLY_STOPPING, "true");
    cells.put(Column.TRAIN_ROWS, "70");
    cells.put(Column.VALIDATION_ROWS, "10");
    cells.put(Column.TEST_ROWS, "20");
    cells.putAll(more);
    return LedgerRow.of(cells);
  }

  private static Map<Column, String> cells(String name, int seed) {
    Map<Column, String> cells = new HashMap<>();
    cells.put(Column.DATA, "made-up.csv");
    cells.put(Column.INITIALIZATION, name);
    cells.put(Column.SEED, Integer.toString(seed));
    cells.put(Column.STOPPED, "budget");
    cells.put(Column.FAILED, "0");
    cells.put(Column.BUDGET, "100");
    cells.put(Column.HIDDEN_UNITS, "16");
    cells.put(Column.of(Measure.DISTINCT_UNITS_WITHIN_TOLERANCE), "16");
    cells.put(Column.of(Measure.SATURATED), "0.0");
    cells.put(Column.LEARNING_RATE, "0.1");
    cells.put(Column.TARGET_LOSS, "0.3");
    return cells;
  }
}
