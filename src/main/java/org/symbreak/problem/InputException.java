package org.symbreak.problem;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A user's mistake: wrong arguments, a faulty file, a refused model. Carries every fault that was
 * found, not only the first; the command line prints them without a stack trace and ends with exit
 * code 2.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * @param problems at least one
   */
  public InputException(List<Problem> problems) {
    this(problems, null);
  }

  /**
   * @param problems at least one
   * @param cause what was thrown underneath, or null
   */
  public InputException(List<Problem> problems, Throwable cause) {
    super(
        problems.stream()
            .map(Problem::toString)
            .collect(Collectors.joining(System.lineSeparator())),
        cause);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("an InputException needs at least one problem");
    }
    this.problems = List.copyOf(problems);
  }

  public InputException(Problem problem) {
    this(List.of(problem), null);
  }

  /** For the usual case of one fault. */
  public static InputException of(String place, String expected, String found, String... choices) {
    return new InputException(new Problem(place, expected, found, List.of(choices)));
  }

  /** Every fault, in the order in which they were found. */
  public List<Problem> problems() {
    return problems;
  }
}
