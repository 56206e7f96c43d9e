package org.symbreak.run;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.network.Beginning;
import org.symbreak.network.DenseShape;
import org.symbreak.problem.InputException;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;

/**
 * A run with everything decided: its data are open, what it left to them has a number, and its
 * engine is chosen. Made once, where a run begins or goes on; nothing behind it decides again.
 *
 * @param spec the run, every number in it decided, its engine named
 * @param data its rows
 * @param problem what the engine is asked to minimize
 * @param engine what takes the steps
 * @param why this engine, in a sentence
 */
public record ResolvedRun(
    RunSpec spec, Dataset data, TrainingProblem problem, Engine engine, String why) {
  /** What a run's notices say of one that was changed while it was trained. */
  static final String BY_HAND = "changed by hand, so that no command repeats it";

  public ResolvedRun {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(why, "why");
  }

  /**
   * On the engine that the run asks for.
   *
   * @throws InputException where there is no such engine, or it refuses the run, or classes are to
   *     be balanced of which there is one
   */
  public static ResolvedRun of(RunSpec asked, Dataset data) {
    return of(asked, data, problem -> Engines.choose(asked.engine(), problem));
  }

  /**
   * On the machines of an engine that gives the bits of the one of its name.
   *
   * @throws InputException where the run asks for another engine, or this one refuses it, or
   *     classes are to be balanced of which there is one
   */
  public static ResolvedRun elsewhere(Engine engine, RunSpec asked, Dataset data) {
    return of(asked, data, problem -> Engines.elsewhere(engine, asked.engine(), problem));
  }

  /** A part of the run, on the same engine. */
  ResolvedRun part(RunSpec asked, Dataset rows) {
    return of(asked, rows, of -> new Engines.Choice(engine, why));
  }

  /**
   * On an engine of the caller's making.
   *
   * @throws InputException where classes are to be balanced of which there is one
   */
  public static ResolvedRun on(
      Function<TrainingProblem, Engine> engines, RunSpec asked, Dataset data) {
    return of(
        asked,
        data,
        problem -> {
          Engine engine = engines.apply(problem);
          return new Engines.Choice(engine, "engine " + engine.name() + ": given");
        });
  }

  private static ResolvedRun of(
      RunSpec asked, Dataset data, Function<TrainingProblem, Engines.Choice> engines) {
    EncodedRows train = data.train();
    boolean fewDifferent = !areDifferent(train, Defaults.FEWEST_ROWS);
    RunSpec decided = Defaults.resolve(asked, train.rows(), fewDifferent);
    TrainingProblem problem = problem(decided, train);
    Engines.Choice choice = engines.apply(problem);
    return new ResolvedRun(
        decided.withEngine(choice.engine().name()), data, problem, choice.engine(), choice.why());
  }

  /** Whether at least so many rows differ in their features. */
  private static boolean areDifferent(EncodedRows rows, int many) {
    Set<List<Double>> different = new HashSet<>();
    double[] features = new double[rows.features()];
    for (int row = 0; row < rows.rows() && different.size() < many; row++) {
      rows.features(row, features, 0);
      different.add(DoubleStream.of(features).boxed().toList());
    }
    return different.size() >= many;
  }

  private static TrainingProblem problem(RunSpec decided, EncodedRows train) {
    double zeros = 0;
    double ones = 0;
    for (int row = 0; row < train.rows(); row++) {
      zeros += train.label(row) == 0 ? train.weight(row) : 0;
      ones += train.label(row) == 1 ? train.weight(row) : 0;
    }
    boolean balanced = decided.budget().balancedClasses();
    if (balanced && (ones == 0 || zeros == 0)) {
      throw InputException.of(
          "--class-weight balanced",
          "training rows of both classes",
          (ones == 0 ? 0 : train.rows()) + " positive of " + train.rows());
    }
    return new TrainingProblem(
        decided.network(),
        decided.optimizer(),
        train,
        balanced ? (zeros + ones) / (2.0 * zeros) : 1,
        balanced ? (zeros + ones) / (2.0 * ones) : 1,
        decided.budget().batchSize(),
        decided.seed(),
        decided.threads());
  }

  /**
   * The run on an engine that changes parameters by hand on the way.
   *
   * @param changes each in words
   */
  public ResolvedRun changed(Engine by, List<String> changes) {
    return new ResolvedRun(
        spec, data, problem, by, why + "; " + BY_HAND + ": " + String.join("; ", changes));
  }

  /** Sizes of the network. */
  public DenseShape shape() {
    return spec.network().shape(problem.rows().features());
  }

  /**
   * The parameters at which training begins, flat, in the shape's order.
   *
   * @throws InputException where one is too large for the precision
   */
  public double[] start() {
    return begin().parameters();
  }

  /** Where training begins, and what a layer could not be given there. */
  public Beginning begin() {
    EncodedRows train = problem.rows();
    return spec.network().begin(train.features(), spec.seed(), train::first);
  }

  /** Steps at the most. */
  public long steps() {
    return (long) spec.budget().epochs() * problem.stepsPerEpoch();
  }
}
