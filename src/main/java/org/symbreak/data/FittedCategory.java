package org.symbreak.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A categorical column: one feature a value, 1 where the cell holds it, else 0; then one for
 * missing cells if the training rows had any, and one for all other values.
 */
final class FittedCategory implements FittedColumn {
  /** Values that get a feature of their own. */
  static final int VALUE_LIMIT = 64;

  private final String name;
  private final List<String> values;
  private final List<Integer> counts;
  private final boolean missing;
  private final boolean othersSeen;
  private final boolean caseless;
  private final Map<String, Integer> slots = new HashMap<>();

  /**
   * @param name of the column
   * @param values with a feature of their own, each once
   * @param counts how many training rows hold each value; empty where nobody knows any more
   * @param missing whether missing cells have a feature of their own; else they count among the
   *     others
   * @param othersSeen whether the training rows had other values
   * @param caseless whether upper and lower case make no difference
   */
  FittedCategory(
      String name,
      List<String> values,
      List<Integer> counts,
      boolean missing,
      boolean othersSeen,
      boolean caseless) {
    this.name = name;
    this.values = List.copyOf(values);
    this.counts = List.copyOf(counts);
    this.missing = missing;
    this.othersSeen = othersSeen;
    this.caseless = caseless;
    for (String value : values) {
      if (slots.put(key(value), slots.size()) != null) {
        throw new IllegalArgumentException(
            "a category's values must differ, found twice: " + value);
      }
    }
    if (!counts.isEmpty() && counts.size() != values.size()) {
      throw new IllegalArgumentException(
          "as many counts as values are needed, found " + counts.size());
    }
  }

  @Override
  public String name() {
    return name;
  }

  List<String> values() {
    return values;
  }

  /** How many training rows hold each value; empty where nobody knows any more. */
  List<Integer> counts() {
    return counts;
  }

  /** Whether it is known how many training rows hold each value. */
  boolean isCounted() {
    return counts.size() == values.size();
  }

  boolean missing() {
    return missing;
  }

  boolean othersSeen() {
    return othersSeen;
  }

  boolean caseless() {
    return caseless;
  }

  @Override
  public int size() {
    return values.size() + (missing ? 2 : 1);
  }

  /** The same column with features for these of its values alone. */
  FittedCategory keeping(BitSet kept) {
    return new FittedCategory(
        name,
        kept.stream().mapToObj(values::get).toList(),
        counts.isEmpty() ? counts : kept.stream().mapToObj(counts::get).toList(),
        missing,
        othersSeen,
        caseless);
  }

  /** Which of this column's features is 1 for a value, from 0. */
  int slot(String value) {
    return slots.getOrDefault(key(value), size() - 1);
  }

  /** A value as the pipeline spells it; as it is where the pipeline does not know it. */
  String spelling(String value) {
    int slot = slot(value);
    return slot < values.size() ? values.get(slot) : value;
  }

  private String key(String value) {
    return caseless ? value.toLowerCase(Locale.ROOT) : value;
  }

  /** Which of this column's features is 1 for a missing cell, from 0. */
  int slotOfMissing() {
    return missing ? values.size() : size() - 1;
  }

  /**
   * Whether no training row held what goes to this feature; where some held values without a
   * feature of their own, that cannot be told.
   */
  boolean isUnseen(int slot) {
    return slot == size() - 1 && !othersSeen;
  }

  @Override
  public List<String> featureNames() {
    List<String> names = new ArrayList<>();
    values.forEach(value -> names.add(name + "=" + value));
    if (missing) {
      names.add(name + " is missing");
    }
    names.add(name + " is other");
    return names;
  }

  @Override
  public double[][] ranges() {
    double[][] ranges = new double[size()][];
    for (int i = 0; i < ranges.length; i++) {
      ranges[i] = new double[] {0, i == ranges.length - 1 && !othersSeen ? 0 : 1};
    }
    return ranges;
  }
}
