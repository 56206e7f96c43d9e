package org.symbreak.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Tells the class of a label's text, once it is known which two there are. */
final class LabelMatcher {
  private final String negative;
  private final String positive;
  private final String[] keys;
  private final String[] looseKeys;
  private final String[] meanings;
  private final Map<String, Long> loose = new LinkedHashMap<>();

  LabelMatcher(String negative, String positive) {
    this.negative = negative;
    this.positive = positive;
    this.keys = new String[] {LabelText.key(negative), LabelText.key(positive)};
    this.looseKeys = new String[] {LabelText.looseKey(negative), LabelText.looseKey(positive)};
    this.meanings = new String[] {LabelText.meaning(negative), LabelText.meaning(positive)};
  }

  /** 1 for the positive class, 0 for the other, −1 for a text that is neither. */
  int of(String text) {
    if (text.equals(positive)) {
      return 1;
    }
    if (text.equals(negative)) {
      return 0;
    }
    int label = match(LabelText.key(text), keys);
    if (label >= 0) {
      return label;
    }
    label = unlike(text);
    if (label >= 0 && (loose.size() < Faults.LIMIT || loose.containsKey(text))) {
      loose.merge(text, 1L, Long::sum);
    }
    return label;
  }

  /** The class of a text that is spelled otherwise. */
  private int unlike(String text) {
    int label = match(LabelText.looseKey(text), looseKeys);
    return label >= 0 ? label : match(LabelText.meaning(text), meanings);
  }

  private static int match(String key, String[] classes) {
    if (classes[0].equals(classes[1])) {
      return -1;
    }
    return key.equals(classes[1]) ? 1 : key.equals(classes[0]) ? 0 : -1;
  }

  /** Counts what another one, of later rows, has met. */
  void join(LabelMatcher later) {
    later.loose.forEach(
        (text, count) -> {
          if (loose.size() < Faults.LIMIT || loose.containsKey(text)) {
            loose.merge(text, count, Long::sum);
          }
        });
  }

  /** A sentence where texts were taken for a class that differ from it in their spelling. */
  Optional<String> notice(String column) {
    return notice(column, loose, text -> unlike(text) == 1 ? positive : negative);
  }

  /**
   * @param rows how many have each text
   * @param taken which class each counts as
   */
  static Optional<String> notice(
      String column, Map<String, Long> rows, UnaryOperator<String> taken) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder listed = new StringBuilder();
    rows.forEach(
        (text, count) ->
            listed
                .append(listed.isEmpty() ? "" : ", ")
                .append(Place.quoted(text))
                .append(" counts as ")
                .append(Place.quoted(taken.apply(text)))
                .append(count == 1 ? " (1 row)" : " (" + count + " rows)"));
    boolean spelled =
        rows.keySet().stream()
            .allMatch(
                text -> LabelText.looseKey(text).equals(LabelText.looseKey(taken.apply(text))));
    return Optional.of(
        "label "
            + Place.quoted(column)
            + ": "
            + listed
            + (spelled
                ? ", as they differ in case, blanks or a final full stop alone"
                : ", as they mean the same")
            + "; if they are different classes, rename them in the file");
  }
}
