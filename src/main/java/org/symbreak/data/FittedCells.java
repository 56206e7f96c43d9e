package org.symbreak.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * The cells of a row as a fitted pipeline's schema has them: numbers out of their clothes, dates as
 * days with where in their cycles these are, words and labels in the spelling that the pipeline
 * knows.
 */
final class FittedCells {
  private final FittedPipeline pipeline;
  private final LabelMatcher labels;
  private final CsvRows rows;
  private final Clothes bare;
  private final int[] source;
  private final int label;

  /**
   * @throws InputException where the rows lack columns, all of them named
   */
  FittedCells(FittedPipeline pipeline, CsvRows rows) {
    this.pipeline = pipeline;
    this.labels = new LabelMatcher(pipeline.negative(), pipeline.positive());
    this.rows = rows;
    this.bare = Clothes.none(rows.format().decimal());
    Faults faults = new Faults(rows.place());
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < rows.names().size(); i++) {
      positions.put(rows.names().get(i), i);
    }
    this.source =
        pipeline.columns().stream()
            .mapToInt(column -> position(column.name(), positions, faults))
            .toArray();
    this.label = position(pipeline.label(), positions, faults);
    faults.throwIfAny();
  }

  private int position(String name, Map<String, Integer> positions, Faults faults) {
    int position = positions.getOrDefault(name, -1);
    if (position < 0) {
      faults.add(
          new Problem(
              rows.place().file(), "the column " + Place.quoted(name), "a header without it"));
    }
    return position;
  }

  /** Whether the current row has no label, and so is passed over. */
  boolean lacksLabel() {
    return rows.missing(label);
  }

  /**
   * The current row.
   *
   * @throws InputException with all its faults
   */
  List<Writable> record() {
    List<Writable> record = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int j = 0; j < source.length; j++) {
      boolean missing = rows.missing(source[j]);
      if (pipeline.columns().get(j) instanceof FittedNumber number) {
        double value = missing ? Double.NaN : number.read(rows, source[j], bare);
        if (!missing && !Double.isFinite(value)) {
          problems.add(
              NotNumbers.problem(rows, number.name(), number.notation(), rows.cell(source[j])));
        }
        record.add(missing ? NullWritable.INSTANCE : new DoubleWritable(value));
        for (double part : number.cyclicParts(value)) {
          record.add(new DoubleWritable(part));
        }
      } else if (pipeline.columns().get(j) instanceof FittedCategory category) {
        record.add(
            missing ? NullWritable.INSTANCE : new Text(category.spelling(rows.cell(source[j]))));
      }
    }
    String text = rows.cell(label);
    int known = labels.of(text);
    if (known < 0) {
      problems.add(
          new Problem(
              rows.place().cell(rows.line(), pipeline.label()),
              "one of the label's values",
              Place.quoted(text),
              List.of(pipeline.negative(), pipeline.positive())));
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    record.add(new Text(known == 1 ? pipeline.positive() : pipeline.negative()));
    return record;
  }
}
