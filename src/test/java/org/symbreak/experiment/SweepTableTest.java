package org.symbreak.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepTableTest {
  private final List<LedgerRow> ledger = new ArrayList<>();

  @Test
  void sumsUpTheRunsOfEachPair() {
    add("2", "10.0", "0.9");
    add("2", "10.0", "0.7");
    add("2", "10.0", "0.8");
    add("2", "10.0", "");
    add("1", "0.01", "0.5");
    add("10", "0.01", "0.4");
    SweepTable table = table(SweepTable.Statistic.MEDIAN);
    assertThat(table.rowNames()).containsExactly("1", "2", "10");
    assertThat(table.columnNames()).containsExactly("0.01", "10.0");
    assertThat(table.cells())
        .isEqualTo(
            List.of(Arrays.asList(0.5, null), Arrays.asList(null, 0.8), Arrays.asList(0.4, null)));
    assertThat(table.runs()).isEqualTo(List.of(List.of(1, 0), List.of(0, 4), List.of(1, 0)));
    assertThat(table(SweepTable.Statistic.MAX).cells().get(1).get(1)).isEqualTo(0.9);
    assertThat(table(SweepTable.Statistic.MIN).cells().get(1).get(1)).isEqualTo(0.7);
    assertThat(table(SweepTable.Statistic.MEAN).cells().get(1).get(1))
        .isCloseTo(0.8, within(1e-15));
    assertThat(table.toJson()).contains("\"statistic\" : \"median\"");
  }

  /** What another setting says as well is left out; what its parts do not say is not. */
  @Test
  void settingsThatTellRunsApart() {
    vary(Map.of(Column.DEPTH, "1", Column.SCALE, "0.1", Column.HIDDEN, "8"), "gaussian:0.1");
    vary(Map.of(Column.DEPTH, "2", Column.SCALE, "0.1", Column.HIDDEN, "8/8"), "gaussian:0.1");
    vary(Map.of(Column.DEPTH, "1", Column.SCALE, "1", Column.HIDDEN, "8"), "gaussian:1");
    assertThat(SweepTable.varying(ledger)).containsExactly(Column.DEPTH, Column.SCALE);

    ledger.clear();
    vary(Map.of(Column.INIT, "glorot", Column.SCALE, "", Column.SEED, "1"), "glorot");
    vary(Map.of(Column.INIT, "he", Column.SCALE, "", Column.SEED, "2"), "he");
    vary(Map.of(Column.INIT, "constant", Column.SCALE, "0.5", Column.SEED, "1"), "constant:0.5");
    assertThat(SweepTable.varying(ledger)).containsExactly(Column.INITIALIZATION);

    ledger.clear();
    vary(Map.of(Column.DEPTH, "2", Column.WIDTH, "8", Column.HIDDEN, "8/4"), "he");
    vary(Map.of(Column.DEPTH, "2", Column.WIDTH, "8", Column.HIDDEN, "4/8"), "he");
    vary(Map.of(Column.DEPTH, "1", Column.WIDTH, "8", Column.HIDDEN, "8"), "he");
    assertThat(SweepTable.varying(ledger)).containsExactly(Column.HIDDEN);

    ledger.clear();
    vary(Map.of(Column.DEPTH, "1"), "he");
    assertThat(SweepTable.varying(ledger)).isEmpty();
  }

  private void vary(Map<Column, String> cells, String initialization) {
    Map<Column, String> row = new HashMap<>(cells);
    row.put(Column.INITIALIZATION, initialization);
    ledger.add(LedgerRow.of(row));
  }

  @Test
  void wordsKeepTheirOrderAndNothingIsAValueToo() {
    add("zeros", "", "1");
    add("glorot", "", "2");
    SweepTable table = table(SweepTable.Statistic.MEDIAN);
    assertThat(table.rowNames()).containsExactly("zeros", "glorot");
    assertThat(table.columnNames()).containsExactly("");
  }

  @Test
  void theAxesAreSettingsThatVary() {
    for (String init : List.of("zeros", "glorot")) {
      for (String seed : List.of("1", "2")) {
        ledger.add(
            LedgerRow.of(
                Map.of(
                    Column.INIT, init,
                    Column.INITIALIZATION, init,
                    Column.DEPTH, "1",
                    Column.WIDTH, "16",
                    Column.SEED, seed)));
      }
    }
    assertThat(SweepTable.axes(ledger)).containsExactly(Column.INIT, Column.SEED);
    assertThat(SweepTable.axes(ledger.subList(0, 2))).containsExactly(Column.SEED, Column.DEPTH);
    add("1", "0.1", "0.9");
    add("2", "1.0", "0.9");
    assertThat(SweepTable.axes(ledger)).containsExactly(Column.DEPTH, Column.SCALE);
  }

  private SweepTable table(SweepTable.Statistic statistic) {
    return SweepTable.of(ledger, Column.DEPTH, Column.SCALE, Column.TEST_AUC, statistic);
  }

  private void add(String depth, String scale, String auc) {
    ledger.add(
        LedgerRow.of(Map.of(Column.DEPTH, depth, Column.SCALE, scale, Column.TEST_AUC, auc)));
  }
}
