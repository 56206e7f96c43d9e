package org.symbreak.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * The faults of one file, gathered up to a limit so that all of them can be shown at once. What is
 * wrong in the same way on several lines is one fault.
 */
final class Faults {
  /** As many as are listed; reading stops there. */
  static final int LIMIT = 20;

  /** Further lines of a fault that are listed. */
  private static final int LINES = 4;

  private static final Pattern LINE = Pattern.compile(" line \\d+");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final Place place;
  private final Map<Kind, Problem> first = new LinkedHashMap<>();
  private final Map<Kind, List<String>> furtherLines = new HashMap<>();
  private final Map<Kind, Long> counts = new HashMap<>();
  private boolean more;

  /** What faults have in common that differ in their lines alone, or in a number that was found. */
  private record Kind(String place, String expected, String found, List<String> choices) {
    static Kind of(Problem problem) {
      String found = problem.found();
      return new Kind(
          LINE.matcher(problem.place()).replaceFirst(" line"),
          problem.expected(),
          NUMBER.matcher(found).matches() ? "a number" : found,
          problem.choices());
    }
  }

  Faults(Place place) {
    this.place = place;
  }

  void add(Problem problem) {
    Kind kind = Kind.of(problem);
    if (first.containsKey(kind) || first.size() < LIMIT) {
      counts.merge(kind, 1L, Long::sum);
      if (first.putIfAbsent(kind, problem) != null) {
        furtherLine(kind, problem);
      }
    } else {
      more = true;
    }
  }

  private void furtherLine(Kind kind, Problem problem) {
    List<String> lines = furtherLines.computeIfAbsent(kind, key -> new ArrayList<>());
    Matcher line = LINE.matcher(problem.place());
    if (lines.size() < LINES && line.find()) {
      lines.add(line.group().substring(" line ".length()));
    }
  }

  void addAll(InputException faults) {
    faults.problems().forEach(this::add);
  }

  boolean isEmpty() {
    return first.isEmpty();
  }

  /** Whether one more would not be listed. */
  boolean full() {
    return more;
  }

  /** Throws all of them and this one. */
  void throwWith(Problem problem) {
    add(problem);
    throwIfAny();
  }

  /** Throws all of them, if there are any. */
  void throwIfAny() {
    if (!first.isEmpty()) {
      List<Problem> listed = new ArrayList<>();
      first.forEach((kind, problem) -> listed.add(counted(kind, problem)));
      if (more) {
        listed.add(new Problem(place.file(), "at most " + LIMIT + " faults to list", "more"));
      }
      throw new InputException(listed);
    }
  }

  private Problem counted(Kind kind, Problem problem) {
    List<String> lines = furtherLines.getOrDefault(kind, List.of());
    if (lines.isEmpty()) {
      return problem;
    }
    long others = counts.get(kind) - 1 - lines.size();
    return new Problem(
        problem.place(),
        problem.expected(),
        problem.found()
            + ", and the same fault on "
            + (counts.get(kind) == 2 ? "line " : "lines ")
            + String.join(", ", lines)
            + (others > 0 ? " and " + others + " more" : ""),
        problem.choices());
  }
}
