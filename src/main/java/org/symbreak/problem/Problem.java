package org.symbreak.problem;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One thing that is wrong with what a user gave.
 *
 * @param place where it stands, such as {@code data.csv line 7, column 'age'} or {@code --init};
 *     never empty
 * @param expected what was expected there, such as {@code a number}; never empty
 * @param found what stands there instead, such as {@code 'abc'}; empty where there is nothing to
 *     show
 * @param choices what would have been right, best first; empty where there is no short list
 */
public record Problem(String place, String expected, String found, List<String> choices) {
  public Problem {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(found, "found");
    choices = List.copyOf(choices);
  }

  public Problem(String place, String expected, String found) {
    this(place, expected, found, List.of());
  }

  /** The same with a further choice, the last. */
  public Problem or(String choice) {
    return new Problem(
        place, expected, found, Stream.concat(choices.stream(), Stream.of(choice)).toList());
  }

  /**
   * One line, printable whatever the file held: {@code data.csv line 7, column 'age': expected a
   * number, found 'abc' (choices: a, b)}.
   */
  @Override
  public String toString() {
    String said = found.isEmpty() ? "" : ", found " + found;
    String offered = choices.isEmpty() ? "" : " (choices: " + String.join(", ", choices) + ")";
    return Printable.of(place + ": expected " + expected + said + offered);
  }
}
