package org.symbreak.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.data.FittedPipeline;
import org.symbreak.data.OneHot;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.model.Evaluation;
import org.symbreak.model.RowNetwork;
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
    RowNetwork network = new RowNetwork(problem.network(), data.train().oneHot(), kept);
    double threshold = threshold(network);
    NetworkSymmetry symmetry =
        shape.hiddenLayers() == 0
            ? null
            : NetworkSymmetry.of(
                HiddenUnitProbe.of(problem.network(), problem.rows()).measure(shape, kept));
    FittedPipeline pipeline = data.pipeline();
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
        spec, result, shape, kept, end.last().parameters(), end.kept().updaterState(), pipeline);
  }

  private double threshold(RowNetwork network) {
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
  private static Evaluation evaluation(RowNetwork network, EncodedRows rows, double threshold) {
    double[] probabilities = probabilities(network, rows);
    return rows.rows() > 0 && areNumbers(probabilities)
        ? Evaluation.of(probabilities, labels(rows), threshold)
        : null;
  }

  private static boolean areNumbers(double[] probabilities) {
    return Arrays.stream(probabilities).noneMatch(Double::isNaN);
  }

  private static double[] probabilities(RowNetwork network, EncodedRows rows) {
    OneHot oneHot = rows.oneHot();
    double[] numbers = new double[oneHot.numbers()];
    int[] ones = new int[oneHot.groups()];
    double[] probabilities = new double[rows.rows()];
    for (int row = 0; row < probabilities.length; row++) {
      rows.inShort(row, numbers, ones);
      probabilities[row] = network.probability(numbers, ones);
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
