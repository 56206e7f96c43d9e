package org.symbreak.training;

import org.symbreak.problem.InputException;

/** The engines that there are. */
public final class Engines {
  private Engines() {}

  /**
   * An engine, and why this one.
   *
   * @param engine the one that was chosen
   * @param why a sentence
   */
  public record Choice(Engine engine, String why) {}

  /**
   * @param name {@code auto}, {@code dl4j} or {@code fused}
   * @throws InputException where there is none of this name, or where it refuses the problem
   */
  public static Choice choose(String name, TrainingProblem problem) {
    throw new UnsupportedOperationException("being written");
  }
}
