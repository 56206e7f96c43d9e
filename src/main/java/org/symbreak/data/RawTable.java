package org.symbreak.data;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;

/** A file's cells as they are written, {@link Cell} by cell: nothing is fitted yet. */
final class RawTable implements AutoCloseable {
  private static final Pattern TOTALS =
      Pattern.compile(
          "((grand|sub)?[ -]?totals?|sums?|summe|gesamt|insgesamt|somme|suma|totale"
              + "|means?|averages?|avg|mittelwert|moyenne|median)[ :.]*",
          Pattern.CASE_INSENSITIVE);

  private final Place place;
  private final DataSpec spec;
  private final List<String> fileColumns;
  private final boolean header;
  private final String label;
  private final List<String> columns;
  private final List<Dictionary> dictionaries;
  private final RowMarks group;
  private final RowMarks order;
  private final RowWeights weights;
  private final LabelValues labels = new LabelValues();
  private final int[] numbers;
  private final String[] zeros;
  private final RowTable cells;
  private final RowTable.Cursor cursor;

  /** Where each column stands in the file. */
  private final int[] source;

  private boolean whole = true;
  private List<String> marksSeen = List.of();
  private List<String> notices = List.of();

  /**
   * Reads the whole file. Rows that cannot be used are left out and listed among the faults.
   *
   * @param readings columns whose cells are read otherwise than as plain numbers or else texts
   * @param digest is given every byte of the file
   * @param heapBytes how much of the table may lie on the heap
   * @throws InputException where the file cannot be read at all, or has no such columns as the
   *     description names
   */
  static RawTable read(
      DataSpec spec, ColumnReadings readings, MessageDigest digest, Faults faults, long heapBytes) {
    try (StrictCsvRecordReader reader =
        StrictCsvRecordReader.of(Path.of(spec.file()), spec.format(), List.of(), digest)) {
      CsvRows rows = reader.cells();
      RawTable table = new RawTable(spec.naming(rows.names()), rows, faults, heapBytes);
      table.spec.categorical().forEach(readings::texts);
      // what the file declares to be categories is so where nobody says otherwise
      Set<String> numeric = new HashSet<>(table.spec.numeric());
      rows.categories().stream().filter(name -> !numeric.contains(name)).forEach(readings::texts);
      try {
        table.fill(rows, readings, spec.rulings().skipMissingLabels(), faults);
        table.marksSeen = rows.marksSeen();
        table.notices = rows.notices();
      } catch (RuntimeException e) {
        table.close();
        throw e;
      }
      return table;
    }
  }

  private RawTable(DataSpec spec, CsvRows rows, Faults faults, long heapBytes) {
    this.place = new Place(spec.file());
    this.spec = spec;
    this.fileColumns = rows.names();
    this.header = rows.format().header();
    int labelColumn =
        LabelValues.column(
            fileColumns, rows.twoValued(), spec.label(), rows.guess(), place, faults);
    if (rows.guess().isPresent()) {
      faults.throwIfAny();
    }
    requireColumns("--numeric", spec.numeric(), faults);
    requireColumns("--categorical", spec.categorical(), faults);
    requireColumns("--ignore", spec.ignore(), faults);
    this.group = marks("--group", spec.rulings().group(), faults);
    this.order = marks("--order", spec.rulings().order(), faults);
    this.weights = weights(spec.rulings().weight(), labelColumn, faults);
    faults.throwIfAny();
    this.label = fileColumns.get(labelColumn);
    Set<String> ignored = new HashSet<>(spec.ignore());
    ignored.add(label);
    Stream.of(group, order).filter(Objects::nonNull).map(RowMarks::column).forEach(ignored::add);
    Stream.ofNullable(weights).map(RowWeights::column).forEach(ignored::add);
    this.source =
        IntStream.range(0, fileColumns.size())
            .filter(i -> !ignored.contains(fileColumns.get(i)))
            .toArray();
    this.columns = IntStream.of(source).mapToObj(fileColumns::get).toList();
    if (columns.isEmpty()) {
      throw InputException.of(place.file(), "at least one column besides the label", "none");
    }
    this.dictionaries = columns.stream().map(name -> new Dictionary()).toList();
    this.numbers = new int[columns.size()];
    this.zeros = new String[columns.size()];
    this.cells = new RowTable(columns.size() + 2, heapBytes);
    this.cursor = cells.cursor();
  }

  private RowMarks marks(String option, String column, Faults faults) {
    if (column == null) {
      return null;
    }
    requireColumns(option, List.of(column), faults);
    return new RowMarks(column);
  }

  private RowWeights weights(String column, int labelColumn, Faults faults) {
    if (column == null) {
      return null;
    }
    requireColumns("--weight", List.of(column), faults);
    if (labelColumn >= 0 && fileColumns.get(labelColumn).equals(column)) {
      faults.add(new Problem("--weight", "another column than the label", Place.quoted(column)));
    }
    return new RowWeights(column);
  }

  private void requireColumns(String option, List<String> named, Faults faults) {
    Set<String> known = new HashSet<>(fileColumns);
    for (String name : named) {
      if (!known.contains(name)) {
        faults.add(
            new Problem(
                option,
                "columns of " + place.file(),
                Place.quoted(name),
                Nearest.names(name, fileColumns, 5)));
      }
    }
  }

  private void fill(
      CsvRows rows, ColumnReadings readings, boolean skipMissingLabels, Faults faults) {
    int labelColumn = fileColumns.indexOf(label);
    boolean[] text = new boolean[columns.size()];
    Notation[] notations = new Notation[columns.size()];
    for (int j = 0; j < text.length; j++) {
      text[j] = readings.isText(columns.get(j));
      notations[j] = readings.notation(columns.get(j));
    }
    long[] row = new long[columns.size() + 2];
    while (!faults.full()) {
      try {
        if (!rows.next()) {
          break;
        }
      } catch (InputException e) {
        faults.addAll(e);
        whole = !rows.ended();
        continue;
      }
      if (rows.missing(labelColumn)) {
        labels.addMissing(rows.line(), rows.cell(labelColumn));
        continue;
      }
      mark(group, rows, faults);
      mark(order, rows, faults);
      if (weights != null) {
        int cell = fileColumns.indexOf(weights.column());
        weights.add(RowWeights.read(rows, cell, weights.column(), place, faults));
      }
      long hash = 0;
      for (int j = 0; j < source.length; j++) {
        row[j] = cell(rows, source[j], j, text[j], notations[j]);
        hash += RepeatedRows.share(row[j], j);
      }
      row[source.length] = rows.line();
      row[source.length + 1] = hash;
      cells.append(row);
      labels.add(rows.bytes(), rows.from(labelColumn), rows.to(labelColumn));
    }
    if (!skipMissingLabels) {
      labels.missingProblem(label, place, rows.format().missing()).ifPresent(faults::add);
    }
  }

  private void mark(RowMarks marks, CsvRows rows, Faults faults) {
    if (marks != null) {
      int from = fileColumns.indexOf(marks.column());
      if (rows.missing(from)) {
        faults.add(
            new Problem(
                place.cell(rows.line(), marks.column()),
                "a value in every row, as rows are parted by it",
                rows.cell(from).isEmpty() ? "nothing" : Place.quoted(rows.cell(from))));
      }
      marks.add(rows.cell(from), rows.line());
    }
  }

  private long cell(CsvRows rows, int from, int column, boolean text, Notation notation) {
    if (rows.missing(from)) {
      return Cell.MISSING;
    }
    double number =
        text ? Double.NaN : notation == null ? rows.number(from) : notation.number(rows.cell(from));
    if (!Double.isFinite(number)) {
      return Cell.text(dictionaries.get(column).code(rows.bytes(), rows.from(from), rows.to(from)));
    }
    numbers[column]++;
    if (zeros[column] == null && notation == null && rows.beginsWithZero(from)) {
      String written = rows.cell(from);
      zeros[column] = written.chars().allMatch(Character::isDigit) ? written : null;
    }
    return Cell.number(number);
  }

  Place place() {
    return place;
  }

  /** The description, its columns' names as they are in the file. */
  DataSpec spec() {
    return spec;
  }

  /** What the user should know of how columns and rows were found, a sentence each. */
  List<String> notices() {
    return notices;
  }

  /** All columns of the file, in its order. */
  List<String> fileColumns() {
    return fileColumns;
  }

  /** Where columns stand among {@link #columns()}, by their names. */
  Map<String, Integer> positions() {
    Map<String, Integer> positions = new HashMap<>();
    for (int column = 0; column < columns.size(); column++) {
      positions.put(columns.get(column), column);
    }
    return positions;
  }

  /** The columns that are neither the label nor to be ignored, in the file's order. */
  List<String> columns() {
    return columns;
  }

  String label() {
    return label;
  }

  /** By which rows stay together; null without. */
  RowMarks group() {
    return group;
  }

  /** By which rows come one after the other; null without. */
  RowMarks order() {
    return order;
  }

  /** How much each row counts; null where all count the same. */
  RowWeights weights() {
    return weights;
  }

  /** What is wrong where the last row sums up those above it, if it does. */
  Optional<Problem> totals() {
    int last = rows() - 1;
    for (int column = 0; column < columns.size() && last > 0; column++) {
      long cell = cell(last, column);
      if (numbers[column] > 0 && !Cell.isNumber(cell) && cell != Cell.MISSING) {
        int code = Cell.code(cell);
        String text =
            code < dictionaries.get(column).size() ? dictionaries.get(column).text(code) : "";
        if (TOTALS.matcher(text).matches()) {
          return Optional.of(
              new Problem(
                  place.cell(line(last), columns.get(column)),
                  "rows of one kind",
                  Place.quoted(text) + " in the last row, as of one that sums up the others",
                  List.of("take out the last row")));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether nothing kept the file from being read to its end. */
  boolean isWhole() {
    return whole;
  }

  LabelValues labels() {
    return labels;
  }

  /** Texts of the file that stand for missing cells. */
  List<String> marksSeen() {
    return marksSeen;
  }

  int rows() {
    return cells.rows();
  }

  /** A {@link Cell}; columns are counted in {@link #columns()}. */
  long cell(int row, int column) {
    return cursor.bits(row, column);
  }

  /**
   * The cells of some rows, column by column, read row by row.
   *
   * @return columns × rows
   */
  long[][] cells(int[] rows, int[] among) {
    long[][] read = new long[among.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < among.length; j++) {
        read[j][i] = cell(rows[i], among[j]);
      }
    }
    return read;
  }

  /** Whether the file's header has no name for a column. */
  boolean isNameless(int column) {
    return header && columns.get(column).equals("c" + (source[column] + 1));
  }

  /** How many rows, of all parts, have a number there. */
  int numbers(int column) {
    return numbers[column];
  }

  /** A whole number that is written with a zero before it, such as 02134; null where none is. */
  String leadingZero(int column) {
    return zeros[column];
  }

  /** The sum of {@link RepeatedRows#share} over all cells of the row. */
  long hash(int row) {
    return cursor.bits(row, columns.size() + 1);
  }

  Dictionary dictionary(int column) {
    return dictionaries.get(column);
  }

  /** Visits the cells of training rows that are numbers, row by row. */
  void forEachNumber(Split split, int[] among, NumberVisitor visitor) {
    for (int row = 0; row < rows(); row++) {
      if (split.trains(row)) {
        double weight = weights == null ? 1 : weights.weight(row);
        for (int i = 0; i < among.length; i++) {
          long cell = cell(row, among[i]);
          if (Cell.isNumber(cell)) {
            visitor.visit(i, cell, weight);
          }
        }
      }
    }
  }

  /** What is done with a number. */
  interface NumberVisitor {
    /**
     * @param i position of its column among those asked for
     * @param cell the number's bits
     * @param weight of its row
     */
    void visit(int i, long cell, double weight);
  }

  /** Line on which the row begins, from 1. */
  long line(int row) {
    return cursor.bits(row, columns.size());
  }

  @Override
  public void close() {
    cells.close();
  }
}
