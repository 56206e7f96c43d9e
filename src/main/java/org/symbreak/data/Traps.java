package org.symbreak.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.symbreak.data.Split.Part;
import org.symbreak.random.Streams;

/**
 * What in a table would make the figures of a run better than new rows would, or say too little:
 * looked for before training.
 */
final class Traps {
  private static final int FEW = 10;
  private static final long CALIBRATION = 109;

  private final RawTable table;
  private final DataSpec spec;
  private final int[] indexes;
  private RepeatedRows repeated;
  private String grouped;

  Traps(RawTable table, DataSpec spec) {
    this.table = table;
    this.spec = spec;
    this.indexes = IndexColumns.in(table);
  }

  /** Columns that number the rows. */
  int[] indexes() {
    return indexes.clone();
  }

  /** Draws the parts. */
  Split split(LabelValues.LabelClasses classes, long seed) {
    Split split = withoutCalibration(classes, seed);
    double share = spec.rulings().calibrationFraction();
    return share == 0
        ? split
        : split.with(calibration(split, classes, share, seed), Part.CALIBRATION);
  }

  /** A share of the training rows: whole groups, or the latest. */
  private int[] calibration(
      Split split, LabelValues.LabelClasses classes, double share, long seed) {
    int[] training = IntStream.range(0, table.rows()).filter(split::trains).toArray();
    IntUnaryOperator group =
        table.group() != null ? table.group()::mark : grouped != null ? repeated::group : row -> -1;
    double[] times = times();
    int[] groups = IntStream.of(training).map(group).toArray();
    byte[] labels = new byte[training.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) table.labels().label(training[i], classes);
    }
    return IntStream.of(
            new Parting(
                    Rulings.NONE,
                    labels,
                    groups,
                    1 + IntStream.of(groups).max().orElse(-1),
                    times == null
                        ? null
                        : IntStream.of(training).mapToDouble(row -> times[row]).toArray(),
                    Streams.seed(seed, CALIBRATION))
                .held(share))
        .map(i -> training[i])
        .toArray();
  }

  private Split withoutCalibration(LabelValues.LabelClasses classes, long seed) {
    double testFraction = spec.testFile() == null ? spec.testFraction() : 0;
    this.repeated = new RepeatedRows(table, withoutWords());
    Rulings rulings = spec.rulings();
    if (rulings.group() != null || rulings.order() != null) {
      return parting(classes, seed, table.group() == null ? row -> -1 : table.group()::mark)
          .split(testFraction, spec.validationFraction());
    }
    if (!rulings.folds().isEmpty()) {
      boolean together = keepsEqualRowsTogether(1);
      return parting(classes, seed, together ? repeated::group : row -> -1)
          .split(testFraction, spec.validationFraction());
    }
    boolean apart = keepsEqualRowsTogether(testFraction);
    return Split.stratified(
        table.rows(),
        row -> table.labels().label(row, classes),
        testFraction,
        spec.validationFraction(),
        seed,
        apart ? repeated::group : row -> -1,
        apart ? repeated.groups() : 0);
  }

  private Parting parting(LabelValues.LabelClasses classes, long seed, IntUnaryOperator group) {
    byte[] labels = new byte[table.rows()];
    int[] groups = new int[table.rows()];
    int count = 0;
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (byte) table.labels().label(row, classes);
      groups[row] = group.applyAsInt(row);
      count = Math.max(count, groups[row] + 1);
    }
    return new Parting(spec.rulings(), labels, groups, count, times(), seed);
  }

  /** A row; null without an order. */
  private double[] times() {
    if (table.order() == null) {
      return null;
    }
    Faults faults = new Faults(table.place());
    double[] ofMarks =
        table
            .order()
            .times(spec.format().decimal(), spec.rulings().dateOrder(), table.place(), faults);
    faults.throwIfAny();
    double[] times = new double[table.rows()];
    Arrays.setAll(times, row -> ofMarks[table.order().mark(row)]);
    return times;
  }

  /** Columns that no equal rows are looked for in: what numbers or names the rows. */
  private int[] withoutWords() {
    return IntStream.range(0, table.columns().size())
        .filter(
            column ->
                IntStream.of(indexes).anyMatch(index -> index == column)
                    || namesEveryRow(column)
                    || countsUp(column))
        .toArray();
  }

  private boolean namesEveryRow(int column) {
    return table.numbers(column) == 0
        && table.rows() > 1
        && table.dictionary(column).size() == table.rows();
  }

  private boolean countsUp(int column) {
    double first = number(0, column);
    for (int row = 0; row < table.rows(); row++) {
      if (!(number(row, column) == first + row)) {
        return false;
      }
    }
    return table.rows() > 1;
  }

  private double number(int row, int column) {
    long cell = table.cell(row, column);
    return Cell.isNumber(cell) ? Double.longBitsToDouble(cell) : Double.NaN;
  }

  private boolean keepsEqualRowsTogether(double testFraction) {
    if (repeated.isEmpty() || testFraction == 0 && spec.validationFraction() == 0) {
      return false;
    }
    switch (spec.rulings().duplicates()) {
      case KEEP:
        return false;
      case GROUP:
        grouped = "as asked for";
        return true;
      default:
        grouped =
            repeated
                .continuousColumn()
                .map(
                    name ->
                        "as chance would hardly repeat the numbers of column "
                            + Place.quoted(name)
                            + "; --duplicates keep spreads them")
                .orElse(null);
        return grouped != null;
    }
  }

  /** What was found, a sentence each. */
  List<String> notices(Split split, LabelValues.LabelClasses classes, FittedPipeline pipeline) {
    List<String> notices = new ArrayList<>();
    if (table.group() != null) {
      notices.add(
          "column %s: its %d groups of rows stay whole; nothing is learned from it"
              .formatted(Place.quoted(table.group().column()), table.group().size()));
    }
    if (table.order() != null) {
      notices.add(
          "column %s: later rows are held out from earlier ones; nothing is learned from it"
              .formatted(Place.quoted(table.order().column())));
    }
    if (table.weights() != null) {
      notices.add(
          ("column %s: rows count by it, in means, standard deviations, loss "
                  + "and figures; nothing is learned from it")
              .formatted(Place.quoted(table.weights().column())));
    }
    if (grouped != null) {
      notices.add(repeated.groupedNotice(grouped));
    } else if (!repeated.isEmpty()) {
      repeated.notice(split).ifPresent(notices::add);
    }
    notices.addAll(new Leaks(table, split, classes, pipeline.columns()).notices());
    fewRows(split, classes).ifPresent(notices::add);
    return notices;
  }

  /** Parts with fewer than ten rows of a class. */
  private Optional<String> fewRows(Split split, LabelValues.LabelClasses classes) {
    int[][] counts = new int[Split.Part.values().length][2];
    for (int row = 0; row < table.rows(); row++) {
      counts[split.part(row).ordinal()][table.labels().label(row, classes)]++;
    }
    List<String> few = new ArrayList<>();
    for (Split.Part part : Split.Part.KNOWN) {
      String[] classesOfPart = {classes.negative(), classes.positive()};
      String listed =
          IntStream.range(0, 2)
              .filter(label -> counts[part.ordinal()][label] < FEW && split.size(part) > 0)
              .mapToObj(
                  label ->
                      counts[part.ordinal()][label] + " of " + Place.quoted(classesOfPart[label]))
              .collect(Collectors.joining(" and "));
      if (!listed.isEmpty()) {
        few.add(listed + " in " + part.words());
      }
    }
    return few.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "few rows of a class: "
                + String.join(", ", few)
                + "; figures on so few vary widely from seed to seed");
  }
}
