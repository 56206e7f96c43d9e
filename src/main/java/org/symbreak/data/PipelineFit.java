package org.symbreak.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/** Decides from the training rows of a table what each column is, and fits it. */
final class PipelineFit {
  /**
   * From this share of missing cells on, a numeric column gets a feature that says where they were.
   */
  static final double INDICATOR_SHARE = 0.05;

  private enum Kind {
    NUMBER,
    CATEGORY,
    /**
     * A category that has numerals among its texts, if only outside the training rows: to be read
     * again, all of it as text.
     */
    MIXED,
    DROPPED
  }

  private final RawTable table;
  private final Split split;
  private final DataSpec spec;
  private final ColumnProfile[] profiles;
  private final Kind[] kinds;
  private final List<String> notices = new ArrayList<>();

  PipelineFit(RawTable table, Split split, DataSpec spec) {
    this.table = table;
    this.split = split;
    this.spec = spec;
    this.profiles = profiles();
    this.kinds = new Kind[profiles.length];
    for (int j = 0; j < kinds.length; j++) {
      kinds[j] = kind(j);
    }
  }

  private ColumnProfile[] profiles() {
    int columns = table.columns().size();
    ColumnProfile[] seen =
        IntStream.range(0, columns)
            .mapToObj(j -> new ColumnProfile(table.dictionary(j)))
            .toArray(ColumnProfile[]::new);
    for (int row = 0; row < table.rows(); row++) {
      if (split.trains(row)) {
        for (int j = 0; j < columns; j++) {
          seen[j].add(table.cell(row, j), row);
        }
      }
    }
    return seen;
  }

  private Kind kind(int column) {
    Kind kind = kind(table.columns().get(column), profiles[column]);
    return kind == Kind.CATEGORY && table.holdsNumbers(column) ? Kind.MIXED : kind;
  }

  private Kind kind(String name, ColumnProfile profile) {
    boolean asNumber = spec.numeric().contains(name);
    boolean asCategory = spec.categorical().contains(name);
    if (profile.missing() == profile.rows()) {
      return drop(name, "no training row has a value there");
    }
    if (profile.constant()) {
      return drop(name, "every training row has the same value there");
    }
    if (asNumber) {
      return Kind.NUMBER;
    }
    if (asCategory) {
      return Kind.CATEGORY;
    }
    if (profile.countsUp()) {
      return drop(name, "its numbers count up by one with the rows, like an identifier");
    }
    if (profile.texts() == 0) {
      return Kind.NUMBER;
    }
    if (profile.numbers() > 0) {
      return profile.holdsFaultyNumbers() ? Kind.NUMBER : Kind.MIXED;
    }
    if (profile.textsBeyondCounting()) {
      return drop(name, "it holds too many or too long different texts to be categories");
    }
    if (profile.differsInEveryRow()) {
      return drop(name, "its text differs in every row, like an identifier");
    }
    return Kind.CATEGORY;
  }

  private Kind drop(String name, String why) {
    notices.add("column " + Place.quoted(name) + " is left out: " + why);
    return Kind.DROPPED;
  }

  /** Columns that can be fitted only after reading them as texts. */
  Set<String> mixedColumns() {
    Set<String> mixed = new LinkedHashSet<>();
    for (int j = 0; j < kinds.length; j++) {
      if (kinds[j] == Kind.MIXED) {
        mixed.add(table.columns().get(j));
      }
    }
    return mixed;
  }

  /** Adds the cells, of any part, that the columns cannot hold. */
  void findFaults(Faults faults) {
    int[] suspect =
        IntStream.range(0, kinds.length)
            .filter(j -> kinds[j] == Kind.NUMBER && table.dictionary(j).size() > 0)
            .toArray();
    NotNumbers found = new NotNumbers(table.place(), spec.format().decimal());
    for (int row = 0; suspect.length > 0 && row < table.rows() && !faults.full(); row++) {
      for (int j : suspect) {
        long cell = table.cell(row, j);
        if (cell != Cell.MISSING && !Cell.isNumber(cell)) {
          found.add(
              table.columns().get(j), table.line(row), table.dictionary(j).text(Cell.code(cell)));
        }
      }
    }
    found.problems(table.marksSeen(), true).forEach(faults::add);
    for (int j = 0; j < kinds.length; j++) {
      if (kinds[j] == Kind.CATEGORY && profiles[j].textsBeyondCounting()) {
        String expected =
            "at most "
                + Dictionary.VALUE_LIMIT
                + " different values, of "
                + Dictionary.CHARACTER_LIMIT
                + " characters in all, in a categorical column";
        faults.add(
            new Problem(
                table.place().column(table.columns().get(j)),
                expected,
                "more",
                List.of("--ignore " + table.columns().get(j))));
      }
    }
  }

  /** Fits each column that is not dropped; there must be no faults and no mixed columns. */
  List<FittedColumn> fit() {
    int[] numbers = IntStream.range(0, kinds.length).filter(j -> kinds[j] == Kind.NUMBER).toArray();
    double[] medians =
        new Medians(table, split)
            .of(numbers, IntStream.of(numbers).map(j -> profiles[j].numbers()).toArray());
    double[][] moments =
        spec.standardize() ? new Moments(table, split).of(numbers, profiles) : null;
    noteLookalikes();
    FittedColumn[] fitted = new FittedColumn[kinds.length];
    for (int i = 0; i < numbers.length; i++) {
      int j = numbers[i];
      ColumnProfile profile = profiles[j];
      boolean indicator = profile.missing() >= INDICATOR_SHARE * profile.rows();
      double mean = moments == null ? 0 : moments[i][0];
      double scale = moments == null || !(moments[i][1] > 0) ? 1 : moments[i][1];
      fitted[j] =
          new FittedNumber(
              table.columns().get(j),
              medians[i],
              mean,
              scale,
              profile.min(),
              profile.max(),
              indicator);
    }
    for (int j = 0; j < kinds.length; j++) {
      if (kinds[j] == Kind.CATEGORY) {
        fitted[j] = category(table.columns().get(j), profiles[j], table.dictionary(j));
      }
    }
    List<FittedColumn> columns =
        IntStream.range(0, kinds.length)
            .mapToObj(j -> fitted[j])
            .filter(column -> column != null)
            .toList();
    if (columns.isEmpty()) {
      throw InputException.of(
          table.place().file(),
          "at least one column to learn from",
          "none: " + String.join("; ", notices));
    }
    noteMissing();
    return columns;
  }

  private FittedCategory category(String name, ColumnProfile profile, Dictionary dictionary) {
    List<String> byFrequency =
        IntStream.range(0, dictionary.size())
            .filter(code -> profile.count(code) > 0)
            .boxed()
            .sorted(
                Comparator.comparing((Integer code) -> -profile.count(code))
                    .thenComparing(dictionary::text))
            .map(dictionary::text)
            .toList();
    boolean others = byFrequency.size() > FittedCategory.VALUE_LIMIT;
    if (others) {
      notices.add(
          "column "
              + Place.quoted(name)
              + " has "
              + byFrequency.size()
              + " different values: the "
              + FittedCategory.VALUE_LIMIT
              + " most frequent are features, the rest count as other");
    }
    List<String> values = byFrequency.stream().limit(FittedCategory.VALUE_LIMIT).sorted().toList();
    return new FittedCategory(name, values, profile.missing() > 0, others);
  }

  private void noteLookalikes() {
    for (int j = 0; j < kinds.length; j++) {
      String name = table.columns().get(j);
      boolean text = kinds[j] == Kind.CATEGORY || kinds[j] == Kind.DROPPED;
      if (text && !spec.categorical().contains(name) && !profiles[j].constant()) {
        char decimal = spec.format().decimal();
        Lookalike.of(profiles[j], table.dictionary(j), decimal)
            .ifPresent(lookalike -> notices.add(lookalike.notice(name, decimal)));
      }
    }
  }

  private void noteMissing() {
    MissingCells missing = new MissingCells(table.marksSeen());
    for (int j = 0; j < kinds.length; j++) {
      String name = table.columns().get(j);
      if (kinds[j] == Kind.NUMBER) {
        missing.addNumber(name, profiles[j]);
      } else if (kinds[j] == Kind.CATEGORY) {
        missing.addCategory(name, profiles[j], table.dictionary(j));
      }
    }
    notices.addAll(missing.notices());
  }

  /** Decisions that the user should know of. */
  List<String> notices() {
    return notices;
  }
}
