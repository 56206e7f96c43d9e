package org.symbreak.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.dl4j.Dl4jEngine;
import org.symbreak.engine.fused.FusedEngine;
import org.symbreak.problem.InputException;

/** The engines that there are. */
public final class Engines {
  /** The fastest first. */
  private static final List<Engine> ALL = List.of(new FusedEngine(), new Dl4jEngine());

  private Engines() {}

  /**
   * An engine, and why this one.
   *
   * @param engine the one that was chosen
   * @param why a sentence
   */
  public record Choice(Engine engine, String why) {}

  /**
   * @param name {@code auto} for the first of them that serves the problem, {@code dl4j} or {@code
   *     fused}
   * @throws InputException where there is none of this name, or where it refuses the problem
   */
  public static Choice choose(String name, TrainingProblem problem) {
    return name.equals("auto") ? fastest(problem) : named(name, problem);
  }

  /**
   * What a user should know who leaves the choice to us, and gets another engine here than on most
   * machines; empty where nothing is out of the ordinary.
   *
   * @param name as in {@link #choose}
   */
  public static Optional<String> notice(String name) {
    return name.equals("auto")
        ? FusedEngine.unavailable()
            .map(
                why ->
                    "engine auto takes dl4j: "
                        + why
                        + "; results differ in the last bits from those of engine fused")
        : Optional.empty();
  }

  /**
   * An engine on other machines.
   *
   * @param name of the engine that the run asks for
   * @throws InputException where that is another, or where this one refuses the problem
   */
  static Choice elsewhere(Engine engine, String name, TrainingProblem problem) {
    if (!name.equals("auto") && !name.equals(engine.name())) {
      throw InputException.of(
          "--engine",
          "an engine that can compute on other machines",
          "'" + name + "'",
          "auto",
          engine.name());
    }
    engine
        .refuses(problem)
        .ifPresent(
            why -> {
              throw InputException.of(
                  "--spark", "a run that a cluster can serve: " + why, "this one");
            });
    return new Choice(engine, "engine " + engine.name() + ": the one that other machines compute");
  }

  private static Choice fastest(TrainingProblem problem) {
    StringBuilder refusals = new StringBuilder();
    for (Engine engine : ALL) {
      Optional<String> refusal = engine.refuses(problem);
      if (refusal.isEmpty()) {
        return new Choice(
            engine,
            "engine "
                + engine.name()
                + ": "
                + (refusals.isEmpty() ? "the fastest that serves this run" : refusals.toString()));
      }
      refusals
          .append("engine ")
          .append(engine.name())
          .append(" cannot serve: ")
          .append(refusal.get());
    }
    throw new AssertionError("engine dl4j serves everything");
  }

  private static Choice named(String name, TrainingProblem problem) {
    Engine engine =
        ALL.stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> InputException.of("--engine", "an engine", "'" + name + "'", names()));
    engine
        .refuses(problem)
        .ifPresent(
            why -> {
              throw InputException.of(
                  "--engine",
                  "an engine that can serve this run: " + why,
                  "'" + name + "'",
                  names());
            });
    return new Choice(engine, "engine " + name + ": asked for");
  }

  private static String[] names() {
    return Stream.concat(Stream.of("auto"), ALL.stream().map(Engine::name)).toArray(String[]::new);
  }
}
