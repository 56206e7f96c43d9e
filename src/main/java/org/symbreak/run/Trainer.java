package org.symbreak.run;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.data.Dataset;
import org.symbreak.data.FittedPipeline;
import org.symbreak.diagnosis.Diagnosis;
import org.symbreak.diagnosis.RunMeasures;
import org.symbreak.engine.ConstantPrediction;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.model.Evaluation;
import org.symbreak.model.RowNetwork;
import org.symbreak.model.RowPredictions;
import org.symbreak.network.DenseShape;
import org.symbreak.optimizer.LineSearchState;
import org.symbreak.setting.RunSpec;
import org.symbreak.watch.HiddenUnitProbe;
import org.symbreak.watch.NetworkSymmetry;
import org.symbreak.watch.RunObserver;

/** Trains one run, and measures what it amounts to. */
public final class Trainer {
  private Trainer() {}

  /** Trains in memory; nothing is written. */
  public static TrainedRun run(RunSpec spec, Dataset data, List<RunObserver> observers) {
    return run(ResolvedRun.of(spec, data), observers);
  }

  /** Trains in memory; nothing is written. */
  public static TrainedRun run(ResolvedRun run, List<RunObserver> observers) {
    if (run.spec().budget().members() > 1) {
      return new Members(run).run(observers);
    }
    return run(run, observers, Keeper.NONE, null);
  }

  /**
   * @param from where to go on; null to begin
   */
  static TrainedRun run(
      ResolvedRun run, List<RunObserver> observers, Keeper keeper, RunState from) {
    Calibrating calibrating = new Calibrating(run.spec(), run.data());
    try (TrainingSession session = run.engine().open(run.problem(), run.start())) {
      if (from != null) {
        session.restore(
            from.present().iteration(), from.present().parameters(), from.present().updaterState());
      }
      long steps = (long) run.spec().budget().epochs() * run.problem().stepsPerEpoch();
      session.expect(steps - session.iteration());
      LineSearchState search = from == null ? null : from.search();
      Stepper stepper =
          run.spec().optimizer().kind().isLineSearch()
              ? new LineSearchStepper(run.problem(), session, search)
              : new GradientStepper(session);
      RunLoop loop = new RunLoop(run, session, stepper, observers, keeper);
      return trained(run, from == null ? loop.run() : loop.resume(from), session, calibrating);
    }
  }

  /**
   * @param session at whose engine the loss is computed
   */
  private static TrainedRun trained(
      ResolvedRun run, RunEnd end, TrainingSession session, Calibrating calibrating) {
    Dataset data = run.data();
    TrainingProblem problem = run.problem();
    DenseShape shape = run.shape();
    Calibration calibration = calibrating.of(problem.network(), end.kept().parameters());
    double[] kept =
        Calibrating.folded(calibration, problem.network(), shape, end.kept().parameters());
    RowNetwork network = new RowNetwork(problem.network(), problem.rows().oneHot(), kept);
    double threshold = calibrating.threshold(network, data.train());
    NetworkSymmetry symmetry =
        shape.hiddenLayers() == 0
            ? null
            : NetworkSymmetry.of(
                HiddenUnitProbe.of(problem.network(), problem.rows()).measure(shape, kept));
    Evaluation train = RowPredictions.of(network, data.train()).evaluation(threshold);
    Evaluation validation = RowPredictions.of(network, data.validation()).evaluation(threshold);
    Evaluation test = RowPredictions.of(network, data.test()).evaluation(threshold);
    FittedPipeline pipeline = data.pipeline();
    List<String> notices = new ArrayList<>(data.notices());
    notices.add(run.why());
    if (calibration != null) {
      notices.add(Calibrating.sentence(calibration));
    }
    RunResult result =
        new RunResult(
            null,
            pipeline.label(),
            pipeline.positive(),
            data.rows(),
            problem.rows().features(),
            run.engine().name(),
            run.engine().backend(problem),
            problem.network().weights().toString(),
            train,
            validation,
            test,
            symmetry,
            Verdict.of(symmetry),
            Diagnosis.of(measures(run, end, train, validation, test)),
            end.stopped(),
            end.because(),
            end.epochs(),
            end.last().iteration(),
            end.evaluations(),
            end.kept().iteration(),
            session.objective(kept, new double[kept.length]),
            threshold,
            calibration,
            end.seconds(),
            notices);
    return new TrainedRun(
        run.spec(),
        result,
        shape,
        kept,
        end.last().parameters(),
        end.kept().updaterState(),
        pipeline);
  }

  private static RunMeasures measures(
      ResolvedRun run, RunEnd end, Evaluation train, Evaluation validation, Evaluation test) {
    return RunMeasures.of(
        run.problem(),
        run.spec().data().standardize(),
        new RunMeasures.Ending(
            end.stopped(),
            ConstantPrediction.loss(run.problem()),
            end.trail(),
            end.lastLosses(),
            end.kept().iteration(),
            end.kept().parameters()),
        train,
        validation,
        test);
  }
}
