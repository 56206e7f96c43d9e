package org.symbreak.experiment;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs of several things as pairs: of one seed and one fold, hence of the same rows. The order of
 * the rows that they are taken from makes no difference.
 *
 * @param runs of each name, names in alphabetical order, one run for each seed and fold with which
 *     all of them ran; those of any two in the same order
 */
record PairedRuns(Map<String, List<LedgerRow>> runs) {
  /**
   * Leaves out runs whose seed and fold others lack, and all but the first of a name, a seed and a
   * fold.
   *
   * @param rows of one data set, in any order
   * @param name what is compared
   */
  static PairedRuns of(List<LedgerRow> rows, Function<LedgerRow, String> name) {
    Map<String, Map<String, LedgerRow>> byPair = new TreeMap<>();
    for (LedgerRow row : rows) {
      byPair.computeIfAbsent(name.apply(row), first -> new TreeMap<>()).putIfAbsent(pair(row), row);
    }
    Set<String> pairs =
        new TreeSet<>(rows.stream().map(PairedRuns::pair).collect(Collectors.toSet()));
    byPair.values().forEach(runs -> pairs.retainAll(runs.keySet()));
    Map<String, List<LedgerRow>> paired = new LinkedHashMap<>();
    byPair.forEach((named, runs) -> paired.put(named, pairs.stream().map(runs::get).toList()));
    return new PairedRuns(paired);
  }

  private static String pair(LedgerRow row) {
    return row.text(Column.SEED) + " " + row.text(Column.FOLD);
  }

  /** Whether there is no seed and fold with which all ran. */
  boolean isEmpty() {
    return runs.values().stream().allMatch(List::isEmpty);
  }

  /** How many runs each has. */
  int size() {
    return runs.values().stream().mapToInt(List::size).findFirst().orElse(0);
  }

  /** How many pairs of names there are, for which every test is adjusted. */
  int tests() {
    return runs.size() * (runs.size() - 1) / 2;
  }

  /** A column of one name's runs; infinite where a cell is empty. */
  double[] column(String name, Column column) {
    return runs.get(name).stream().mapToDouble(row -> row.numberOrInfinite(column)).toArray();
  }

  /** The runs of all names. */
  List<LedgerRow> rows() {
    return runs.values().stream().flatMap(Collection::stream).toList();
  }
}
