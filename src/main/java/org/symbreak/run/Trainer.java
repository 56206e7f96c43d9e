package org.symbreak.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.data.FittedPipeline;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.model.Evaluation;
import org.symbreak.network.DenseNetwork;
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
    try (TrainingSession session = run.engine().open(run.problem(), run.start())) {
      if (from != null) {
        session.restore(
            from.present().iteration(), from.present().parameters(), from.present().updaterState());
      }
      LineSearchState search = from == null ? null : from.search();
      Stepper stepper =
          run.spec().optimizer().kind().isLineSearch()
              ? new LineSearchStepper(run.problem(), session, search)
              : new GradientStepper(session);
      RunLoop loop = new RunLoop(run, session, stepper, observers, keeper);
      return trained(run, from == null ? loop.run() : loop.resume(from), session);
    }
  }

  /**
   * @param session at whose engine the loss is computed
   */
  private static TrainedRun trained(ResolvedRun run, RunEnd end, TrainingSession session) {
    Dataset data = run.data();
    TrainingProblem problem = run.problem();
    DenseShape shape = run.shape();
    double[] kept = end.kept().parameters();
    DenseNetwork network = new DenseNetwork(shape, problem.network().activations(), kept);
    double threshold = threshold(run, network);
    NetworkSymmetry symmetry =
        shape.hiddenLayers() == 0
            ? null
            : NetworkSymmetry.of(
                HiddenUnitProbe.of(problem.network(), problem.rows()).measure(shape, kept));
    FittedPipeline pipeline = data.pipeline();
    List<String> notices = new ArrayList<>(data.notices());
    notices.add(run.why());
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
            evaluation(network, data.train(), threshold),
            evaluation(network, data.validation(), threshold),
            evaluation(network, data.test(), threshold),
            symmetry,
            Verdict.of(symmetry),
            end.stopped(),
            end.because(),
            end.epochs(),
            end.last().iteration(),
            end.evaluations(),
            end.kept().iteration(),
            session.objective(kept, new double[kept.length]),
            threshold,
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

  private static double threshold(ResolvedRun run, DenseNetwork network) {
    RunSpec spec = run.spec();
    Dataset data = run.data();
    if (!spec.threshold().equals("f1")) {
      return Double.parseDouble(spec.threshold());
    }
    EncodedRows rows = data.validation().rows() > 0 ? data.validation() : data.train();
    double[] probabilities = probabilities(network, rows);
    return areNumbers(probabilities)
        ? Evaluation.bestF1Threshold(probabilities, labels(rows))
        : 0.5;
  }

  /** Null without rows, and where weights are so large that what they amount to is no number. */
  private static Evaluation evaluation(DenseNetwork network, EncodedRows rows, double threshold) {
    double[] probabilities = probabilities(network, rows);
    return rows.rows() > 0 && areNumbers(probabilities)
        ? Evaluation.of(probabilities, labels(rows), threshold)
        : null;
  }

  private static boolean areNumbers(double[] probabilities) {
    return Arrays.stream(probabilities).noneMatch(Double::isNaN);
  }

  private static double[] probabilities(DenseNetwork network, EncodedRows rows) {
    double[] features = new double[rows.features()];
    double[] probabilities = new double[rows.rows()];
    for (int row = 0; row < probabilities.length; row++) {
      rows.features(row, features, 0);
      probabilities[row] = network.probability(features);
    }
    return probabilities;
  }

  private static int[] labels(EncodedRows rows) {
    int[] labels = new int[rows.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = rows.label(row);
    }
    return labels;
  }
}
