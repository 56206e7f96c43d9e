package org.symbreak.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.symbreak.data.ChosenRows;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.diagnosis.RunFinding;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.dl4j.Dl4jUpdaters;
import org.symbreak.model.RowCounts;
import org.symbreak.model.RowNetwork;
import org.symbreak.model.RowPredictions;
import org.symbreak.model.SavedModel;
import org.symbreak.model.TrainingState;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.network.SigmoidCrossEntropy;
import org.symbreak.optimizer.StopReason;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.random.Streams;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;
import org.symbreak.watch.HiddenUnitProbe;
import org.symbreak.watch.NetworkSymmetry;
import org.symbreak.watch.RunObserver;

/**
 * Networks that differ in their seed and in the fold of rows that they hold out, made one whose log
 * odds are the mean of theirs: first layers side by side, deeper ones block by block, the output's
 * weights divided by how many there are (L. K. Hansen, P. Salamon, Neural network ensembles, IEEE
 * PAMI 12, 1990; the mean is that of the log odds, so that it is a network, too).
 */
final class Members {
  private static final long FOLDS = 401;
  private static final long SEEDS = 402;

  private final ResolvedRun run;
  private final RunSpec spec;
  private final Dataset data;
  private final int[] folds;
  private final List<Dataset> parts = new ArrayList<>();
  private final Calibrating calibrating;

  /**
   * @param run of more than one member, its data opened without rows for validation
   * @throws InputException where a class has fewer rows than there are members, or a threshold is
   *     to be chosen on rows that all members but one were trained on
   */
  Members(ResolvedRun run) {
    this.run = run;
    this.spec = run.spec();
    this.data = run.data();
    this.folds = folds(spec, data);
    for (int member = 0; member < spec.budget().members(); member++) {
      int own = member;
      parts.add(data.holdingOut(row -> folds[row] == own));
    }
    if (!Calibrating.isAside(data)) {
      requireNothingToSettle();
    }
    this.calibrating = new Calibrating(spec, data);
  }

  private void requireNothingToSettle() {
    List<Problem> problems = new ArrayList<>();
    if (spec.threshold().equals("f1")) {
      problems.add(
          new Problem(
              "--threshold f1",
              "rows that no member is trained on",
              "none, as each row trains all members but one",
              List.of("--calibration-fraction 0.2")));
    }
    if (spec.calibrate()) {
      problems.add(
          new Problem(
              "--calibrate",
              "rows that no member is trained on",
              "none, as each row trains all members but one",
              List.of("--calibration-fraction 0.2")));
    }
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
  }

  /** Of each row, the member that holds it out; each class is spread evenly, groups stay whole. */
  private static int[] folds(RunSpec spec, Dataset data) {
    EncodedRows rows = data.train();
    int members = spec.budget().members();
    int[] folds = new int[rows.rows()];
    RandomGenerator random = Streams.of(spec.seed(), FOLDS);
    for (int label = 0; label < 2; label++) {
      List<Integer> ofClass = new ArrayList<>();
      for (int row = 0; row < folds.length; row++) {
        if (rows.label(row) == label) {
          ofClass.add(row);
        }
      }
      if (ofClass.size() < members) {
        throw InputException.of(
            "--members",
            "at least as many rows of each class as members, those for the test aside",
            ofClass.size() + " rows of class " + label + " for " + members + " members");
      }
      for (int i = ofClass.size() - 1; i > 0; i--) {
        Collections.swap(ofClass, i, random.nextInt(i + 1));
      }
      for (int i = 0; i < ofClass.size(); i++) {
        folds[ofClass.get(i)] = i % members;
      }
    }
    return rows.isGrouped() ? data.foldsOfGroups(members, Streams.seed(spec.seed(), FOLDS)) : folds;
  }

  /** A member as a run of its own on its own part of the rows; nothing is settled by it. */
  private RunSpec member(int member) {
    RunSpec alone =
        spec.threshold().equals("f1") ? Settings.THRESHOLD.with(spec, Defaults.THRESHOLD) : spec;
    return Settings.CALIBRATE
        .with(alone, false)
        .withBudget(spec.budget().withMembers(1))
        .withSeed(Streams.seed(spec.seed(), SEEDS, member));
  }

  private ResolvedRun resolved(int member) {
    return run.part(member(member), parts.get(member));
  }

  /** Trains all of them in memory. */
  TrainedRun run(List<RunObserver> observers) {
    List<TrainedRun> trained = new ArrayList<>();
    for (int member = 0; member < parts.size(); member++) {
      trained.add(Trainer.run(resolved(member), observers));
    }
    return made(trained);
  }

  /** Where a member of the run in this directory is kept, a run of its own. */
  static Path directory(Path run, int member) {
    return run.resolve("member-" + (member + 1));
  }

  /**
   * Trains those that are not trained yet, each in a directory of its own, and writes model and
   * run.json of what they make.
   *
   * @param goesOn whether what is there already is kept
   */
  TrainedRun train(
      RunDirectory run,
      RunRecord record,
      List<RunObserver> observers,
      Interruption interruption,
      boolean goesOn)
      throws IOException {
    List<TrainedRun> trained = new ArrayList<>();
    for (int member = 0; member < parts.size(); member++) {
      Path path = directory(run.path(), member);
      TrainedRun one =
          goesOn && Files.exists(new RunDirectory(path).runJson())
              ? goOn(new RunDirectory(path), member, observers, interruption)
              : RunDirectory.create(path, true)
                  .train(resolved(member), observers, record.recording(), interruption);
      trained.add(one);
      if (one.result().stopped() == StopReason.INTERRUPTED) {
        break;
      }
    }
    TrainedRun made = made(trained).savedAs(run.model().toString());
    model(made, trained.size(), record).save(run.model());
    return made;
  }

  private TrainedRun goOn(
      RunDirectory path, int member, List<RunObserver> observers, Interruption interruption) {
    RunRecord record = path.read();
    if (!record.isDone()) {
      return path.resume(run.part(record.spec(), parts.get(member)), observers, interruption);
    }
    SavedModel model = SavedModel.load(path.model());
    return new TrainedRun(
        record.spec(),
        record.result(),
        model.shape(),
        model.parameters(),
        model.parameters(),
        model.updaterState(),
        model.pipeline());
  }

  /** The data of each member. */
  List<Dataset> parts() {
    return parts;
  }

  private NetworkSpec network(int members) {
    NetworkSpec one = spec.network();
    return new NetworkSpec(
        one.hidden().stream().map(units -> Math.multiplyExact(units, members)).toList(),
        one.activations(),
        one.weights(),
        one.biases(),
        one.l2(),
        one.precision());
  }

  private TrainedRun made(List<TrainedRun> trained) {
    TrainedRun first = trained.get(0);
    NetworkSpec network = network(trained.size());
    DenseShape shape = network.shape(data.train().features());
    double[] kept =
        merged(trained.stream().map(TrainedRun::bestParameters).toList(), first.shape(), shape);
    if (network.precision() == Precision.FLOAT) {
      for (int i = 0; i < kept.length; i++) {
        kept[i] = (float) kept[i];
      }
    }
    Calibration calibration = calibrating.of(network, kept);
    kept = Calibrating.folded(calibration, network, shape, kept);
    RowNetwork one = new RowNetwork(network, data.train().oneHot(), kept);
    double threshold = calibrating.threshold(one, data.train());
    NetworkSymmetry symmetry =
        shape.hiddenLayers() == 0
            ? null
            : NetworkSymmetry.of(HiddenUnitProbe.of(network, data.train()).measure(shape, kept));
    List<String> notices = new ArrayList<>(data.notices());
    notices.add(
        trained.size()
            + " members, each trained without another fold of the rows; validation is of the rows"
            + " that a member held out, foretold by it alone");
    if (calibration != null) {
      notices.add(Calibrating.sentence(calibration) + "; validation is of the members before that");
    }
    RunResult of = first.result();
    RunResult worst =
        trained.stream()
            .map(TrainedRun::result)
            .filter(
                result ->
                    result.stopped() == StopReason.INTERRUPTED
                        || result.stopped() == StopReason.DIVERGED)
            .findFirst()
            .orElse(of);
    RunResult result =
        new RunResult(
            null,
            of.label(),
            of.positive(),
            data.rows(),
            of.features(),
            of.engine(),
            of.backend(),
            of.initialization(),
            RowPredictions.of(one, data.train()).evaluation(threshold),
            outOfFold(trained).evaluation(threshold),
            RowPredictions.of(one, data.test()).evaluation(threshold),
            symmetry,
            Verdict.of(symmetry),
            findings(trained, worst),
            worst.stopped(),
            because(trained),
            trained.stream().mapToLong(member -> member.result().epochs()).sum(),
            trained.stream().mapToLong(member -> member.result().iterations()).sum(),
            of.evaluations() == null
                ? null
                : trained.stream().mapToLong(member -> member.result().evaluations()).sum(),
            trained.stream().mapToLong(member -> member.result().bestIteration()).max().orElse(0),
            trained.stream().mapToDouble(member -> member.result().loss()).sum() / trained.size(),
            threshold,
            calibration,
            trained.stream().mapToDouble(member -> member.result().seconds()).sum(),
            notices);
    // an optimizer that begins anew, in the place that Deeplearning4j has for it
    int numbers = first.bestUpdaterState().length / first.shape().parameters();
    double[] updater = new double[numbers * shape.parameters()];
    return new TrainedRun(spec, result, shape, kept, kept, updater, first.pipeline());
  }

  /** What is wrong with one member, which is no measurement of what all of them make. */
  private static List<RunFinding> findings(List<TrainedRun> trained, RunResult of) {
    int member = 1 + trained.stream().map(TrainedRun::result).toList().indexOf(of);
    return of.findings().stream()
        .map(
            finding ->
                new RunFinding(
                    finding.kind(),
                    "of member %d alone: %s".formatted(member, finding.evidence()),
                    finding.remedy()))
        .toList();
  }

  private static String because(List<TrainedRun> trained) {
    Set<String> reasons = new LinkedHashSet<>();
    trained.forEach(
        member ->
            reasons.add(
                member.result().stoppedBecause().replaceFirst("; kept are the weights of .*", "")));
    return "%d members: %s".formatted(trained.size(), String.join("; or ", reasons));
  }

  /** Of each row that some trained member holds out, what that one foretells. */
  private RowPredictions outOfFold(List<TrainedRun> trained) {
    int[] chosen =
        IntStream.range(0, folds.length).filter(row -> folds[row] < trained.size()).toArray();
    ChosenRows rows = new ChosenRows(data.train(), chosen);
    double[] probabilities = new double[chosen.length];
    for (int member = 0; member < trained.size(); member++) {
      int own = member;
      int[] held = IntStream.range(0, chosen.length).filter(i -> folds[chosen[i]] == own).toArray();
      RowNetwork network =
          new RowNetwork(
              spec.network(), data.train().oneHot(), trained.get(member).bestParameters());
      double[] foretold = RowPredictions.of(network, new ChosenRows(rows, held)).probabilities();
      for (int i = 0; i < held.length; i++) {
        probabilities[held[i]] = foretold[i];
      }
    }
    int[] labels = IntStream.range(0, chosen.length).map(rows::label).toArray();
    return new RowPredictions(probabilities, labels, RowCounts.of(rows));
  }

  /**
   * Parameters of the network whose log odds are the mean of those of others.
   *
   * @param members flat parameters of each
   * @param one sizes of each
   * @param all sizes of what they make: hidden layers as many times as wide
   */
  static double[] merged(List<double[]> members, DenseShape one, DenseShape all) {
    double[] merged = new double[all.parameters()];
    int last = one.layers() - 1;
    for (int member = 0; member < members.size(); member++) {
      double[] own = members.get(member);
      for (int layer = 0; layer <= last; layer++) {
        int share = layer == last ? members.size() : 1;
        int firstUnit = layer == last ? 0 : member * one.units(layer);
        int firstInput = layer == 0 ? 0 : member * one.inputs(layer);
        for (int unit = 0; unit < one.units(layer); unit++) {
          int from = one.weights(layer) + unit * one.inputs(layer);
          int to = all.weights(layer) + (firstUnit + unit) * all.inputs(layer) + firstInput;
          for (int input = 0; input < one.inputs(layer); input++) {
            merged[to + input] += own[from + input] / share;
          }
          merged[all.biases(layer) + firstUnit + unit] += own[one.biases(layer) + unit] / share;
        }
      }
    }
    return merged;
  }

  private SavedModel model(TrainedRun made, int members, RunRecord record) {
    TrainingProblem problem = run.problem();
    TrainingState state =
        new TrainingState(
            Dl4jUpdaters.of(spec.optimizer()),
            new SigmoidCrossEntropy(problem.weightOfZero(), problem.weightOfOne()),
            spec.seed(),
            made.result().bestIteration(),
            0,
            made.bestUpdaterState());
    return SavedModel.of(
        network(members),
        state,
        made.bestParameters(),
        made.pipeline(),
        made.result().threshold(),
        record.provenance().toPrettyString());
  }
}
