package org.symbreak.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;

/** The values of the label's column as they come in, row by row. */
final class LabelValues {
  private static final List<String> USUAL_NAMES =
      List.of("label", "class", "target", "y", "outcome");
  private static final int LISTED = 6;
  private static final int OTHERS = 2;

  /** Negative values whose positive one needs no asking, in lower case. */
  private static final Map<String, List<String>> OBVIOUS =
      Map.of(
          "0", List.of("1"),
          "-1", List.of("1", "+1"),
          "false", List.of("true"),
          "no", List.of("yes"),
          "n", List.of("y"),
          "-", List.of("+"),
          "\u2212", List.of("+"),
          "negative", List.of("positive"));

  private final Dictionary values = new Dictionary();
  private int[] counts = new int[OTHERS];
  private byte[] codes = new byte[1024];
  private int rows;

  /**
   * The label's column.
   *
   * @param asked its name, or null to look for a usual one
   * @param separator the separator that was meant, where the file seems to be of one column
   * @param faults gets one where it cannot be told
   * @return the column's number, from 0; −1 where it cannot be told
   */
  static int column(
      List<String> names, String asked, Optional<String> separator, Place place, Faults faults) {
    if (asked != null) {
      int column = names.indexOf(asked);
      if (column < 0) {
        faults.add(
            new Problem(
                place.file(),
                "a column " + Place.quoted(asked) + " for the label",
                "none",
                separator.map(List::of).orElse(Nearest.names(asked, names, 5))));
      }
      return column;
    }
    List<String> usual =
        names.stream().filter(name -> USUAL_NAMES.contains(name.toLowerCase(Locale.ROOT))).toList();
    if (usual.size() == 1) {
      return names.indexOf(usual.get(0));
    }
    String expected =
        "--label to name the label's column, or one column called "
            + String.join(", ", USUAL_NAMES);
    List<String> candidates =
        usual.isEmpty() ? names.subList(0, Math.min(Faults.LIMIT, names.size())) : usual;
    faults.add(
        new Problem(
            place.file(),
            expected,
            usual.isEmpty() ? "none" : usual.size() + " of them",
            separator.map(List::of).orElse(candidates)));
    return -1;
  }

  void add(String value) {
    int code = values.code(value);
    if (code >= counts.length) {
      counts = Arrays.copyOf(counts, 2 * code);
    }
    counts[code]++;
    if (rows == codes.length) {
      codes = Arrays.copyOf(codes, (int) Math.min(Integer.MAX_VALUE - 8, 2L * rows));
    }
    codes[rows++] = (byte) Math.min(code, OTHERS);
  }

  /** What keeps these values from being two classes, if anything does. */
  Optional<Problem> problem(String column, Place place) {
    if (values.size() == 2) {
      return Optional.empty();
    }
    String counted =
        IntStream.range(0, values.size())
            .boxed()
            .sorted(
                Comparator.comparing((Integer code) -> -counts[code]).thenComparing(values::text))
            .limit(LISTED)
            .map(code -> Place.quoted(values.text(code)) + " (" + rows(counts[code]) + ")")
            .collect(Collectors.joining(", "));
    boolean beyond = counts.length > Dictionary.BEYOND && counts[Dictionary.BEYOND] > 0;
    String found =
        (beyond ? "more than " : "")
            + values.size()
            + ": "
            + counted
            + (values.size() > LISTED ? ", ..." : "");
    return Optional.of(
        new Problem(place.column(column), "two different values of the label", found));
  }

  private static String rows(int n) {
    return n == 1 ? "1 row" : n + " rows";
  }

  /**
   * Which value is which class. Only where there are two values.
   *
   * @param asked the value that is to be class 1, or null for the obvious or the rarer one
   */
  LabelClasses classes(String column, String asked, Faults faults) {
    List<String> both = List.of(values.text(0), values.text(1));
    if (asked != null && !both.contains(asked)) {
      faults.add(
          new Problem(
              "--positive",
              "one of the two values of column " + Place.quoted(column),
              Place.quoted(asked),
              both));
    }
    if (asked != null) {
      return classes(both.indexOf(asked) == 0 ? 0 : 1, "as asked for");
    }
    for (int positive = 0; positive < 2; positive++) {
      String yes = values.text(positive).toLowerCase(Locale.ROOT);
      if (OBVIOUS
          .getOrDefault(values.text(1 - positive).toLowerCase(Locale.ROOT), List.of())
          .contains(yes)) {
        return classes(positive, "the obvious one");
      }
    }
    if (counts[0] == counts[1]) {
      return classes(
          values.text(0).compareTo(values.text(1)) > 0 ? 0 : 1,
          "the later in the alphabet, both being as frequent");
    }
    return classes(counts[0] < counts[1] ? 0 : 1, "the rarer one");
  }

  private LabelClasses classes(int positive, String why) {
    return new LabelClasses(
        values.text(1 - positive), values.text(positive), positive, counts[positive], why);
  }

  /** Number of the row's value: 0 or 1 in the order of their first rows, 2 for all others. */
  int code(int row) {
    return codes[row];
  }

  int rows() {
    return rows;
  }

  /**
   * Which of the two values is which class.
   *
   * @param negative class 0
   * @param positive class 1
   * @param positiveCode number of the positive value
   * @param positives rows of class 1
   * @param why this one is positive, in words
   */
  record LabelClasses(
      String negative, String positive, int positiveCode, int positives, String why) {}
}
