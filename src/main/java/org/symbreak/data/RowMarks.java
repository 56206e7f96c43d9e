package org.symbreak.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.symbreak.problem.Problem;

/** The cells of a column by which rows are parted: a number for each different text. */
final class RowMarks {
  private final String column;
  private final Map<String, Integer> codes = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final List<Long> firstLines = new ArrayList<>();
  private int[] marks = new int[1024];
  private int rows;

  RowMarks(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }

  void add(String text, long line) {
    if (rows == marks.length) {
      marks = Arrays.copyOf(marks, (int) Math.min(Integer.MAX_VALUE - 8, 2L * rows));
    }
    marks[rows++] =
        codes.computeIfAbsent(
            text,
            first -> {
              texts.add(first);
              firstLines.add(line);
              return texts.size() - 1;
            });
  }

  /** Number of the row's text, from 0. */
  int mark(int row) {
    return marks[row];
  }

  /** How many different texts there are. */
  int size() {
    return texts.size();
  }

  /**
   * The numbers that the texts stand for, by their numbers: all of them numbers, or all of them
   * dates of one form.
   *
   * @param faults gets one where they are neither
   */
  double[] times(char decimal, Rulings.DateOrder dates, Place place, Faults faults) {
    List<DateForm> forms =
        Stream.of(DateForm.values()).filter(form -> areAll(form::number)).toList();
    if (areAll(text -> NumberText.parse(text, decimal))) {
      return numbers(text -> NumberText.parse(text, decimal));
    }
    if (forms.contains(DateForm.DMY) && forms.contains(DateForm.MDY)) {
      if (dates == null) {
        faults.add(
            new Problem(
                place.column(column),
                "dates in which day and month can be told apart",
                Place.quoted(texts.get(0)) + ", which may be either way round",
                List.of("--date-order dmy", "--date-order mdy")));
        return new double[texts.size()];
      }
      return numbers((dates == Rulings.DateOrder.DMY ? DateForm.DMY : DateForm.MDY)::number);
    }
    if (forms.isEmpty()) {
      faults.add(notInOrder(decimal, place));
      return new double[texts.size()];
    }
    return numbers(forms.get(0)::number);
  }

  private Problem notInOrder(char decimal, Place place) {
    int wrong = 0;
    while (wrong < texts.size() - 1 && isTime(texts.get(wrong), decimal)) {
      wrong++;
    }
    return new Problem(
        place.cell(firstLines.get(wrong), column),
        "numbers, or dates of one form, to put rows in order by",
        Place.quoted(texts.get(wrong)));
  }

  private static boolean isTime(String text, char decimal) {
    return Double.isFinite(NumberText.parse(text, decimal))
        || Stream.of(DateForm.values()).anyMatch(form -> !Double.isNaN(form.number(text)));
  }

  private boolean areAll(ToDoubleFunction<String> read) {
    return texts.stream().allMatch(text -> Double.isFinite(read.applyAsDouble(text)));
  }

  private double[] numbers(ToDoubleFunction<String> read) {
    return texts.stream().mapToDouble(read).toArray();
  }
}
