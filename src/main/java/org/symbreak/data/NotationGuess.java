package org.symbreak.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.symbreak.problem.Problem;

/**
 * How a column writes its numbers or dates, as far as its training cells say so; never guessed
 * where they leave two possibilities.
 */
final class NotationGuess {
  private static final Pattern SYMBOL = Pattern.compile("[%\u2030\u00b0\\p{Sc}]");
  private static final Set<String> ORDINALS = Set.of("st", "nd", "rd", "th");
  private static final int SHOWN = 3;

  private final String column;
  private final ColumnProfile profile;
  private final Dictionary dictionary;
  private final char decimal;
  private final Rulings rulings;
  private final Place place;
  private long texts;

  NotationGuess(
      Place place,
      String column,
      ColumnProfile profile,
      Dictionary dictionary,
      char decimal,
      Rulings rulings) {
    this.place = place;
    this.column = column;
    this.profile = profile;
    this.dictionary = dictionary;
    this.decimal = decimal;
    this.rulings = rulings;
    for (int code = 0; code < dictionary.size(); code++) {
      texts += profile.count(code);
    }
  }

  /** What can be said of the column. */
  sealed interface Outcome permits Found, Refused, Told, Nothing {}

  /**
   * One notation and no other.
   *
   * @param reason as what the column is read, in words; null for dates, of which there is more to
   *     say once they are fitted
   * @param example the text of a cell
   */
  record Found(Notation notation, String reason, String example) implements Outcome {}

  /** More than one. */
  record Refused(Problem problem) implements Outcome {}

  /** None, and the user may wonder why. */
  record Told(String notice) implements Outcome {}

  /** Texts, as far as can be seen. */
  record Nothing() implements Outcome {}

  Outcome outcome() {
    if (texts == 0) {
      return new Nothing();
    }
    Outcome dates = dates();
    return dates instanceof Nothing ? clothes() : dates;
  }

  private boolean areNearlyAll(long cells) {
    return cells > 0 && cells >= ColumnProfile.NEARLY_ALL * (texts + profile.numbers());
  }

  private Outcome dates() {
    List<DateForm> byCells =
        Stream.of(DateForm.values())
            .sorted(Comparator.comparing((DateForm form) -> -cells(form, List.of())))
            .toList();
    Map<DateForm, Long> cells = new LinkedHashMap<>();
    for (DateForm form : byCells) {
      long more = cells(form, List.copyOf(cells.keySet()));
      if (more > 0) {
        cells.put(form, more);
      }
    }
    if (!areNearlyAll(cells.values().stream().mapToLong(n -> n).sum())) {
      return new Nothing();
    }
    DateForm form = byCells.get(0);
    if (cells.size() > 1) {
      return new Refused(
          new Problem(
              place.column(column),
              "dates that are all written alike",
              cells.keySet().stream()
                  .map(one -> dateExample(one, cells))
                  .collect(Collectors.joining(" beside ")),
              List.of(Place.option("--categorical", column), Place.option("--ignore", column))));
    }
    boolean eitherWay =
        (form == DateForm.DMY || form == DateForm.MDY)
            && cells(DateForm.DMY, List.of()) == cells(DateForm.MDY, List.of());
    if (eitherWay && rulings.dateOrder() == null) {
      return new Refused(
          new Problem(
              place.column(column),
              "dates in which day and month can be told apart",
              examples(DateForm.DMY::number) + ", which may be either way round",
              List.of("--date-order dmy", "--date-order mdy", Place.option("--ignore", column))));
    }
    DateForm ruled = rulings.dateOrder() == Rulings.DateOrder.MDY ? DateForm.MDY : DateForm.DMY;
    return new Found(eitherWay ? ruled : form, null, null);
  }

  /** Cells that are dates of this form and of none of the others. */
  private long cells(DateForm form, List<DateForm> others) {
    long count = 0;
    for (int code = 0; code < dictionary.size(); code++) {
      String text = dictionary.text(code);
      if (profile.count(code) > 0
          && !Double.isNaN(form.number(text))
          && others.stream().allMatch(other -> Double.isNaN(other.number(text)))) {
        count += profile.count(code);
      }
    }
    return count;
  }

  /** The first text that is a date of this form and of none before it, and how many there are. */
  private String dateExample(DateForm form, Map<DateForm, Long> cells) {
    List<DateForm> before = cells.keySet().stream().takeWhile(other -> other != form).toList();
    String first =
        IntStream.range(0, dictionary.size())
            .filter(code -> profile.count(code) > 0)
            .mapToObj(dictionary::text)
            .filter(text -> !Double.isNaN(form.number(text)))
            .filter(text -> before.stream().allMatch(other -> Double.isNaN(other.number(text))))
            .findFirst()
            .orElseThrow();
    return Place.quoted(first) + " (" + form.order() + "; " + counted(cells.get(form)) + ")";
  }

  private static String counted(long cells) {
    return cells == 1 ? "1 cell" : cells + " cells";
  }

  private Outcome clothes() {
    Map<String, List<Integer>> alike = new LinkedHashMap<>();
    Map<String, Long> cells = new LinkedHashMap<>();
    if (profile.numbers() > 0) {
      cells.put("", (long) profile.numbers());
    }
    for (int code = 0; code < dictionary.size(); code++) {
      DressedNumber number =
          profile.count(code) == 0 ? null : DressedNumber.of(dictionary.text(code));
      if (number != null && Double.isNaN(NumberText.parse(dictionary.text(code), decimal))) {
        String worn = number.before() + number.behind();
        alike.computeIfAbsent(worn, w -> new ArrayList<>()).add(code);
        cells.merge(worn, (long) profile.count(code), Long::sum);
      }
    }
    if (alike.isEmpty() || !areNearlyAll(cells.values().stream().mapToLong(n -> n).sum())) {
      return new Nothing();
    }
    Map.Entry<String, Long> most =
        cells.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    return areNearlyAll(most.getValue())
        ? marks(most.getKey(), alike.getOrDefault(most.getKey(), List.of()))
        : mixed(cells, alike);
  }

  /** Numbers in different clothes. */
  private Outcome mixed(Map<String, Long> cells, Map<String, List<Integer>> alike) {
    List<String> examples =
        cells.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(SHOWN)
            .map(
                entry ->
                    (entry.getKey().isEmpty() && !alike.containsKey("")
                            ? "plain numbers"
                            : Place.quoted(dictionary.text(alike.get(entry.getKey()).get(0))))
                        + " ("
                        + counted(entry.getValue())
                        + ")")
            .toList();
    String beside = String.join(" beside ", examples);
    if (ORDINALS.containsAll(cells.keySet())) {
      return new Nothing();
    }
    if (cells.keySet().stream().noneMatch(worn -> SYMBOL.matcher(worn).find())) {
      return new Told(
          Place.columns(List.of(column))
              + " is read as categories, as its numbers are not written alike: "
              + beside);
    }
    return new Refused(
        new Problem(
            place.column(column),
            "numbers that are all written alike",
            beside,
            List.of(Place.option("--categorical", column), Place.option("--ignore", column))));
  }

  /** Numbers that wear the same before and behind them: which marks do they have within? */
  private Outcome marks(String worn, List<Integer> codes) {
    if (codes.isEmpty()) {
      return new Nothing(); // plain numbers, and few others
    }
    DressedNumber first = DressedNumber.of(dictionary.text(codes.get(0)));
    List<Clothes> possible = possible(first, codes, worn.isEmpty() ? profile.numbers() : 0);
    if (possible.isEmpty()) {
      return new Nothing();
    }
    Clothes plain = possible.get(0);
    if (rulings.thousands() != null) {
      for (Clothes clothes : possible) {
        if (clothes.group() == rulings.thousands()) {
          return found(clothes, codes);
        }
      }
    }
    if (plain.group() == Clothes.NO_GROUP && plain.decimal() == decimal) {
      return found(plain, codes);
    }
    boolean open =
        possible.stream().anyMatch(clothes -> clothes.group() == other(decimal))
            && possible.stream()
                .noneMatch(
                    clothes ->
                        codes.stream()
                            .map(code -> DressedNumber.of(dictionary.text(code)))
                            .anyMatch(clothes::proves));
    if (open && decimal == CsvFormat.DEFAULT.decimal()) {
      char mark = other(decimal);
      return new Refused(
          new Problem(
              place.column(column),
              "numbers whose marks can be told",
              examples(text -> plain.number(text)) + ", with decimals or with thousands",
              List.of("--decimal '" + mark + "'", "--thousands '" + mark + "'")));
    }
    return found(
        possible.stream()
            .filter(clothes -> open ? clothes.decimal() == decimal : true)
            .findFirst()
            .orElse(plain),
        codes);
  }

  /**
   * Clothes in which most of the cells are numbers, and none in which more of them are; the
   * likelier first.
   *
   * @param numbers cells that are plain numbers
   */
  private List<Clothes> possible(DressedNumber first, List<Integer> codes, int numbers) {
    char other = other(decimal);
    char[][] marks = {
      {decimal, Clothes.NO_GROUP},
      {other, Clothes.NO_GROUP},
      {decimal, other},
      {other, decimal},
      {decimal, ' '},
      {other, ' '},
      {decimal, '_'},
      {decimal, '\''},
      {other, '\''}
    };
    Map<Clothes, Long> cells = new LinkedHashMap<>();
    for (char[] mark : marks) {
      Clothes clothes = new Clothes(first.before(), first.behind(), mark[0], mark[1]);
      boolean readsPlain = mark[0] == decimal || mark[1] == decimal || profile.fractions() == 0;
      long count = readsPlain ? numbers : 0;
      for (int code : codes) {
        if (Double.isFinite(clothes.number(dictionary.text(code)))) {
          count += profile.count(code);
        }
      }
      if (areNearlyAll(count)) {
        cells.put(clothes, count);
      }
    }
    long most = cells.values().stream().max(Comparator.naturalOrder()).orElse(0L);
    return cells.keySet().stream().filter(clothes -> cells.get(clothes) == most).toList();
  }

  private Found found(Clothes clothes, List<Integer> codes) {
    Set<String> worn = new LinkedHashSet<>(clothes.worn());
    String example = null;
    for (int code : codes) {
      String text = dictionary.text(code);
      String odd = DressedNumber.of(text).odd();
      if (odd != null) {
        worn.add(odd);
      }
      example = example == null && (odd != null || !clothes.worn().isEmpty()) ? text : example;
    }
    return new Found(
        clothes,
        "numbers" + (worn.isEmpty() ? "" : " with " + String.join(", ", worn)),
        example == null ? dictionary.text(codes.get(0)) : example);
  }

  private String examples(ToDoubleFunction<String> reading) {
    List<String> examples = new ArrayList<>();
    for (int code = 0; code < dictionary.size() && examples.size() < SHOWN; code++) {
      if (profile.count(code) > 0 && !Double.isNaN(reading.applyAsDouble(dictionary.text(code)))) {
        examples.add(Place.quoted(dictionary.text(code)));
      }
    }
    return String.join(", ", examples);
  }

  private static char other(char decimal) {
    return decimal == '.' ? ',' : '.';
  }

  /** The option that makes numbers of texts with the other decimal mark. */
  static String option(char decimal) {
    return "--decimal '" + other(decimal) + "'";
  }

  /** Whether a text is a number with the other decimal mark, and none with the expected one. */
  static boolean hasOtherMark(String text, char decimal) {
    return Double.isNaN(NumberText.parse(text, decimal))
        && !Double.isNaN(NumberText.parse(text, other(decimal)));
  }
}
