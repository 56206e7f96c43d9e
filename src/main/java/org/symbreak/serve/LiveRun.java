package org.symbreak.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbreak.data.Dataset;
import org.symbreak.diagnosis.Diagnosis;
import org.symbreak.diagnosis.LossTrail;
import org.symbreak.diagnosis.RunMeasures;
import org.symbreak.engine.ConstantPrediction;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.film.History;
import org.symbreak.film.HistoryRecorder;
import org.symbreak.film.TestRows;
import org.symbreak.forecast.Waiting;
import org.symbreak.model.RowNetwork;
import org.symbreak.model.RowPredictions;
import org.symbreak.network.DenseShape;
import org.symbreak.optimizer.StopReason;
import org.symbreak.run.Engines;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.watch.RunLook;

/**
 * One of a tab's runs: a training that goes on step by step, and frames of it. Not thread safe; to
 * be closed.
 */
final class LiveRun implements AutoCloseable {
  private static final String NO_CHANGE = "No change";
  private static final double FLAT = 1e-9;
  private static final int FLAT_STEPS = 20_000;

  /** Products of rows and parameters that foretelling takes at the most: a moment. */
  private static final double FORETELLING = 1e7;

  private final RunSpec spec;
  private final Dataset data;
  private final TrainingSession session;
  private final HistoryRecorder recorder;
  private final String engine;
  private final DenseShape shape;
  private final Deque<Touch> undo = new ArrayDeque<>();
  private final List<HandMade> made = new ArrayList<>();
  private LiveState.Foretold foretold;
  private double loss;
  private double flatSince;
  private long flatFrom;
  private LossTrail trail = LossTrail.NONE;
  private String ended;

  LiveRun(RunSpec spec, Dataset data) {
    this(ResolvedRun.of(spec, data));
  }

  private LiveRun(ResolvedRun run) {
    this(
        run.spec(), run.data(), run.engine().name(), run.engine().open(run.problem(), run.start()));
  }

  /**
   * @param engine the name of the session's engine
   * @param session at the first weights
   */
  LiveRun(RunSpec spec, Dataset data, String engine, TrainingSession session) {
    this.spec = spec;
    this.data = data;
    this.engine = engine;
    this.session = session;
    this.shape = spec.network().shape(data.train().features());
    this.recorder = new HistoryRecorder(spec.network(), data, spec.budget().epochs(), null);
    this.loss = session.loss(data.train());
    this.flatSince = loss;
    recorder.observe(look());
  }

  /** What does not change while it trains, and the first frame. */
  History opening() {
    return recorder.history();
  }

  /** How many rows there are to learn from, and to test on. */
  Map<String, Integer> rows() {
    return Map.of("train", data.train().rows(), "test", data.test().rows());
  }

  /** The test rows, as the page shows them. */
  History.Points testPoints() {
    return recorder.testRows().points();
  }

  String engine() {
    return engine;
  }

  long iteration() {
    return session.iteration();
  }

  /** Why it goes no further, and what is wrong as far as it was measured; null while it does. */
  String ended() {
    return ended;
  }

  /**
   * Says what will become of it, as far as that is known before its first step; nothing on a
   * processor on which that would take long.
   */
  void foretell() {
    if (Engines.notice("auto").isPresent()) {
      return;
    }
    ResolvedRun run = ResolvedRun.of(spec, data);
    Waiting waiting = Waiting.of(run.problem(), run.start(), spec.budget().epochs(), FORETELLING);
    foretold =
        new LiveState.Foretold(
            ConstantPrediction.loss(run.problem()),
            waiting.plateauEnd(),
            waiting.never() != null,
            waiting.sentence());
  }

  /** Takes steps, up to the budget, unless it has ended. */
  void advance(int steps) {
    if (ended != null) {
      return;
    }
    int left = (int) Math.min(steps, spec.budget().epochs() - session.iteration());
    if (left > 0) {
      loss = session.advance(left);
      if (trail.wants(session.iteration())) {
        trail = trail.with(moment());
      }
    }
    if (!Double.isFinite(loss)) {
      end(StopReason.DIVERGED, "Diverged: the loss is no longer a number.");
    } else if (session.iteration() >= spec.budget().epochs()) {
      end(StopReason.BUDGET, "Reached the limit of " + spec.budget().epochs() + " iterations.");
    } else if (Math.abs(loss - flatSince) > FLAT) {
      flatSince = loss;
      flatFrom = session.iteration();
    } else if (session.iteration() - flatFrom >= FLAT_STEPS) {
      end(StopReason.CONVERGED, NO_CHANGE + " for " + FLAT_STEPS + " iterations.");
    }
  }

  private void end(StopReason reason, String sentence) {
    ended =
        Stream.concat(
                Stream.of(sentence),
                Diagnosis.of(measures(reason)).stream().map(finding -> finding.sentence() + "."))
            .collect(Collectors.joining(" "));
  }

  private LossTrail.Moment moment() {
    return new LossTrail.Moment(session.iteration(), session.loss(data.train()), validationLoss());
  }

  private RunMeasures measures(StopReason reason) {
    TrainingProblem problem = ResolvedRun.of(spec, data).problem();
    double[] now = session.parameters();
    RowNetwork network = new RowNetwork(spec.network(), data.train().oneHot(), now);
    double threshold =
        Double.parseDouble(spec.threshold().equals("f1") ? Defaults.THRESHOLD : spec.threshold());
    return RunMeasures.of(
        problem,
        spec.data().standardize(),
        new RunMeasures.Ending(
            reason, ConstantPrediction.loss(problem), trail, moment(), session.iteration(), now),
        RowPredictions.of(network, data.train()).evaluation(threshold),
        RowPredictions.of(network, data.validation()).evaluation(threshold),
        RowPredictions.of(network, data.test()).evaluation(threshold));
  }

  private Double validationLoss() {
    return data.validation().rows() == 0 ? null : session.loss(data.validation());
  }

  /** Goes on after it has stopped by itself for lack of change. */
  void goOn() {
    if (ended != null && ended.startsWith(NO_CHANGE)) {
      ended = null;
      flatFrom = session.iteration();
    }
  }

  /**
   * Changes parameters by hand, or takes the last such change back. The optimizer's memory stays.
   *
   * @param words what is wanted, see {@link Touch#of}, or {@code undo}
   */
  void touch(Map<String, String> words) {
    double[] now = session.parameters();
    boolean back = words.getOrDefault("what", "").equals("undo");
    Touch touch = back ? undo.pollLast() : Touch.of(words, shape, now);
    if (touch == null) {
      return; // there was nothing to take back
    }
    if (!back) {
      undo.add(touch.undo(now));
    }
    session.setParameters(touch.apply(now));
    loss = session.loss(data.train());
    made.add(new HandMade(session.iteration(), touch));
    ended = null;
    flatSince = loss;
    flatFrom = session.iteration();
  }

  /** Requires that there is what a page wants to change. Thread safe. */
  void requireTouchable(Map<String, String> words) {
    if (!words.getOrDefault("what", "").equals("undo")) {
      Touch.of(words, shape, new double[shape.parameters()]);
    }
  }

  /** What was changed by hand, from the first on. */
  List<HandMade> made() {
    return List.copyOf(made);
  }

  /** The run as it stands. */
  LiveState.OfRun state() {
    RunLook look = look();
    return LiveState.OfRun.of(
        look,
        recorder.frame(look),
        ended,
        made.stream().map(HandMade::toString).toList(),
        test(look),
        foretold);
  }

  private LiveState.Test test(RunLook look) {
    if (data.test().rows() == 0) {
      return null;
    }
    double testLoss = session.loss(data.test());
    TestRows.Seen seen = recorder.seen(look);
    return new LiveState.Test(
        Double.isFinite(testLoss) ? testLoss : null, seen.accuracy(), seen.probabilities());
  }

  private RunLook look() {
    return new RunLook(
        session.iteration(),
        session.iteration(),
        shape,
        session.parameters(),
        session.loss(data.train()),
        validationLoss(),
        session.gradientNorms(),
        false);
  }

  /**
   * The same run up to an iteration, or where that is in the midst of a pass over its rows, up to
   * the end of that; to be trained again and kept. Thread safe.
   */
  RunSpec upTo(long iteration) {
    int epochs = (int) Math.max(1, (iteration + stepsPerPass() - 1) / stepsPerPass());
    return spec.withBudget(spec.budget().withEpochs(epochs)).withEngine(engine);
  }

  /** Steps that take every training row once. Thread safe. */
  int stepsPerPass() {
    int rows = data.train().rows();
    int batch = Math.min(rows, spec.budget().batchSize());
    return (rows + batch - 1) / batch;
  }

  List<String> notices() {
    return data.notices();
  }

  @Override
  public void close() {
    try (data) {
      session.close();
    }
  }
}
