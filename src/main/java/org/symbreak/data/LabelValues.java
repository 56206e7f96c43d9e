package org.symbreak.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;

/** The values of the label's column as they come in, row by row. */
final class LabelValues {
  private static final List<String> USUAL_NAMES =
      List.of("label", "class", "target", "y", "outcome");
  private static final int LISTED = 6;
  private static final int NEAREST = 5;

  /** Share of rows up to which a third value is more likely a mistake than a class. */
  private static final double FEW = 0.1;

  /** Number of all spellings beyond those that are told apart in a row. */
  private static final int OTHERS = Byte.MAX_VALUE;

  /** Negative values whose positive one needs no asking, as {@link LabelText#key} has them. */
  private static final Map<String, List<String>> OBVIOUS =
      Map.ofEntries(
          Map.entry("0", List.of("1")),
          Map.entry("-1", List.of("1")),
          Map.entry("false", List.of("true")),
          Map.entry("f", List.of("t")),
          Map.entry("no", List.of("yes", "si", "s\u00ed")),
          Map.entry("nein", List.of("ja")),
          Map.entry("nej", List.of("ja")),
          Map.entry("nee", List.of("ja")),
          Map.entry("non", List.of("oui")),
          Map.entry("n\u00e3o", List.of("sim")),
          Map.entry("nao", List.of("sim")),
          Map.entry("\u043d\u0435\u0442", List.of("\u0434\u0430")),
          Map.entry("\u5426", List.of("\u662f")),
          Map.entry("n", List.of("y")),
          Map.entry("off", List.of("on")),
          Map.entry("-", List.of("+")),
          Map.entry("\u2212", List.of("+")),
          Map.entry("negative", List.of("positive")),
          Map.entry("neg", List.of("pos")),
          Map.entry("normal", List.of("abnormal")),
          Map.entry("benign", List.of("malignant")),
          Map.entry("ham", List.of("spam")),
          Map.entry("absent", List.of("present")));

  private final Dictionary values = new Dictionary();
  private final Set<String> missingTexts = new LinkedHashSet<>();
  private int[] counts = new int[2];
  private byte[] codes = new byte[1024];
  private int rows;
  private int missing;
  private long firstMissing;

  /**
   * The label's column.
   *
   * @param twoValued names of columns that could be it
   * @param asked its name, or null to look for a usual one
   * @param separator the separator that was meant, where the file seems to be of one column
   * @param faults gets one where it cannot be told
   * @return the column's number, from 0; −1 where it cannot be told
   */
  static int column(
      List<String> names,
      List<String> twoValued,
      String asked,
      Optional<String> separator,
      Place place,
      Faults faults) {
    if (asked != null) {
      int column = names.indexOf(asked);
      if (column < 0) {
        faults.add(
            new Problem(
                place.file(),
                "a column " + Place.quoted(asked) + " for the label",
                "none",
                separator.map(List::of).orElse(nearest(asked, names, twoValued))));
      }
      return column;
    }
    List<String> usual = usuallyCalled(names);
    if (usual.size() == 1) {
      return names.indexOf(usual.get(0));
    }
    String expected =
        "--label to name the label's column, or one column called "
            + String.join(", ", USUAL_NAMES);
    List<String> candidates =
        usual.isEmpty()
            ? Stream.concat(twoValued.stream(), names.stream())
                .distinct()
                .limit(Faults.LIMIT)
                .toList()
            : usual;
    faults.add(
        new Problem(
            place.file(),
            expected,
            usual.isEmpty() ? "none" : usual.size() + " of them",
            separator.map(List::of).orElse(candidates)));
    return -1;
  }

  /** Those that could be a label first. */
  private static List<String> nearest(String asked, List<String> names, List<String> twoValued) {
    return Stream.of(twoValued, names)
        .flatMap(some -> Nearest.names(asked, some, NEAREST).stream())
        .distinct()
        .limit(NEAREST)
        .toList();
  }

  /** The only column with a label's usual name. */
  static Optional<String> usualColumn(List<String> names) {
    List<String> usual = usuallyCalled(names);
    return usual.size() == 1 ? Optional.of(usual.get(0)) : Optional.empty();
  }

  /** Also label.1, where a file has two columns called label. */
  private static List<String> usuallyCalled(List<String> names) {
    return names.stream()
        .filter(
            name ->
                isUsual(name)
                    || name.endsWith(".1")
                        && isUsual(firstOf(name))
                        && names.contains(firstOf(name)))
        .toList();
  }

  private static String firstOf(String copy) {
    return copy.substring(0, copy.length() - ".1".length());
  }

  private static boolean isUsual(String name) {
    return USUAL_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * @param bytes hold the row's label, in UTF-8, between {@code from} and {@code to}
   */
  void add(byte[] bytes, int from, int to) {
    int code = values.code(bytes, from, to);
    if (code >= counts.length) {
      counts = Arrays.copyOf(counts, 2 * code);
    }
    counts[code]++;
    if (rows == codes.length) {
      codes = Arrays.copyOf(codes, (int) Math.min(Integer.MAX_VALUE - 8, 2L * rows));
    }
    codes[rows++] = (byte) Math.min(code, OTHERS);
  }

  /**
   * A row has no label.
   *
   * @param text what stands there: nothing, or a text that means a missing cell
   */
  void addMissing(long line, String text) {
    if (missing++ == 0) {
      firstMissing = line;
    }
    missingTexts.add(text);
  }

  /** Rows without a label. */
  int missing() {
    return missing;
  }

  /**
   * What is wrong with rows without a label, if there are any.
   *
   * @param marks texts that stand for missing cells
   */
  Optional<Problem> missingProblem(String column, Place place, List<String> marks) {
    if (missing == 0) {
      return Optional.empty();
    }
    String stands =
        missingTexts.stream()
            .map(text -> text.isEmpty() ? "nothing" : Place.quoted(text) + ", taken for missing,")
            .collect(Collectors.joining(" or "));
    return Optional.of(
        new Problem(
            missing == 1 ? place.cell(firstMissing, column) : place.column(column),
            "a label in every row",
            missing == 1
                ? stands.replaceAll(", taken for missing,$", ", taken for missing")
                : stands
                    + " in "
                    + missing
                    + " of "
                    + ((long) missing + rows)
                    + " rows, the first on line "
                    + firstMissing,
            remedies(marks)));
  }

  /** What makes two classes of those that are there, or of a mark of missing cells another one. */
  private List<String> remedies(List<String> marks) {
    int classes = spellings().size();
    if (classes > 1) {
      return List.of("--skip-missing-labels");
    }
    return withoutMarks(marks)
        .map(List::of)
        .orElse(classes == 0 ? List.of() : List.of("write the other class into these cells"));
  }

  /** The option by which what stands for a missing label is a class. */
  private Optional<String> withoutMarks(List<String> marks) {
    if (missingTexts.stream().allMatch(String::isEmpty)) {
      return Optional.empty();
    }
    List<String> others = marks.stream().filter(mark -> !missingTexts.contains(mark)).toList();
    return Optional.of(others.isEmpty() ? "--missing ''" : MissingMarks.option(others, List.of()));
  }

  /**
   * What keeps these values from being two classes, if anything does.
   *
   * @param marks texts that stand for missing cells
   */
  Optional<Problem> problem(String column, Place place, List<String> marks) {
    Map<String, List<Integer>> classes = spellings();
    if (classes.size() == 2) {
      return Optional.empty();
    }
    String counted =
        classes.values().stream()
            .sorted(
                Comparator.comparing((List<Integer> codes) -> -count(codes))
                    .thenComparing(this::usual))
            .limit(LISTED)
            .map(codes -> Place.quoted(usual(codes)) + " (" + rows(count(codes)) + ")")
            .collect(Collectors.joining(", "));
    boolean beyond = counts.length > Dictionary.BEYOND && counts[Dictionary.BEYOND] > 0;
    String found =
        (beyond ? "more than " : "")
            + classes.size()
            + ": "
            + counted
            + (classes.size() > LISTED ? ", ..." : "");
    return Optional.of(
        new Problem(
            place.column(column),
            "two different values of the label",
            found,
            (classes.size() < 2 ? withoutMarks(marks) : withoutThird(classes.values(), marks))
                .stream().toList()));
  }

  /** The options that leave out the few rows of a third value, or those in which it is no value. */
  private Optional<String> withoutThird(Collection<List<Integer>> classes, List<String> marks) {
    List<Integer> rarest = classes.stream().min(Comparator.comparing(this::count)).orElseThrow();
    List<Integer> third = classes.stream().filter(this::isNoValue).findFirst().orElse(rarest);
    if (classes.size() != 3 || count(third) > FEW * rows && !isNoValue(third)) {
      return Optional.empty();
    }
    List<String> texts = third.stream().map(values::text).toList();
    return texts.stream().anyMatch(text -> text.indexOf(',') >= 0)
        ? Optional.empty()
        : Optional.of(MissingMarks.option(marks, texts) + " --skip-missing-labels");
  }

  private boolean isNoValue(List<Integer> codes) {
    return codes.stream().map(values::text).allMatch(MissingCells::isUsual);
  }

  private static String rows(int n) {
    return n == 1 ? "1 row" : n + " rows";
  }

  /** Numbers of the values that are the same class, by what makes them the same. */
  private Map<String, List<Integer>> spellings() {
    Map<String, List<Integer>> strict = spellings(LabelText::key);
    if (strict.size() > 2 && strict.size() < OTHERS) {
      Map<String, List<Integer>> loose = spellings(LabelText::looseKey);
      Map<String, List<Integer>> meant = spellings(LabelText::meaning);
      if (loose.size() > 2 && meant.keySet().equals(Set.of("0", "1"))) {
        return meant;
      }
      if (loose.size() > 1) {
        return loose;
      }
    }
    return strict;
  }

  private Map<String, List<Integer>> spellings(UnaryOperator<String> key) {
    Map<String, List<Integer>> classes = new LinkedHashMap<>();
    for (int code = 0; code < values.size(); code++) {
      classes.computeIfAbsent(key.apply(values.text(code)), k -> new ArrayList<>()).add(code);
    }
    return classes;
  }

  private int count(List<Integer> codes) {
    return codes.stream().mapToInt(code -> counts[code]).sum();
  }

  /** The spelling that most rows have, the first of several. */
  private String usual(List<Integer> codes) {
    int usual = codes.get(0);
    for (int code : codes) {
      usual = counts[code] > counts[usual] ? code : usual;
    }
    return values.text(usual);
  }

  /**
   * Which value is which class. Only where there are two values.
   *
   * @param asked the value that is to be class 1, or null for the obvious or the rarer one
   */
  LabelClasses classes(String column, String asked, Faults faults) {
    List<List<Integer>> both = List.copyOf(spellings().values());
    List<String> usual = both.stream().map(this::usual).toList();
    if (asked != null) {
      int positive = new LabelMatcher(usual.get(0), usual.get(1)).of(asked);
      if (positive < 0) {
        faults.add(
            new Problem(
                "--positive",
                "one of the two values of column " + Place.quoted(column),
                Place.quoted(asked),
                usual));
      }
      return classes(both, Math.max(0, positive), "as asked for");
    }
    for (int positive = 0; positive < 2; positive++) {
      String yes = LabelText.looseKey(usual.get(positive));
      String no = LabelText.looseKey(usual.get(1 - positive));
      if (OBVIOUS.getOrDefault(no, List.of()).contains(yes)
          || LabelText.meaning(no).equals("0") && LabelText.meaning(yes).equals("1")) {
        return classes(both, positive, "the obvious one");
      }
    }
    int first = count(both.get(0));
    int second = count(both.get(1));
    if (first == second) {
      return classes(
          both,
          usual.get(0).compareTo(usual.get(1)) > 0 ? 0 : 1,
          "the later in the alphabet, both being as frequent");
    }
    return classes(both, first < second ? 0 : 1, "the rarer one");
  }

  private LabelClasses classes(List<List<Integer>> both, int positive, String why) {
    boolean[] isPositive = new boolean[OTHERS + 1];
    both.get(positive).forEach(code -> isPositive[Math.min(code, OTHERS)] = true);
    String no = usual(both.get(1 - positive));
    String yes = usual(both.get(positive));
    return new LabelClasses(no, yes, isPositive, count(both.get(positive)), why);
  }

  /** A sentence where values were taken for the same that are not obviously so. */
  Optional<String> spellingNotice(String column) {
    if (spellings(LabelText::key).size() == 2) {
      return Optional.empty();
    }
    Map<String, Long> unusual = new LinkedHashMap<>();
    Map<String, String> taken = new HashMap<>();
    spellings()
        .values()
        .forEach(
            codes ->
                codes.stream()
                    .map(values::text)
                    .filter(text -> !LabelText.key(text).equals(LabelText.key(usual(codes))))
                    .forEach(
                        text -> {
                          unusual.put(text, (long) counts[values.code(text)]);
                          taken.put(text, usual(codes));
                        }));
    return LabelMatcher.notice(column, unusual, taken::get);
  }

  /** 1 where the row's value is the positive one, else 0. */
  int label(int row, LabelClasses classes) {
    return classes.isPositive()[codes[row]] ? 1 : 0;
  }

  int rows() {
    return rows;
  }

  /**
   * Which of the two values is which class.
   *
   * @param negative class 0
   * @param positive class 1
   * @param isPositive by the number of a row's value
   * @param positives rows of class 1
   * @param why this one is positive, in words
   */
  record LabelClasses(
      String negative, String positive, boolean[] isPositive, int positives, String why) {}
}
