package org.symbreak.run;

import java.util.ArrayList;
import java.util.List;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.data.FittedPipeline;
import org.symbreak.diagnosis.Diagnosis;
import org.symbreak.diagnosis.RunMeasures;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.model.Evaluation;
import org.symbreak.model.RowPredictions;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.setting.RunSpec;
import org.symbreak.watch.HiddenUnitProbe;
import org.symbreak.watch.NetworkSymmetry;

/**
 * What a run that has ended amounts to.
 *
 * @param spec the run, everything in it decided
 */
record RunOutcome(RunSpec spec, TrainingProblem problem, Dataset data, Engines.Choice choice) {
  /**
   * @param session at whose engine the loss is computed
   */
  TrainedRun of(RunEnd end, TrainingSession session) {
    DenseShape shape = problem.network().shape(problem.rows().features());
    double[] kept = end.kept().parameters();
    DenseNetwork network = new DenseNetwork(shape, problem.network().activations(), kept);
    double threshold = threshold(network);
    NetworkSymmetry symmetry =
        shape.hiddenLayers() == 0
            ? null
            : NetworkSymmetry.of(
                HiddenUnitProbe.of(problem.network(), problem.rows()).measure(shape, kept));
    FittedPipeline pipeline = data.pipeline();
    Evaluation train = RowPredictions.of(network, data.train()).evaluation(threshold);
    Evaluation validation = RowPredictions.of(network, data.validation()).evaluation(threshold);
    Evaluation test = RowPredictions.of(network, data.test()).evaluation(threshold);
    List<String> notices = new ArrayList<>(data.notices());
    notices.add(choice.why());
    RunResult result =
        new RunResult(
            null,
            pipeline.label(),
            pipeline.positive(),
            data.rows(),
            problem.rows().features(),
            choice.engine().name(),
            choice.engine().backend(problem),
            problem.network().weights().toString(),
            train,
            validation,
            test,
            symmetry,
            Verdict.of(symmetry),
            Diagnosis.of(measures(end, session, train, validation, test)),
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
        spec, result, shape, kept, end.last().parameters(), end.kept().updaterState(), pipeline);
  }

  private RunMeasures measures(
      RunEnd end,
      TrainingSession session,
      Evaluation train,
      Evaluation validation,
      Evaluation test) {
    return RunMeasures.of(
        problem,
        spec.data().standardize(),
        new RunMeasures.Ending(
            end.stopped(),
            ConstantPrediction.loss(problem),
            end.trail(),
            end.lastLosses(),
            end.last().parameters(),
            end.kept().iteration(),
            end.kept().parameters()),
        weights -> {
          session.setParameters(weights);
          return session.loss(problem.rows());
        },
        train,
        validation,
        test);
  }

  private double threshold(DenseNetwork network) {
    if (!spec.threshold().equals("f1")) {
      return Double.parseDouble(spec.threshold());
    }
    EncodedRows rows = data.validation().rows() > 0 ? data.validation() : data.train();
    return RowPredictions.of(network, rows).bestF1Threshold();
  }
}
