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

  private final FittedPipeline pipeline;
  private final Place place;
  private final StrictCsvRecordReader reader;
  private final CsvRows rows;
  private final LabelUse use;
  private final int[] source;
  private final int labelSource;
  private final List<String> notices = new ArrayList<>();
  private final double[] features;
  private final UnseenInputs unseen;
  private final Texts classes;
  private final LabelMatcher labels;
  private final Clothes bare;
  private boolean skipsMissingLabels;

  /** The values of each categorical column, in their order; null for others. */
  private final Texts[] values;

  private int label = -1;
  private NotNumbers notNumbers;

  /**
   * @param reader closed with this
   */
  RowStream(FittedPipeline pipeline, StrictCsvRecordReader reader, LabelUse use) {
    this.pipeline = pipeline;
    this.reader = reader;
    this.rows = reader.cells();
    this.place = rows.place();
    this.use = use;
    this.classes = Texts.of(List.of(pipeline.negative(), pipeline.positive()));
    this.labels = new LabelMatcher(pipeline.negative(), pipeline.positive());
    this.bare = Clothes.none(rows.format().decimal());
    this.unseen = new UnseenInputs(place, pipeline.columns());
    this.features = new double[pipeline.featureNames().size()];
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
    List<String> further =
        rows.names().stream()
            .filter(name -> names.contains(name) && !pipeline.fileColumns().contains(name))
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
    for (int j = 0; j < source.length; j++) {
      FittedColumn column = pipeline.columns().get(j);
      if (column instanceof FittedNumber number) {
        encode(number, j, at, problems);
      } else if (column instanceof FittedCategory category) {
        int slot = slot(category, j);
        category.encode(slot, features, at);
        if (category.isUnseen(slot)) {
          unseen.see(j, rows.cell(source[j]));
        }
      }
      at += column.size();
    }
    readLabel(problems);
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
    } else if (!number.encode(value, features, at)) {
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

  /** The current row's features; the same array for each row, overwritten by {@link #next()}. */
  public double[] features() {
    return features;
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
    reader.close();
  }
}
