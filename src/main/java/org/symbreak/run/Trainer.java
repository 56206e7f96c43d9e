package org.symbreak.run;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.optimizer.LineSearchState;
import org.symbreak.problem.InputException;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.watch.RunObserver;

/** Trains one run. */
public final class Trainer {
  private Trainer() {}

  /** Trains in memory; nothing is written. */
  public static TrainedRun run(RunSpec spec, Dataset data, List<RunObserver> observers) {
    if (spec.budget().members() > 1) {
      return new Members(spec, data).run(observers);
    }
    TrainingProblem problem = problem(spec, data.train());
    return run(spec, data, observers, Engines.choose(spec.engine(), problem));
  }

  /**
   * The same on an engine of the caller's making, such as one with Deeplearning4j listeners of its
   * own.
   */
  public static TrainedRun run(
      RunSpec spec, Dataset data, List<RunObserver> observers, Engine engine) {
    return run(
        spec, data, observers, new Engines.Choice(engine, "engine " + engine.name() + ": given"));
  }

  private static TrainedRun run(
      RunSpec spec, Dataset data, List<RunObserver> observers, Engines.Choice choice) {
    return run(spec, data, observers, choice, Keeper.NONE, null);
  }

  /**
   * @param from where to go on; null to begin
   */
  static TrainedRun run(
      RunSpec asked,
      Dataset data,
      List<RunObserver> observers,
      Engines.Choice choice,
      Keeper keeper,
      RunState from) {
    RunSpec spec = resolve(asked, data.train()).withEngine(choice.engine().name());
    TrainingProblem problem = problem(spec, data.train());
    double[] first = spec.network().initialParameters(problem.rows().features(), spec.seed());
    try (TrainingSession session = choice.engine().open(problem, first)) {
      if (from != null) {
        session.restore(
            from.present().iteration(), from.present().parameters(), from.present().updaterState());
      }
      LineSearchState search = from == null ? null : from.search();
      Stepper stepper =
          spec.optimizer().kind().isLineSearch()
              ? new LineSearchStepper(problem, session, search)
              : new GradientStepper(session);
      RunLoop loop =
          new RunLoop(
              problem, spec.budget(), session, stepper, data.validation(), observers, keeper);
      RunEnd end = from == null ? loop.run() : loop.resume(from);
      return new RunOutcome(spec, problem, data, choice).of(end, session);
    }
  }

  /** The run with every number that follows from the data decided. */
  static RunSpec resolve(RunSpec spec, EncodedRows train) {
    return Defaults.resolve(spec, train.rows(), !areDifferent(train, Defaults.FEWEST_ROWS));
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

  /** What an engine is asked to do for this run on these training rows. */
  public static TrainingProblem problem(RunSpec spec, EncodedRows train) {
    int rows = train.rows();
    int ones = 0;
    for (int row = 0; row < rows; row++) {
      ones += train.label(row);
    }
    boolean balanced = spec.budget().balancedClasses();
    if (balanced && (ones == 0 || ones == rows)) {
      throw InputException.of(
          "--class-weight balanced",
          "training rows of both classes",
          ones + " positive of " + rows);
    }
    RunSpec decided = resolve(spec, train);
    return new TrainingProblem(
        decided.network(),
        spec.optimizer(),
        train,
        balanced ? rows / (2.0 * (rows - ones)) : 1,
        balanced ? rows / (2.0 * ones) : 1,
        decided.budget().batchSize(),
        spec.seed(),
        spec.threads());
  }
}
