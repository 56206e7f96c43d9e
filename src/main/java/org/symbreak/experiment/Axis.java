package org.symbreak.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbreak.network.Activation;
import org.symbreak.network.Precision;
import org.symbreak.problem.Nearest;
import org.symbreak.problem.Problem;
import org.symbreak.setting.OptimizerSpec;

/** What may vary in a sweep: how it is called, and what its values may be. */
enum Axis {
  DATA("data", new Text()),
  INIT("init", new Text()),
  SCALE("scale", new Real(Double.MIN_NORMAL, 1e12, "a positive number up to 1e12")),
  BIAS_INIT("bias-init", new Text()),
  HIDDEN(
      "hidden",
      new Form(
          "units a hidden layer, such as 16/8, or none", "none|[1-9]\\d{0,5}(/[1-9]\\d{0,5})*")),
  DEPTH("depth", new Whole(0, 1000)),
  WIDTH("width", new Whole(1, 100_000)),
  ACTIVATION("activation", new Choice("an activation", names(Activation.values()))),
  OPTIMIZER("optimizer", new Choice("an optimizer", names(OptimizerSpec.Kind.values()))),
  LEARNING_RATE("learning-rate", new Real(Double.MIN_NORMAL, 1e6, "a positive number up to 1e6")),
  MOMENTUM("momentum", new Real(0, 1 - 1e-9, "a number in [0, 1)")),
  L2("l2", new Real(0, 1e12, "a number from 0")),
  EPOCHS("epochs", new Whole(1, Integer.MAX_VALUE)),
  BATCH(
      "batch", new Form("full, auto or a whole number of rows from 1", "full|auto|[1-9]\\d{0,8}")),
  PRECISION("precision", new Choice("a data type", names(Precision.values()))),
  SEEDS("seeds", new Whole(Long.MIN_VALUE, Long.MAX_VALUE));

  private static final int MOST_POINTS = 10_000;
  private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+?)(?::(\\d{1,9}))?");

  private final String key;
  private final Values values;

  Axis(String key, Values values) {
    this.key = key;
    this.values = values;
  }

  /** As it is written in a spec, and as an option after two dashes. */
  String key() {
    return key;
  }

  static Optional<Axis> of(String key) {
    return Arrays.stream(values()).filter(axis -> axis.key.equals(key)).findFirst();
  }

  /**
   * Reads what was written.
   *
   * @param problems receives what is wrong
   * @return empty where something is wrong
   */
  Optional<AxisValues> read(SweepEntry entry, List<Problem> problems) {
    int before = problems.size();
    if (this == SEEDS && entry.values().size() == 1 && entry.values().get(0).matches("\\d{1,9}")) {
      return count(entry, problems);
    }
    List<String> choices = new ArrayList<>();
    AxisValues range = null;
    for (String text : entry.values()) {
      Matcher ends = RANGE.matcher(text);
      if (values instanceof Numbers numbers && ends.matches()) {
        AxisValues found = numbers.range(ends, entry.place(), text, problems);
        if (found != null && found.isRange()) {
          range = found;
        } else if (found != null) {
          choices.addAll(found.choices());
        }
      } else {
        values.read(text, entry.place(), problems).ifPresent(choices::add);
      }
    }
    if (range != null && entry.values().size() > 1) {
      problems.add(
          new Problem(
              entry.place(),
              "a range without number of points by itself",
              String.join(", ", entry.values())));
    }
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(range != null ? range : AxisValues.of(choices));
  }

  /** One number for the seeds says how many: 1 to that number. */
  private static Optional<AxisValues> count(SweepEntry entry, List<Problem> problems) {
    int count = Integer.parseInt(entry.values().get(0));
    if (count < 1 || count > MOST_POINTS) {
      problems.add(
          new Problem(
              entry.place(),
              "how many seeds, from 1 to " + MOST_POINTS + ", or a list of seeds",
              entry.values().get(0)));
      return Optional.empty();
    }
    return Optional.of(
        AxisValues.of(
            java.util.stream.IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList()));
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  private sealed interface Values {
    /** The value in its usual form; empty, and a problem more, where it is none. */
    Optional<String> read(String text, String place, List<Problem> problems);
  }

  private sealed interface Numbers extends Values {
    /**
     * {@code low..high} or {@code low..high:points}; null, and a problem more, where it is none.
     */
    AxisValues range(Matcher ends, String place, String text, List<Problem> problems);
  }

  /** Understood later, with the other values. */
  private record Text() implements Values {
    @Override
    public Optional<String> read(String text, String place, List<Problem> problems) {
      return Optional.of(text);
    }
  }

  private record Form(String expected, String form) implements Values {
    @Override
    public Optional<String> read(String text, String place, List<Problem> problems) {
      if (text.matches(form)) {
        return Optional.of(text);
      }
      problems.add(new Problem(place, expected, "'" + text + "'"));
      return Optional.empty();
    }
  }

  private record Choice(String expected, List<String> names) implements Values {
    @Override
    public Optional<String> read(String text, String place, List<Problem> problems) {
      String name = text.toLowerCase(Locale.ROOT);
      if (names.contains(name)) {
        return Optional.of(name);
      }
      problems.add(
          new Problem(place, expected, "'" + text + "'", Nearest.names(name, names, names.size())));
      return Optional.empty();
    }
  }

  private record Whole(long least, long most) implements Numbers {
    private String expected() {
      return least == Long.MIN_VALUE
          ? "a whole number"
          : "a whole number from " + least + " to " + most;
    }

    @Override
    public Optional<String> read(String text, String place, List<Problem> problems) {
      Long number = number(text);
      if (number == null) {
        problems.add(new Problem(place, expected(), "'" + text + "'"));
        return Optional.empty();
      }
      return Optional.of(number.toString());
    }

    private Long number(String text) {
      if (!text.matches("-?\\d{1,18}")) {
        return null;
      }
      long number = Long.parseLong(text);
      return number >= least && number <= most ? number : null;
    }

    @Override
    public AxisValues range(Matcher ends, String place, String text, List<Problem> problems) {
      Long low = number(ends.group(1));
      Long high = number(ends.group(2));
      int points = ends.group(3) == null ? 0 : Integer.parseInt(ends.group(3));
      boolean tooMany =
          low != null
              && high != null
              && points == 0
              && (high - low >= MOST_POINTS || high - low < 0);
      if (low == null
          || high == null
          || low >= high
          || tooMany
          || ends.group(3) != null && (low < 1 || points < 2 || points > MOST_POINTS)) {
        problems.add(
            new Problem(
                place,
                expected()
                    + ", or LOW..HIGH (at most "
                    + MOST_POINTS
                    + "), or LOW..HIGH:POINTS for points at equal ratios",
                "'" + text + "'"));
        return null;
      }
      return points == 0
          ? AxisValues.of(
              java.util.stream.LongStream.rangeClosed(low, high).mapToObj(Long::toString).toList())
          : AxisValues.of(
              AxisValues.logarithmic(low, high, points).stream()
                  .map(x -> Long.toString(Math.round(x)))
                  .toList());
    }
  }

  private record Real(double least, double most, String expected) implements Numbers {
    @Override
    public Optional<String> read(String text, String place, List<Problem> problems) {
      Double number = number(text);
      if (number == null) {
        problems.add(new Problem(place, expected, "'" + text + "'"));
        return Optional.empty();
      }
      return Optional.of(number.toString());
    }

    private Double number(String text) {
      if (!text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?")) {
        return null;
      }
      double number = Double.parseDouble(text);
      return number >= least && number <= most ? number : null;
    }

    @Override
    public AxisValues range(Matcher ends, String place, String text, List<Problem> problems) {
      Double low = number(ends.group(1));
      Double high = number(ends.group(2));
      int points = ends.group(3) == null ? 2 : Integer.parseInt(ends.group(3));
      if (low == null
          || high == null
          || low <= 0
          || low >= high
          || points < 2
          || points > MOST_POINTS) {
        problems.add(
            new Problem(
                place,
                expected
                    + ", or LOW..HIGH:POINTS for points at equal ratios, or LOW..HIGH to draw from",
                "'" + text + "'"));
        return null;
      }
      return ends.group(3) == null
          ? AxisValues.range(low, high)
          : AxisValues.of(
              AxisValues.logarithmic(low, high, points).stream().map(Object::toString).toList());
    }
  }
}
