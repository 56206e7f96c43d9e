package org.symbreak.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sweep's runs in a table of two settings: in each cell one number for the runs that have both.
 *
 * @param rows the setting down the side
 * @param columns the setting along the top
 * @param value what is summed up, such as {@code test.auc}
 * @param statistic how
 * @param rowNames values of {@code rows}, numbers in ascending order
 * @param columnNames values of {@code columns}, likewise
 * @param cells a list a row; null where no run has a value
 * @param runs how many runs stand behind each cell, those without a value included
 */
public record SweepTable(
    String rows,
    String columns,
    String value,
    Statistic statistic,
    List<String> rowNames,
    List<String> columnNames,
    List<List<Double>> cells,
    List<List<Integer>> runs) {

  /** Settings as {@link #axes} prefers them; what comes last is made up of others. */
  private static final List<Column> AXES =
      List.of(
          Column.DEPTH,
          Column.SCALE,
          Column.INIT,
          Column.WIDTH,
          Column.ACTIVATION,
          Column.OPTIMIZER,
          Column.LEARNING_RATE,
          Column.BIASES,
          Column.L2,
          Column.MOMENTUM,
          Column.BATCH,
          Column.BUDGET,
          Column.PRECISION,
          Column.DATA,
          Column.HIDDEN,
          Column.SEED);

  /** How the runs of a cell become one number; runs without a value are left out. */
  public enum Statistic {
    MEDIAN(
        values ->
            values.length % 2 == 1
                ? values[values.length / 2]
                : (values[values.length / 2 - 1] + values[values.length / 2]) / 2),
    MEAN(values -> Arrays.stream(values).sum() / values.length),
    MIN(values -> values[0]),
    MAX(values -> values[values.length - 1]);

    private final ToDoubleFunction<double[]> ofSorted;

    Statistic(ToDoubleFunction<double[]> ofSorted) {
      this.ofSorted = ofSorted;
    }

    Double of(List<Double> values) {
      double[] sorted =
          values.stream()
              .filter(value -> !value.isNaN())
              .mapToDouble(Double::doubleValue)
              .sorted()
              .toArray();
      return sorted.length == 0 ? null : (Double) ofSorted.applyAsDouble(sorted);
    }

    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The runs of a ledger, summed up. */
  public static SweepTable of(
      List<LedgerRow> ledger, Column rows, Column columns, Column value, Statistic statistic) {
    record Cell(String row, String column) {}
    Map<Cell, List<Double>> values = new HashMap<>();
    Set<String> down = new LinkedHashSet<>();
    Set<String> along = new LinkedHashSet<>();
    for (LedgerRow run : ledger) {
      down.add(run.text(rows));
      along.add(run.text(columns));
      values
          .computeIfAbsent(new Cell(run.text(rows), run.text(columns)), cell -> new ArrayList<>())
          .add(run.number(value));
    }
    List<String> rowNames = sorted(down);
    List<String> columnNames = sorted(along);
    List<List<Double>> cells = new ArrayList<>();
    List<List<Integer>> runs = new ArrayList<>();
    for (String row : rowNames) {
      List<List<Double>> line =
          columnNames.stream()
              .map(column -> values.getOrDefault(new Cell(row, column), List.of()))
              .toList();
      cells.add(new ArrayList<>(line.stream().map(statistic::of).toList()));
      runs.add(line.stream().map(List::size).toList());
    }
    return new SweepTable(
        rows.header(),
        columns.header(),
        value.header(),
        statistic,
        rowNames,
        columnNames,
        cells,
        runs);
  }

  /**
   * Two settings to put down the side and along the top: the first two that vary, of those that
   * make most of a difference first.
   *
   * @param ledger at least one run
   */
  public static List<Column> axes(List<LedgerRow> ledger) {
    Map<Boolean, List<Column>> varying =
        AXES.stream().collect(Collectors.partitioningBy(column -> varies(ledger, column)));
    return Stream.concat(varying.get(true).stream(), varying.get(false).stream()).limit(2).toList();
  }

  private static boolean varies(List<LedgerRow> ledger, Column column) {
    return ledger.stream().map(run -> run.text(column)).distinct().limit(2).count() > 1;
  }

  public String toJson() {
    return FiniteJson.write(this);
  }

  /** Numbers by size, words as they come, nothing last. */
  private static List<String> sorted(Set<String> names) {
    boolean numbers =
        names.stream().allMatch(name -> name.isEmpty() || name.matches("[-+0-9.eE]+"));
    return numbers
        ? names.stream()
            .sorted(
                Comparator.comparingDouble(
                    name -> name.isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(name)))
            .toList()
        : List.copyOf(names);
  }
}
