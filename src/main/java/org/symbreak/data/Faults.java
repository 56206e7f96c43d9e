package org.symbreak.data;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/** The faults of one file, gathered up to a limit so that all of them can be shown at once. */
final class Faults {
  /** As many as are listed; reading stops there. */
  static final int LIMIT = 20;

  private final Place place;
  private final List<Problem> problems = new ArrayList<>();
  private boolean more;

  Faults(Place place) {
    this.place = place;
  }

  void add(Problem problem) {
    if (problems.size() < LIMIT) {
      problems.add(problem);
    } else {
      more = true;
    }
  }

  void addAll(InputException faults) {
    faults.problems().forEach(this::add);
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  /** Whether one more would not be listed. */
  boolean full() {
    return more;
  }

  /** Throws all of them, if there are any. */
  void throwIfAny() {
    if (!problems.isEmpty()) {
      List<Problem> listed = new ArrayList<>(problems);
      if (more) {
        listed.add(new Problem(place.file(), "at most " + LIMIT + " faults to list", "more"));
      }
      throw new InputException(listed);
    }
  }
}
