package org.symbreak.serve;

import java.util.List;
import org.symbreak.data.Dataset;
import org.symbreak.engine.TrainingSession;
import org.symbreak.film.History;
import org.symbreak.film.HistoryRecorder;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.RunSpec;
import org.symbreak.watch.RunLook;

/**
 * One of a tab's runs: a training that goes on step by step, and frames of it. Not thread safe; to
 * be closed.
 */
final class LiveRun implements AutoCloseable {
  private static final double FLAT = 1e-9;
  private static final int FLAT_STEPS = 20_000;

  private final RunSpec spec;
  private final Dataset data;
  private final TrainingSession session;
  private final HistoryRecorder recorder;
  private final String engine;
  private double loss;
  private double flatSince;
  private long flatFrom;
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
    this.recorder = new HistoryRecorder(spec.network(), data, spec.budget().epochs(), null);
    this.loss = session.loss(data.train());
    this.flatSince = loss;
    recorder.observe(look());
  }

  /** What does not change while it trains, and the first frame. */
  History opening() {
    return recorder.history();
  }

  String engine() {
    return engine;
  }

  long iteration() {
    return session.iteration();
  }

  /** Why it goes no further, in a sentence; null while it does. */
  String ended() {
    return ended;
  }

  /** Takes steps, up to the budget, unless it has ended. */
  void advance(int steps) {
    if (ended != null) {
      return;
    }
    int left = (int) Math.min(steps, spec.budget().epochs() - session.iteration());
    if (left > 0) {
      loss = session.advance(left);
    }
    if (!Double.isFinite(loss)) {
      ended = "Diverged: the loss is no longer a number. Try a smaller learning rate.";
    } else if (session.iteration() >= spec.budget().epochs()) {
      ended = "Reached the limit of " + spec.budget().epochs() + " iterations.";
    } else if (Math.abs(loss - flatSince) > FLAT) {
      flatSince = loss;
      flatFrom = session.iteration();
    } else if (session.iteration() - flatFrom >= FLAT_STEPS) {
      ended = "No change for " + FLAT_STEPS + " iterations.";
    }
  }

  /** Goes on after it has stopped by itself for lack of change. */
  void goOn() {
    if (ended != null && ended.startsWith("No change")) {
      ended = null;
      flatFrom = session.iteration();
    }
  }

  /** The run as it stands. */
  History.Frame frame() {
    return recorder.frame(look());
  }

  private RunLook look() {
    return new RunLook(
        session.iteration(),
        session.iteration(),
        spec.network().shape(data.train().features()),
        session.parameters(),
        loss,
        data.validation().rows() == 0 ? null : session.loss(data.validation()),
        session.gradientNorms(),
        false);
  }

  /** The same run up to an iteration, to be trained again and kept. Thread safe. */
  RunSpec upTo(long iteration) {
    int epochs = (int) Math.max(1, iteration);
    return spec.withBudget(spec.budget().withEpochs(epochs)).withEngine(engine);
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
