package org.symbreak.experiment;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Runs of several things as pairs by their seeds: a paired test is one only among runs with the
 * same seed, hence the same split. The order of the rows that they are taken from makes no
 * difference.
 *
 * @param runs of each name, names in alphabetical order, one run a seed with which all of them ran;
 *     the seeds of any two in the same order
 */
public record PairedRuns(Map<String, List<LedgerRow>> runs) {
  /** Initializations, of which each run of a ledger has one. */
  public static PairedRuns ofInitializations(List<LedgerRow> rows) {
    return of(rows, row -> row.text(Column.INITIALIZATION));
  }

  /**
   * Leaves out runs whose seed others lack, and all but the first of a name and a seed.
   *
   * @param rows of one data set, in any order
   * @param name what is compared
   */
  static PairedRuns of(List<LedgerRow> rows, Function<LedgerRow, String> name) {
    Map<String, Map<String, LedgerRow>> bySeed = new TreeMap<>();
    for (LedgerRow row : rows) {
      bySeed
          .computeIfAbsent(name.apply(row), first -> new TreeMap<>())
          .putIfAbsent(row.text(Column.SEED), row);
    }
    Set<String> seeds = new TreeSet<>(rows.stream().map(row -> row.text(Column.SEED)).toList());
    bySeed.values().forEach(runs -> seeds.retainAll(runs.keySet()));
    Map<String, List<LedgerRow>> paired = new LinkedHashMap<>();
    bySeed.forEach((named, runs) -> paired.put(named, seeds.stream().map(runs::get).toList()));
    return new PairedRuns(paired);
  }

  /** Whether there is no seed with which all ran. */
  public boolean isEmpty() {
    return runs.values().stream().allMatch(List::isEmpty);
  }

  /** The runs of all names. */
  public List<LedgerRow> rows() {
    return runs.values().stream().flatMap(Collection::stream).toList();
  }
}
