package org.symbreak.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    /** To be read again, in another way. */
    REREAD,
    DROPPED
  }

  private final RawTable table;
  private final Split split;
  private final DataSpec spec;
  private final ColumnReadings readings;
  private final Set<Integer> indexes;
  private final Set<String> numeric;
  private final Set<String> categorical;
  private final ColumnProfile[] profiles;
  private final Kind[] kinds;
  private final List<String> constant = new ArrayList<>();
  private final List<String> empty = new ArrayList<>();
  private final List<String> counting = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final List<Problem> refusals = new ArrayList<>();
  private boolean reread;

  /**
   * @param readings how the table was read; gets what is to be read otherwise
   * @param indexes columns that number the rows
   */
  PipelineFit(RawTable table, Split split, DataSpec spec, ColumnReadings readings, int[] indexes) {
    this.table = table;
    this.split = split;
    this.spec = spec;
    this.readings = readings;
    this.indexes = IntStream.of(indexes).boxed().collect(Collectors.toSet());
    this.numeric = Set.copyOf(spec.numeric());
    this.categorical = Set.copyOf(spec.categorical());
    this.profiles = profiles();
    this.kinds = new Kind[profiles.length];
    for (int j = 0; j < kinds.length; j++) {
      kinds[j] = kind(j);
      reread |= kinds[j] == Kind.REREAD;
    }
    noteLeftOut();
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
    String name = table.columns().get(column);
    ColumnProfile profile = profiles[column];
    boolean asNumber = numeric.contains(name);
    boolean asCategory = categorical.contains(name);
    if (profile.missing() == profile.rows()) {
      empty.add(name);
      return Kind.DROPPED;
    }
    if (profile.constant()) {
      constant.add(name);
      return Kind.DROPPED;
    }
    if (asCategory) {
      return Kind.CATEGORY;
    }
    if (indexes.contains(column) && !asNumber) {
      return Kind.DROPPED;
    }
    if (profile.countsUp() && !asNumber) {
      counting.add(name);
      return Kind.DROPPED;
    }
    if (readings.notation(name) != null) {
      return Kind.NUMBER;
    }
    if (readings.isText(name)) {
      return category(name, profile);
    }
    if (profile.areBareDates() && !asNumber) {
      readings.numbers(name, DateForm.BARE, null, null);
      return Kind.REREAD;
    }
    String code = table.leadingZero(column);
    if (code != null && profile.fractions() == 0 && profile.min() >= 0 && !asNumber) {
      readings.texts(
          name,
          "categories, as there are leading zeros ("
              + Place.option("--numeric", name)
              + " reads numbers)",
          code);
      return Kind.REREAD;
    }
    if (profile.texts() == 0) {
      return Kind.NUMBER;
    }
    NotationGuess.Outcome guess =
        new NotationGuess(
                table.place(),
                name,
                profile,
                table.dictionary(column),
                spec.format().decimal(),
                spec.rulings())
            .outcome();
    if (guess instanceof NotationGuess.Found found) {
      readings.numbers(name, found.notation(), found.reason(), found.example());
      return Kind.REREAD;
    }
    if (guess instanceof NotationGuess.Refused refused) {
      refusals.add(refused.problem());
      return Kind.DROPPED;
    }
    if (asNumber || profile.numbers() > 0 && profile.holdsFaultyNumbers()) {
      return Kind.NUMBER;
    }
    if (table.numbers(column) > 0) {
      if (guess instanceof NotationGuess.Told told) {
        readings.texts(name);
        readings.tell(name, told.notice());
      } else if (profile.numbers() == 0 || profile.textsMeanMissingCells()) {
        readings.texts(name);
      } else {
        readings.texts(
            name,
            "categories, as there are texts among the numbers ("
                + Place.option("--ignore", name)
                + " leaves it out)",
            firstText(column));
      }
      return Kind.REREAD;
    }
    if (guess instanceof NotationGuess.Told told) {
      readings.tell(name, told.notice());
    } else if (profile.textsLookLikeNumbers()) {
      readings.texts(
          name,
          "categories, as its digits make no numbers that can be told ("
              + Place.option("--ignore", name)
              + " leaves it out)",
          firstText(column));
    }
    return category(name, profile);
  }

  private String firstText(int column) {
    Dictionary dictionary = table.dictionary(column);
    return IntStream.range(0, dictionary.size())
        .filter(code -> profiles[column].count(code) > 0)
        .mapToObj(dictionary::text)
        .findFirst()
        .orElse("");
  }

  private Kind category(String name, ColumnProfile profile) {
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

  /** A sentence for all columns that are left out for the same reason. */
  private void noteLeftOut() {
    List<String> numbering = indexes.stream().sorted().map(table.columns()::get).toList();
    noteLeftOut(
        numbering.stream()
            .filter(name -> !numeric.contains(name) && !categorical.contains(name))
            .toList(),
        "numbers the rows, as an index does, and would tell the label where the rows were sorted; "
            + Place.option("--numeric", numbering)
            + " keeps it");
    noteLeftOut(counting, "counts up by one with the rows, like an identifier");
    noteLeftOut(constant, "has the same value in every training row");
    noteLeftOut(empty, "has no value in any training row");
  }

  private void noteLeftOut(List<String> names, String why) {
    if (!names.isEmpty()) {
      notices.add(
          Place.columns(names)
              + (names.size() == 1 ? " is left out: it " : " are left out: each ")
              + why);
    }
  }

  /** Whether columns must be read again before they can be fitted. */
  boolean mustReread() {
    return reread;
  }

  /** Adds the cells, of any part, that the columns cannot hold. */
  void findFaults(Faults faults) {
    refusals.forEach(faults::add);
    int[] suspect =
        IntStream.range(0, kinds.length)
            .filter(j -> kinds[j] == Kind.NUMBER && table.dictionary(j).size() > 0)
            .toArray();
    NotNumbers found = new NotNumbers(table.place(), spec.format().decimal());
    for (int row = 0; suspect.length > 0 && row < table.rows() && !faults.full(); row++) {
      for (int j : suspect) {
        long cell = table.cell(row, j);
        if (cell != Cell.MISSING && !Cell.isNumber(cell)) {
          String name = table.columns().get(j);
          found.add(
              name,
              readings.notation(name),
              table.line(row),
              table.dictionary(j).text(Cell.code(cell)));
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
                List.of(Place.option("--ignore", table.columns().get(j)))));
      }
    }
  }

  /** Fits each column that is not dropped; there must be no faults and none to be read again. */
  List<FittedColumn> fit() {
    int[] numbers = IntStream.range(0, kinds.length).filter(j -> kinds[j] == Kind.NUMBER).toArray();
    double[] medians =
        new Medians(table, split)
            .of(numbers, IntStream.of(numbers).map(j -> profiles[j].numbers()).toArray());
    double[][] moments =
        spec.standardize() ? new Moments(table, split).of(numbers, profiles) : null;
    if (moments != null) {
      new SparseScales(table, split, profiles).replace(numbers, medians, moments);
    }
    notices.addAll(
        readings.notices(
            IntStream.range(0, kinds.length)
                .filter(j -> kinds[j] != Kind.DROPPED)
                .mapToObj(table.columns()::get)
                .collect(Collectors.toSet())));
    FittedColumn[] fitted = new FittedColumn[kinds.length];
    for (int i = 0; i < numbers.length; i++) {
      fitted[numbers[i]] = number(numbers[i], medians[i], moments == null ? null : moments[i]);
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

  /**
   * @param moments mean and standard deviation; null where numbers are to stay as they are
   */
  private FittedNumber number(int column, double median, double[] moments) {
    String name = table.columns().get(column);
    ColumnProfile profile = profiles[column];
    Notation notation = readings.notation(name);
    List<Cycle> cycles = notation instanceof DateForm form ? cycles(form, profile) : List.of();
    if (notation instanceof DateForm form) {
      noteDates(name, form, profile, cycles);
    }
    double asItIs = notation instanceof DateForm ? profile.min() : 0;
    return new FittedNumber(
        name,
        notation,
        median,
        moments == null ? asItIs : moments[0],
        moments == null || !(moments[1] > 0) ? 1 : moments[1],
        profile.min(),
        profile.max(),
        profile.missing() >= INDICATOR_SHARE * profile.rows(),
        profile.missing() == 0,
        cycles);
  }

  /** Those that the training rows went through at least twice. */
  private static List<Cycle> cycles(DateForm form, ColumnProfile profile) {
    if (form == DateForm.TIME) {
      return List.of(Cycle.DAY);
    }
    if (form.isSpan()) {
      return List.of();
    }
    double span = profile.max() - profile.min();
    return Stream.of(Cycle.values())
        .filter(cycle -> span >= 2 * cycle.days())
        .filter(cycle -> cycle != Cycle.DAY || profile.fractions() > 0)
        .filter(cycle -> cycle != Cycle.WEEK || form.namesDays())
        .toList();
  }

  private void noteDates(String name, DateForm form, ColumnProfile profile, List<Cycle> cycles) {
    String parts =
        cycles.isEmpty()
            ? ""
            : ", and "
                + cycles.stream().map(Cycle::words).collect(Collectors.joining(", "))
                + " as sine and cosine";
    notices.add(
        Place.columns(List.of(name))
            + (form.isSpan()
                ? " is read as spans of time, each number counting sixtieths of the one before"
                : form == DateForm.TIME
                    ? " is read as times of day: the share of the day that is over"
                    : " is read as dates ("
                        + form.order()
                        + "): days since "
                        + form.shown(Math.floor(profile.min()))
                        + " (up to "
                        + form.shown(Math.floor(profile.max()))
                        + ")")
            + parts
            + (form == DateForm.BARE
                ? "; " + Place.option("--numeric", name) + " reads numbers"
                : ""));
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
    boolean caseless = byFrequency.stream().allMatch(LabelText::isWord);
    List<String> different = caseless ? differentWords(name, byFrequency) : byFrequency;
    boolean others = different.size() > FittedCategory.VALUE_LIMIT;
    List<String> kept = different.stream().limit(FittedCategory.VALUE_LIMIT).sorted().toList();
    if (others) {
      long covered = kept.stream().mapToInt(value -> profile.count(dictionary.code(value))).sum();
      notices.add(
          String.format(
              Locale.ROOT,
              "column %s has %d different values: the %d most frequent, in %.1f %% of the training"
                  + " rows that have one, are features, the rest count as other",
              Place.quoted(name),
              different.size(),
              FittedCategory.VALUE_LIMIT,
              100.0 * covered / profile.texts()));
    }
    return new FittedCategory(
        name,
        kept,
        counts(kept, caseless, profile, dictionary),
        profile.missing() > 0,
        others,
        caseless);
  }

  /** How many training rows hold each value, in whichever spelling. */
  private static List<Integer> counts(
      List<String> values, boolean caseless, ColumnProfile profile, Dictionary dictionary) {
    UnaryOperator<String> key = text -> caseless ? text.toLowerCase(Locale.ROOT) : text;
    Map<String, Integer> rows = new HashMap<>();
    for (int code = 0; code < dictionary.size(); code++) {
      rows.merge(key.apply(dictionary.text(code)), profile.count(code), Integer::sum);
    }
    return values.stream().map(key).map(rows::get).toList();
  }

  /** The most frequent spelling of each word. */
  private List<String> differentWords(String name, List<String> spellings) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    for (String spelling : spellings) {
      words
          .computeIfAbsent(spelling.toLowerCase(Locale.ROOT), word -> new ArrayList<>())
          .add(spelling);
    }
    if (words.size() < spellings.size()) {
      notices.add(
          Place.columns(List.of(name))
              + ": upper and lower case make no difference: "
              + words.values().stream()
                  .filter(same -> same.size() > 1)
                  .map(same -> same.stream().map(Place::quoted).collect(Collectors.joining(" = ")))
                  .collect(Collectors.joining(", ")));
    }
    return words.values().stream().map(same -> same.get(0)).toList();
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
