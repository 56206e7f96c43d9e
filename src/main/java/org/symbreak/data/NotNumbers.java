package org.symbreak.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.symbreak.problem.Problem;

/**
 * Cells that are no numbers where numbers belong, gathered by column so that a line tells of all
 * that a column has.
 */
final class NotNumbers {
  /** Different texts of a column up to which all of them may stand for missing cells. */
  private static final int MARKS = 5;

  private final Place place;
  private final char decimal;
  private final Map<String, Cells> columns = new LinkedHashMap<>();

  /**
   * @param decimal the mark that is expected in numbers
   */
  NotNumbers(Place place, char decimal) {
    this.place = place;
    this.decimal = decimal;
  }

  /**
   * @param notation of the column; null for plain numbers
   * @param line on which the cell's row begins, from 1
   */
  void add(String column, Notation notation, long line, String text) {
    columns.computeIfAbsent(column, name -> new Cells(notation, line, text)).add(text);
  }

  /** A cell of the current row, alone. */
  static Problem problem(CsvRows rows, String column, Notation notation, String text) {
    NotNumbers one = new NotNumbers(rows.place(), rows.format().decimal());
    one.add(column, notation, rows.line(), text);
    return one.problems(rows.marksSeen(), false).get(0);
  }

  /**
   * A problem a column, in the order in which their first cells were added.
   *
   * @param marks texts that stand for missing cells in the file, to be named again beside new ones
   * @param training whether columns may still be read as something else, or left out
   */
  List<Problem> problems(List<String> marks, boolean training) {
    List<Problem> problems = new ArrayList<>();
    columns.forEach(
        (column, cells) -> {
          List<String> choices = new ArrayList<>();
          if (cells.haveOtherDecimalMark(decimal)) {
            choices.add(NotationGuess.option(decimal));
          }
          cells.missing(marks).ifPresent(choices::add);
          if (training && cells.notation == DateForm.BARE) {
            choices.add(Place.option("--numeric", column));
          }
          if (training) {
            choices.add(Place.option("--categorical", column));
            choices.add(Place.option("--ignore", column));
          }
          problems.add(cells.problem(place, column, choices));
        });
    return problems;
  }

  /** What a column has of them. */
  private static final class Cells {
    private final Notation notation;
    private final long firstLine;
    private final String first;
    private final Set<String> texts = new LinkedHashSet<>();
    private boolean large = true;
    private long count;

    Cells(Notation notation, long firstLine, String first) {
      this.notation = notation;
      this.firstLine = firstLine;
      this.first = first;
    }

    void add(String text) {
      count++;
      large &= Double.isInfinite(NumberText.parse(text));
      if (texts.size() <= MARKS) {
        texts.add(text);
      }
    }

    Problem problem(Place place, String column, List<String> choices) {
      String size = large ? " up to 1.8e308 in size" : "";
      String found = Place.quoted(first) + oddCharacter();
      if (count == 1) {
        return new Problem(
            place.cell(firstLine, column),
            notation == null ? "a number" + size : notation.expected(),
            found,
            choices);
      }
      return new Problem(
          place.column(column),
          notation == null ? "numbers" + size : notation.expected() + " in every cell",
          count + " cells that are none, the first " + found + " on line " + firstLine,
          choices);
    }

    /** Names a character that is easily taken for another one. */
    private String oddCharacter() {
      return first
          .chars()
          .filter(c -> c >= 128 && !Character.isLetter(c))
          .mapToObj(c -> ", with " + DressedNumber.named((char) c))
          .findFirst()
          .orElse("");
    }

    /** Whether all of them are numbers with the other decimal mark, as far as was kept. */
    boolean haveOtherDecimalMark(char decimal) {
      return notation == null
          && texts.stream().allMatch(text -> NotationGuess.hasOtherMark(text, decimal));
    }

    /** The option by which all of them are missing cells, where they are few and can be named. */
    Optional<String> missing(List<String> marks) {
      if (texts.size() > MARKS || texts.stream().anyMatch(text -> text.indexOf(',') >= 0)) {
        return Optional.empty();
      }
      return Optional.of(MissingMarks.option(marks, texts));
    }
  }
}
