package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.setting.Kind;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Whole;

/**
 * What may vary in a sweep: a setting, or one of what a sweep has beside them.
 *
 * @param key as it is written in a spec, and as an option after two dashes
 * @param kind what one of its values may be
 * @param label what stands for a value in help
 * @param description for help
 */
public record Axis(String key, Kind<?> kind, String label, String description) {
  static final int MOST_POINTS = 10_000;
  private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+?)(?::(\\d{1,9}))?");

  static Axis of(Setting<?> setting) {
    return new Axis(
        setting.name(),
        setting.kind(),
        setting.label() == null ? "true,false" : setting.label(),
        setting.description());
  }

  /**
   * Reads what was written: values, or ranges of numbers.
   *
   * @param problems receives what is wrong
   * @return empty where something is wrong
   */
  Optional<AxisValues> read(SweepEntry entry, Consumer<Problem> problems) {
    List<Problem> found = new ArrayList<>();
    List<String> choices = new ArrayList<>();
    AxisValues range = null;
    for (String text : entry.values()) {
      Matcher ends = RANGE.matcher(text);
      if (kind.isNumber() && ends.matches()) {
        AxisValues values = range(ends, entry.place(), text, found);
        if (values.isRange()) {
          range = values;
        }
        choices.addAll(values.choices());
      } else {
        try {
          choices.add(plain(kind, entry.place(), text));
        } catch (InputException e) {
          found.addAll(e.problems());
        }
      }
    }
    if (range != null && entry.values().size() > 1) {
      found.add(
          new Problem(
              entry.place(),
              "a range without number of points by itself",
              String.join(", ", entry.values())));
    }
    found.forEach(problems);
    return found.isEmpty()
        ? Optional.of(range != null ? range : AxisValues.of(choices))
        : Optional.empty();
  }

  private static <T> String plain(Kind<T> kind, String place, String text) {
    return kind.text(kind.read(place, text));
  }

  /** {@code low..high} or {@code low..high:points}; nothing, and a problem, where it is neither. */
  private AxisValues range(Matcher ends, String place, String text, List<Problem> problems) {
    boolean whole = kind instanceof Whole;
    int points = ends.group(3) == null ? 0 : Integer.parseInt(ends.group(3));
    try {
      double low = ((Number) kind.read(place, ends.group(1))).doubleValue();
      double high = ((Number) kind.read(place, ends.group(2))).doubleValue();
      boolean isLogarithmic = points >= 2 && points <= MOST_POINTS && low >= (whole ? 1 : 0);
      if (low < high && points == 0 && whole && high - low < MOST_POINTS) {
        return AxisValues.of(
            LongStream.rangeClosed((long) low, (long) high).mapToObj(Long::toString).toList());
      }
      if (low < high && points == 0 && !whole && low > 0) {
        return AxisValues.range(low, high);
      }
      if (low < high && isLogarithmic && low > 0) {
        return AxisValues.of(
            AxisValues.logarithmic(low, high, points).stream()
                .map(x -> whole ? Long.toString(Math.round(x)) : x.toString())
                .toList());
      }
    } catch (InputException e) {
      // an end is no value: told below, with the whole
    }
    String each = kind.expected() + ", or LOW..HIGH";
    problems.add(
        new Problem(
            place,
            whole
                ? each
                    + " (at most "
                    + MOST_POINTS
                    + "), or LOW..HIGH:POINTS for points at equal ratios"
                : each + ":POINTS for points at equal ratios, or LOW..HIGH to draw from",
            "'" + text + "'"));
    return AxisValues.of(List.of());
  }
}
