package org.symbreak.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/** Gathers what is wrong with several groups of options and files, to refuse them all at once. */
final class Refusals {
  private final List<Problem> problems = new ArrayList<>();

  /** What a group of options describes; null, its faults noted, where there are any. */
  <T> T of(Supplier<T> described) {
    try {
      return described.get();
    } catch (InputException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  void add(List<Problem> others) {
    problems.addAll(others);
  }

  /** Notes a file to read from that is not there. */
  void missing(Path file) {
    if (!Files.exists(file)) {
      problems.add(new Problem(file.toString(), "a file", "nothing of that name"));
    }
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /**
   * @throws InputException with all that was noted, if anything was
   */
  void refuse() {
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
  }

  /**
   * The same, together with which of these files are not there; where nothing else is wrong, that
   * is left to who reads them.
   */
  void refuse(List<Path> files) {
    if (!problems.isEmpty()) {
      files.forEach(this::missing);
    }
    refuse();
  }
}
