package org.symbreak.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;

/**
 * Encodes rows that come from a program and not from a file, by the same rules and with the same
 * words as {@link RowStream}. Immutable, and so thread safe.
 */
public final class RowEncoder {
  private final FittedPipeline pipeline;
  private final Clothes bare;
  private final Set<String> marks;

  public RowEncoder(FittedPipeline pipeline) {
    this.pipeline = pipeline;
    this.bare = Clothes.none(pipeline.format().decimal());
    this.marks = new HashSet<>(pipeline.format().missing());
  }

  /**
   * Columns of the training file that are needed or may be there, the label aside, in its order.
   */
  public List<String> columns() {
    return pipeline.fileColumns().stream()
        .filter(column -> !column.equals(pipeline.label()))
        .toList();
  }

  /**
   * Encodes one row.
   *
   * @param name what to call it in messages: {@code row 3}
   * @param cells by column; a number, or a text as it would stand in a file; null, NaN and an empty
   *     text are missing; further columns are ignored
   * @return the features, freshly allocated
   * @throws InputException with all that is wrong with it: columns that lack, cells that are no
   *     numbers
   */
  public double[] encode(String name, Map<String, ?> cells) {
    double[] features = new double[pipeline.featureNames().size()];
    List<Problem> problems = new ArrayList<>();
    int at = 0;
    for (FittedColumn column : pipeline.columns()) {
      Object cell = cells.get(column.name());
      if (cell == null && !cells.containsKey(column.name())) {
        problems.add(lacking(name, column.name(), cells.keySet()));
      } else if (column instanceof FittedNumber number) {
        encode(number, cell, features, at).map(p -> at(name, p)).ifPresent(problems::add);
      } else if (column instanceof FittedCategory category) {
        Optional<String> text = text(cell);
        features[at + text.map(category::slot).orElse(category.slotOfMissing())] = 1;
      }
      at += column.size();
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return features;
  }

  private static Problem lacking(String name, String column, Set<String> columns) {
    return new Problem(
        name,
        "the column " + Place.quoted(column),
        "a row without it",
        Nearest.names(column, columns, 1));
  }

  /** What a problem is called where it is of no file. */
  private static Problem at(String name, Problem problem) {
    return new Problem(
        name + problem.place().substring(problem.place().indexOf(", column")),
        problem.expected(),
        problem.found());
  }

  private Optional<Problem> encode(FittedNumber number, Object cell, double[] features, int at) {
    Place place = new Place("row");
    if (cell instanceof Number plain) {
      double value = plain.doubleValue();
      if (Double.isInfinite(value)) {
        return Optional.of(notANumber(place, number, cell.toString()));
      }
      return number.encode(value, features, at)
          ? Optional.empty()
          : Optional.of(number.outOfRange(place, 1, cell.toString()));
    }
    Optional<String> text = text(cell);
    double value = text.map(words -> number(number, words)).orElse(Double.NaN);
    if (text.isPresent() && !Double.isFinite(value)) {
      return Optional.of(notANumber(place, number, text.get()));
    }
    return number.encode(value, features, at)
        ? Optional.empty()
        : Optional.of(number.outOfRange(place, 1, text.orElse("")));
  }

  private double number(FittedNumber number, String text) {
    if (number.notation() != null) {
      return number.notation().number(text);
    }
    double plain = NumberText.parse(text, pipeline.format().decimal());
    return Double.isNaN(plain) ? bare.number(text) : plain;
  }

  private Problem notANumber(Place place, FittedNumber number, String text) {
    NotNumbers one = new NotNumbers(place, pipeline.format().decimal());
    one.add(number.name(), number.notation(), 1, text);
    return one.problems(List.of(), false).get(0);
  }

  /** As it would stand in a file, without blanks around it; empty where it is missing. */
  private Optional<String> text(Object cell) {
    String text = cell == null ? "" : cell.toString().strip();
    boolean missing =
        text.isEmpty()
            || marks.contains(text)
            || cell instanceof Number number && Double.isNaN(number.doubleValue());
    return missing ? Optional.empty() : Optional.of(text);
  }
}
