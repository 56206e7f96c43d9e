package org.symbreak.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.symbreak.problem.InputException;

/**
 * A table's columns as its first row tells them, in the light of the rows below it: a name too many
 * or too few, names that occur twice, a first row that is none of names.
 *
 * @param names one a column, all different
 * @param twoValued those of which the rows below, as far as they were looked at, have two values
 * @param endsOpen whether the rows end with a separator that the header does not have
 * @param notices what was taken for what, a sentence each
 * @param guess what the first row looks like, with the option for it, where it may be no header or
 *     is read with the wrong separator; empty where nothing is odd
 */
record Header(
    List<String> names,
    List<String> twoValued,
    boolean endsOpen,
    List<String> notices,
    Optional<String> guess) {
  /** What R's row names are called. */
  static final String ROW_NAMES = "rownames";

  /** Share of the rows below that must agree on a number of cells. */
  private static final double MOST = 0.9;

  private static final int LISTED = 5;

  /** Rows that it takes to say that the first of them is unlike the others. */
  private static final int FEWEST_ALIKE = 10;

  /** Rows of texts beyond the first that are looked for above numbers. */
  private static final int MOST_HEADERS = 3;

  private static final String COMMENT_MARKS = "#%;!*";

  /**
   * @param first the cells of the first row
   * @param below those of some rows below it; none where there are none
   * @param line on which the first row begins, from 1
   * @throws InputException where the first row cannot be one of names for the rows below
   */
  static Header of(
      List<String> first, List<List<String>> below, CsvFormat format, Place place, long line) {
    List<String> notices = new ArrayList<>();
    int size = usualSize(below, first.size());
    Optional<String> comment = comment(first, size, format);
    Optional<String> separator = separator(first, below, format);
    if (!format.header()) {
      List<String> names = numbered(first.size());
      return new Header(names, List.of(), false, notices, comment.or(() -> separator));
    }
    List<String> names = new ArrayList<>(first);
    boolean endsOpen = false;
    if (size == first.size() - 1 && first.get(size).isEmpty()) {
      names.remove(size);
      notices.add(
          place.line(line)
              + ": the header ends with a separator that the rows do not have; it names "
              + size
              + " columns");
    } else if (size == first.size() + 1 && haveEmptyEnds(below, size)) {
      endsOpen = true;
      notices.add(
          place.file()
              + ": the rows end with a separator that the header does not have; nothing is read"
              + " behind it");
    } else if (size == first.size() + 1 && comment.isEmpty() && beginWithNames(below, size)) {
      names.add(0, ROW_NAMES);
      notices.add(
          place.line(line)
              + ": the header has no name for the first column, as R writes row names; it is called"
              + " "
              + Place.quoted(ROW_NAMES));
    } else if (size != first.size() && (comment.isPresent() || separator.isEmpty())) {
      throw InputException.of(
          place.line(line),
          size + " names, as the rows below have " + size + " cells",
          first.size() + ", the first " + Place.quoted(first.get(0)),
          comment.orElse(otherSize(first, size, format)));
    }
    if (comment.isEmpty()) {
      requireOneRowOfNames(first, below, format, place, line);
    }
    for (int i = 0; i < names.size(); i++) {
      names.set(i, names.get(i).isEmpty() ? "c" + (i + 1) : names.get(i));
    }
    Optional<String> guess =
        separator
            .or(() -> comment)
            .or(() -> quotes(first, format))
            .or(() -> rowOfData(first, below, format));
    List<String> distinct = distinct(names, place, line, notices);
    return new Header(distinct, twoValued(distinct, below, format), endsOpen, notices, guess);
  }

  /** What to do with a header of another size than the rows below, in which nothing else is odd. */
  private static String otherSize(List<String> first, int size, CsvFormat format) {
    String mark = "'" + format.separator() + "'";
    if (first.size() > 1) {
      return size > first.size()
          ? "put cells that hold a " + mark + " into quotes, or name the further columns"
          : "take out the names that have no column";
    }
    return SeparatorGuess.other(first.get(0), size)
        .map(other -> "separate the names by " + mark + ", as the cells below are")
        .orElse("take out what stands above the header");
  }

  /**
   * That the rows below are alike: the first of them none of units, kinds or the names proper,
   * which are texts in columns that hold numbers else.
   */
  private static void requireOneRowOfNames(
      List<String> first, List<List<String>> below, CsvFormat format, Place place, long line) {
    if (below.size() < FEWEST_ALIKE) {
      return;
    }
    for (int more = 1; more <= MOST_HEADERS; more++) {
      List<List<String>> others = below.subList(more, below.size());
      List<String> odd =
          below.subList(0, more).stream()
              .map(row -> odd(row, others, format))
              .max(Comparator.comparingInt(List::size))
              .orElseThrow();
      if (odd.size() > 1 && !first.equals(below.get(0))) {
        throw InputException.of(
            place.line(line),
            "one row of names, and rows of one kind below it",
            (more == 1 ? "a second row of texts, " : (more + 1) + " rows of texts, such as ")
                + String.join(", ", odd.subList(0, Math.min(LISTED, odd.size())))
                + ", above numbers",
            more == 1
                ? "take out one of the first two rows"
                : "take out the first " + (more + 1) + " rows but that of the names");
      }
    }
  }

  /** Cells of a row that are texts where all rows below it have numbers. */
  private static List<String> odd(List<String> row, List<List<String>> below, CsvFormat format) {
    List<String> odd = new ArrayList<>();
    for (int j = 0; j < row.size(); j++) {
      int column = j;
      String cell = row.get(j);
      if (!cell.isEmpty()
          && !format.missing().contains(cell)
          && !MissingCells.isUsual(cell)
          && !isNumber(cell, format)
          && below.stream()
              .allMatch(other -> other.size() > column && isNumber(other.get(column), format))) {
        odd.add(Place.quoted(cell));
      }
    }
    return odd;
  }

  private static boolean isNumber(String cell, CsvFormat format) {
    return !Double.isNaN(NumberText.parse(cell, format.decimal()));
  }

  private static List<String> twoValued(
      List<String> names, List<List<String>> below, CsvFormat format) {
    return IntStream.range(0, names.size())
        .filter(
            column ->
                below.stream()
                        .filter(row -> row.size() > column)
                        .map(row -> row.get(column))
                        .filter(cell -> !cell.isEmpty() && !format.missing().contains(cell))
                        .distinct()
                        .limit(3)
                        .count()
                    == 2)
        .mapToObj(names::get)
        .toList();
  }

  /** Names for columns that have none: c1, c2, ... */
  private static List<String> numbered(int size) {
    List<String> names = new ArrayList<>(size);
    for (int i = 1; i <= size; i++) {
      names.add("c" + i);
    }
    return names;
  }

  /** How many cells nearly all rows have; the first row's number where they do not agree. */
  private static int usualSize(List<List<String>> below, int first) {
    Map<Integer, Integer> counts = new HashMap<>();
    below.forEach(row -> counts.merge(row.size(), 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= MOST * below.size())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(first);
  }

  /** Where there is one name only: the separator that stands in it and in the rows below. */
  private static Optional<String> separator(
      List<String> first, List<List<String>> below, CsvFormat format) {
    return first.size() > 1
        ? Optional.empty()
        : SeparatorGuess.from(
            first.get(0),
            below.stream()
                .map(row -> String.join(String.valueOf(format.separator()), row))
                .toList(),
            format.separator());
  }

  private static boolean haveEmptyEnds(List<List<String>> below, int size) {
    return below.stream()
        .filter(row -> row.size() == size)
        .allMatch(row -> row.get(size - 1).isEmpty());
  }

  private static boolean beginWithNames(List<List<String>> below, int size) {
    Set<String> different = new HashSet<>();
    return below.stream()
        .filter(row -> row.size() == size)
        .map(row -> row.get(0))
        .allMatch(name -> !name.isEmpty() && !isFraction(name) && different.add(name));
  }

  /** Hardly the name of a row. */
  private static boolean isFraction(String text) {
    double number = NumberText.parse(text, '.');
    return Double.isFinite(number) && number != Math.rint(number);
  }

  /** Single quotes around all names, where double ones are looked for. */
  private static Optional<String> quotes(List<String> first, CsvFormat format) {
    return format.quote() != '\''
            && first.stream().allMatch(name -> name.length() > 2 && name.matches("'.*'"))
        ? Optional.of("--quote \"'\"")
        : Optional.empty();
  }

  private static Optional<String> comment(List<String> first, int size, CsvFormat format) {
    String text = first.get(0);
    if (text.isEmpty() || COMMENT_MARKS.indexOf(text.charAt(0)) < 0) {
      return Optional.empty();
    }
    return text.charAt(0) == '#' || size != first.size()
        ? Optional.of(commentOption(text.charAt(0)))
        : Optional.empty();
  }

  /** The option by which lines that begin with this character are passed over. */
  static String commentOption(char mark) {
    return "--comment '" + mark + "'";
  }

  /** Whether a cell's text may begin a comment. */
  static boolean isCommentMark(int character) {
    return COMMENT_MARKS.indexOf(character) >= 0;
  }

  /** A first row whose cells are numbers, or occur again below, is hardly one of names. */
  private static Optional<String> rowOfData(
      List<String> first, List<List<String>> below, CsvFormat format) {
    int alike = 0;
    for (int j = 0; j < first.size(); j++) {
      int column = j;
      String cell = first.get(j);
      if (isNumber(cell, format)
          || !cell.isEmpty()
              && below.stream()
                  .anyMatch(row -> row.size() > column && row.get(column).equals(cell))) {
        alike++;
      }
    }
    return 2 * alike > first.size()
        ? Optional.of("--no-header, by which columns are called c1 to c" + first.size())
        : Optional.empty();
  }

  /** Later columns of a name get .1, .2, ... as in pandas. */
  private static List<String> distinct(
      List<String> names, Place place, long line, List<String> notices) {
    Set<String> taken = new HashSet<>(names);
    Set<String> used = new HashSet<>();
    Set<String> renamed = new LinkedHashSet<>();
    List<String> distinct = new ArrayList<>(names.size());
    Map<String, Integer> last = new HashMap<>();
    for (String name : names) {
      String other = name;
      while (!used.add(other)) {
        int number = last.merge(name, 1, Integer::sum);
        String next = name + "." + number;
        other = taken.contains(next) ? other : next;
      }
      if (!other.equals(name)) {
        renamed.add(Place.quoted(other));
      }
      distinct.add(other);
    }
    if (!renamed.isEmpty()) {
      notices.add(
          place.line(line)
              + ": names that occur again get a number: "
              + String.join(", ", renamed.stream().limit(LISTED).toList())
              + (renamed.size() > LISTED ? " and " + (renamed.size() - LISTED) + " more" : ""));
    }
    return distinct;
  }

  /** The same with a notice before the others, if there is one. */
  Header with(Optional<String> notice) {
    List<String> all = new ArrayList<>(notice.stream().toList());
    all.addAll(notices);
    return new Header(names, twoValued, endsOpen, all, guess);
  }
}
