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

  private static final int MANY = 8;

  /** What runs are not told apart by, or what is made up of others. */
  private static final List<Column> NOT_AXES =
      List.of(
          Column.RUN,
          Column.SEED,
          Column.ENGINE,
          Column.TARGET_LOSS,
          Column.INITIALIZATION,
          Column.HIDDEN);

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

  /**
   * The settings that tell runs apart, seeds aside, those first that make most of a difference.
   * What another setting says as well is left out, such as the units of all layers where width and
   * depth vary.
   *
   * @param ledger at least one run; empty where all have the same settings
   */
  public static List<Column> varying(List<LedgerRow> ledger) {
    List<Column> simple =
        Stream.concat(
                AXES.stream(),
                Column.values().stream().filter(column -> column.kind() == Column.Kind.SETTING))
            .distinct()
            .filter(column -> !NOT_AXES.contains(column) && varies(ledger, column))
            .toList();
    List<Column> axes = new ArrayList<>();
    for (Column column : simple) {
      if (simple.stream()
          .noneMatch(
              other ->
                  other != column
                      && !(isScale(ledger, column) && isScale(ledger, other))
                      && says(ledger, List.of(other), column)
                      && (axes.contains(other) || !says(ledger, List.of(column), other)))) {
        axes.add(column);
      }
    }
    whole(ledger, axes, Column.INITIALIZATION, List.of(Column.SCALE, Column.INIT));
    whole(ledger, axes, Column.HIDDEN, List.of(Column.DEPTH, Column.WIDTH));
    return axes;
  }

  /** Whether it has so many values that another one is different by chance as well. */
  private static boolean isScale(List<LedgerRow> ledger, Column column) {
    return ledger.stream().map(run -> run.text(column)).distinct().limit(MANY + 1).count() > MANY;
  }

  /**
   * Puts a setting in place of its parts where they do not say it, or where its name alone is there
   * without the number that belongs to it.
   */
  private static void whole(
      List<LedgerRow> ledger, List<Column> axes, Column whole, List<Column> parts) {
    boolean isHalf = whole == Column.INITIALIZATION && axes.contains(Column.INIT);
    if (!says(ledger, axes, whole) || isHalf && !axes.contains(Column.SCALE)) {
      int at = axes.stream().filter(parts::contains).findFirst().map(axes::indexOf).orElse(0);
      axes.add(at, whole);
      axes.removeIf(axis -> parts.contains(axis) && says(ledger, List.of(whole), axis));
    }
  }

  /** Whether runs that agree in some settings agree in another. */
  private static boolean says(List<LedgerRow> ledger, List<Column> settings, Column other) {
    Map<List<String>, String> said = new HashMap<>();
    return ledger.stream()
        .allMatch(
            run -> {
              String text = run.text(other);
              String before = said.putIfAbsent(settings.stream().map(run::text).toList(), text);
              return before == null || before.equals(text);
            });
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
