package org.symbreak.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
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
