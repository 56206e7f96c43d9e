package org.symbreak.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;

/**
 * The rows of a CSV file, one after the other, as a fitted pipeline encodes them. Columns may stand
 * in any order, further columns are ignored. Not thread safe.
 */
public final class RowStream implements AutoCloseable {
  private static final int LISTED = 10;

  /** Bytes of a piece: thousands of cells. */
  private static final int PIECE = 1 << 18;

  private final FittedPipeline pipeline;
  private final Place place;
  private final StrictCsvRecordReader reader;
  private final CsvRows rows;
  private final LabelUse use;
  private final int[] source;
  private final int labelSource;
  private final List<String> notices = new ArrayList<>();
  private final OneHot oneHot;
  private final double[] numbers;
  private final int[] ones;
  private final double[] features;
  private final UnseenInputs unseen;
  private final Texts classes;
  private final LabelMatcher labels;
  private final Clothes bare;
  private boolean skipsMissingLabels;

  /** What is read, where that is not the whole file; else null. */
  private final CsvRows.Piece piece;

  /** The values of each categorical column, in their order; null for others. */
  private final Texts[] values;

  private int label = -1;

  /** Column of weights; null where all rows count the same. */
  private String weightColumn;

  private int weightSource = -1;
  private double weight = 1;

  /** Column of groups; null where each row is its own. */
  private String groupColumn;

  private int groupSource = -1;
  private String group;
  private NotNumbers notNumbers;

  /**
   * @param reader closed with this
   */
  RowStream(FittedPipeline pipeline, StrictCsvRecordReader reader, LabelUse use) {
    this.pipeline = pipeline;
    this.piece = null;
    this.reader = reader;
    this.rows = reader.cells();
    this.place = rows.place();
    this.use = use;
    this.classes = Texts.of(List.of(pipeline.negative(), pipeline.positive()));
    this.labels = new LabelMatcher(pipeline.negative(), pipeline.positive());
    this.bare = Clothes.none(rows.format().decimal());
    this.unseen = new UnseenInputs(place, pipeline.columns());
    this.oneHot = pipeline.oneHot();
    this.numbers = new double[oneHot.numbers()];
    this.ones = new int[oneHot.groups()];
    this.features = oneHot.groups() == 0 ? numbers : new double[oneHot.features()];
    this.values =
        pipeline.columns().stream()
            .map(
                column ->
                    column instanceof FittedCategory category ? Texts.of(category.values()) : null)
            .toArray(Texts[]::new);
    try {
      Map<String, Integer> positions = positions(rows.format());
      this.source =
          pipeline.columns().stream()
              .mapToInt(column -> positions.getOrDefault(column.name(), -1))
              .toArray();
      this.labelSource = positions.getOrDefault(pipeline.label(), -1);
      requireColumns();
      notices.addAll(rows.notices());
      noteFurtherColumns(positions.keySet());
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private RowStream(RowStream whole, CsvRows.Piece piece, CsvRows rows) {
    this.pipeline = whole.pipeline;
    this.piece = piece;
    this.reader = null;
    this.rows = rows;
    this.place = whole.place;
    this.use = whole.use;
    this.classes = whole.classes;
    this.labels = new LabelMatcher(pipeline.negative(), pipeline.positive());
    this.bare = whole.bare;
    this.unseen = new UnseenInputs(place, pipeline.columns());
    this.oneHot = whole.oneHot;
    this.numbers = new double[oneHot.numbers()];
    this.ones = new int[oneHot.groups()];
    this.features = oneHot.groups() == 0 ? numbers : new double[oneHot.features()];
    this.values = whole.values;
    this.source = whole.source;
    this.labelSource = whole.labelSource;
    this.skipsMissingLabels = whole.skipsMissingLabels;
    this.weightColumn = whole.weightColumn;
    this.weightSource = whole.weightSource;
    this.groupColumn = whole.groupColumn;
    this.groupSource = whole.groupSource;
  }

  /**
   * Passes over the next rows, some thousand cells of them, and hands them out as a stream of their
   * own, which another thread may read. Then it goes back to {@link #join}, piece after piece, or
   * counts and notices would lack its rows.
   *
   * @return null where no whole row could be cut off: {@link #next} then reads one, meets the fault
   *     that lies there, or finds the end
   */
  public RowStream cutOff() {
    return cutOff(PIECE);
  }

  /**
   * @param size bytes of the piece, about
   */
  RowStream cutOff(int size) {
    CsvRows.Piece next = rows.cutOff(size);
    return next == null ? null : new RowStream(this, next, rows.read(next));
  }

  /**
   * The rows of a piece once more, from the first one, before it was joined: so that its faults are
   * told as if the file had been read in one piece.
   */
  public RowStream again(RowStream read) {
    return new RowStream(this, read.piece, rows.readAgain(read.piece));
  }

  /** Goes on after a piece that was read as far as it goes. */
  public void join(RowStream read) {
    rows.join(read.rows);
    unseen.join(read.unseen);
    labels.join(read.labels);
  }

  /**
   * Where each column stands; without a header in the training file's order, with or without the
   * label.
   */
  private Map<String, Integer> positions(CsvFormat format) {
    List<String> names = rows.names();
    if (!format.header()) {
      List<String> trained = pipeline.fileColumns();
      List<String> withoutLabel =
          trained.stream().filter(name -> !name.equals(pipeline.label())).toList();
      if (names.size() != trained.size() && names.size() != withoutLabel.size()) {
        throw InputException.of(
            place.line(rows.line()),
            trained.size()
                + " cells as in training, or "
                + withoutLabel.size()
                + " without the label",
            String.valueOf(names.size()),
            rows.guess().stream().toArray(String[]::new));
      }
      names = names.size() == trained.size() ? trained : withoutLabel;
    }
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      positions.put(names.get(i), i);
    }
    return positions;
  }

  private void requireColumns() {
    List<String> lacking = new ArrayList<>();
    for (int j = 0; j < source.length; j++) {
      if (source[j] < 0) {
        lacking.add(pipeline.columns().get(j).name());
      }
    }
    if (use == LabelUse.REQUIRED && labelSource < 0) {
      lacking.add(pipeline.label());
    }
    if (!lacking.isEmpty()) {
      Set<String> nearest = new HashSet<>();
      lacking.forEach(name -> nearest.addAll(Nearest.names(name, rows.names(), 1)));
      String expected =
          (lacking.size() == 1 ? "the column " : "the columns ")
              + String.join(", ", lacking.stream().map(Place::quoted).toList());
      throw InputException.of(
          place.file(),
          expected,
          "a header without " + (lacking.size() == 1 ? "it" : "them"),
          rows.guess().map(Set::of).orElse(nearest).stream().sorted().toArray(String[]::new));
    }
  }

  private void noteFurtherColumns(Set<String> names) {
    Set<String> known = new HashSet<>(pipeline.fileColumns());
    List<String> further =
        rows.names().stream()
            .filter(name -> names.contains(name) && !known.contains(name))
            .toList();
    if (!further.isEmpty()) {
      String listed =
          String.join(
              ", ",
              further.subList(0, Math.min(LISTED, further.size())).stream()
                  .map(Place::quoted)
                  .toList());
      notices.add(
          place.file()
              + ": columns that the model does not know are ignored: "
              + listed
              + (further.size() > LISTED ? " and " + (further.size() - LISTED) + " more" : ""));
    }
  }

  /**
   * Goes to the next row.
   *
   * @return whether there is one
   * @throws InputException where the row has faults, with their places; unless {@link #ended()},
   *     another call goes on with the row after it
   */
  public boolean next() {
    label = -1;
    do {
      if (!rows.next()) {
        return false;
      }
    } while (skipsMissingLabels && labelSource >= 0 && rows.missing(labelSource));
    List<Problem> problems = new ArrayList<>();
    unseen.beginRow();
    int at = 0;
    int group = 0;
    for (int j = 0; j < source.length; j++) {
      FittedColumn column = pipeline.columns().get(j);
      if (column instanceof FittedNumber number) {
        encode(number, j, at, problems);
        at += number.size();
      } else if (column instanceof FittedCategory category) {
        int slot = slot(category, j);
        ones[group] = oneHot.from(group) + slot;
        group++;
        if (category.isUnseen(slot)) {
          unseen.see(j, rows.cell(source[j]));
        }
      }
    }
    readLabel(problems);
    readWeight(problems);
    readGroup(problems);
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    unseen.endRow(rows.line());
    return true;
  }

  private int slot(FittedCategory category, int column) {
    int cell = source[column];
    if (rows.missing(cell)) {
      return category.slotOfMissing();
    }
    int value = values[column].find(rows.bytes(), rows.from(cell), rows.to(cell));
    if (value < 0 && category.caseless()) {
      return category.slot(rows.cell(cell));
    }
    return value < 0 ? category.size() - 1 : value;
  }

  private void encode(FittedNumber number, int column, int at, List<Problem> problems) {
    int cell = source[column];
    boolean missing = rows.missing(cell);
    double value = missing ? Double.NaN : number.read(rows, cell, bare);
    if (!missing && !Double.isFinite(value)) {
      if (notNumbers != null) {
        notNumbers.add(number.name(), number.notation(), rows.line(), rows.cell(cell));
      } else {
        problems.add(NotNumbers.problem(rows, number.name(), number.notation(), rows.cell(cell)));
      }
    } else if (!number.encode(value, numbers, at)) {
      problems.add(number.outOfRange(place, rows.line(), rows.cell(cell)));
    } else if (missing) {
      if (number.complete()) {
        unseen.miss(column);
      }
    } else if (number.isFarOutside(value)) {
      unseen.see(column, rows.cell(cell));
    }
  }

  private void readLabel(List<Problem> problems) {
    if (labelSource < 0) {
      return;
    }
    label = classes.find(rows.bytes(), rows.from(labelSource), rows.to(labelSource));
    if (label >= 0) {
      return;
    }
    String value = rows.cell(labelSource);
    label =
        SpreadsheetText.says(value, pipeline.positive())
            ? 1
            : SpreadsheetText.says(value, pipeline.negative()) ? 0 : labels.of(value);
    if (label < 0 && use == LabelUse.REQUIRED) {
      problems.add(
          new Problem(
              place.cell(rows.line(), pipeline.label()),
              "one of the label's values",
              Place.quoted(value),
              List.of(pipeline.negative(), pipeline.positive())));
    }
  }

  private void readWeight(List<Problem> problems) {
    if (weightColumn != null) {
      weight = rows.missing(weightSource) ? Double.NaN : rows.number(weightSource);
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        problems.add(RowWeights.problem(rows, weightSource, weightColumn, place));
      }
    }
  }

  private void readGroup(List<Problem> problems) {
    if (groupColumn != null) {
      group = rows.missing(groupSource) ? null : rows.cell(groupSource);
      if (group == null) {
        problems.add(
            new Problem(place.cell(rows.line(), groupColumn), "a group of rows", "nothing"));
      }
    }
  }

  /**
   * From here on rows count by this column.
   *
   * @throws InputException where there is no such column
   */
  public void weighBy(String column) {
    weightSource = position("--weight", column);
    weightColumn = column;
  }

  /**
   * From here on rows with equal cells in this column are of one group.
   *
   * @throws InputException where there is no such column
   */
  public void groupBy(String column) {
    groupSource = position("--group", column);
    groupColumn = column;
  }

  private int position(String option, String column) {
    Integer position = positions(rows.format()).get(column);
    if (position == null) {
      throw InputException.of(
          option,
          "a column of " + place.file(),
          Place.quoted(column),
          Nearest.names(column, rows.names(), 5).toArray(String[]::new));
    }
    return position;
  }

  /** How much the current row counts, from 0; 1 where no column says. */
  public double weight() {
    return weight;
  }

  /** The current row's cell in the column of groups; null without such a column. */
  public String group() {
    return group;
  }

  /** From here on rows without a label are passed over. */
  void skipMissingLabels() {
    skipsMissingLabels = true;
  }

  /**
   * From here on cells that are no numbers do not make their rows faulty, but are gathered; their
   * rows' features mean nothing.
   */
  void gatherNotNumbers() {
    notNumbers = new NotNumbers(place, rows.format().decimal());
  }

  /** What was gathered, a problem a column. */
  List<Problem> gathered() {
    return notNumbers.problems(rows.marksSeen(), true);
  }

  /**
   * Whether nothing more can be read: the file ended, or a fault such as an unterminated quote
   * makes the rest unreadable.
   */
  public boolean ended() {
    return rows.ended();
  }

  /**
   * The current row's features, all of them; the same array for each row, overwritten by the next
   * call after {@link #next()}.
   */
  public double[] features() {
    if (features != numbers) {
      oneHot.expand(numbers, ones, features, 0);
    }
    return features;
  }

  /**
   * The current row's features that are none of a category's; the same array for each row,
   * overwritten by {@link #next()}.
   */
  public double[] numbers() {
    return numbers;
  }

  /** Which feature of each categorical column is 1, as in {@link OneHot}; likewise. */
  public int[] ones() {
    return ones;
  }

  /** 1 for the positive class, 0 for the other, −1 where it cannot be told. */
  public int label() {
    return label;
  }

  /** Number of the current row, from 1, faulty ones counted. */
  public long row() {
    return rows.count();
  }

  /** Line of the file on which the current row begins, from 1. */
  public long line() {
    return rows.line();
  }

  /** What the user should know about the file, such as columns that are ignored. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  /**
   * What the rows so far held that no training row came near to: categories of their own, numbers
   * further outside the training range than it is wide, missing cells where none was; and labels
   * that are spelled otherwise. A sentence a column.
   */
  public List<String> unseen() {
    List<String> sentences = new ArrayList<>(unseen.notices());
    labels.notice(pipeline.label()).ifPresent(sentences::add);
    return sentences;
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
