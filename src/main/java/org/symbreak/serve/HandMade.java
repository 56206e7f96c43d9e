package org.symbreak.serve;

import java.util.List;
import java.util.Optional;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.run.ResolvedRun;

/**
 * A change by hand that was made.
 *
 * @param iteration steps that had been taken
 * @param touch the change
 */
record HandMade(long iteration, Touch touch) {
  @Override
  public String toString() {
    return "iteration " + iteration + ": " + touch.words();
  }

  /** The run, and the changes at their iterations while it is trained. */
  static ResolvedRun in(ResolvedRun run, List<HandMade> changes) {
    if (changes.isEmpty()) {
      return run;
    }
    return run.changed(
        new Hands(run.engine(), changes), changes.stream().map(HandMade::toString).toList());
  }

  /** An engine, and changes in its midst. */
  private record Hands(Engine engine, List<HandMade> changes) implements Engine {
    @Override
    public String name() {
      return engine.name();
    }

    @Override
    public Optional<String> refuses(TrainingProblem problem) {
      return engine.refuses(problem);
    }

    @Override
    public String backend(TrainingProblem problem) {
      return engine.backend(problem);
    }

    @Override
    public TrainingSession open(TrainingProblem problem, double[] parameters) {
      return new Session(engine.open(problem, parameters), changes);
    }
  }

  /** A session that is changed as soon as it comes to where it was. */
  private static final class Session implements TrainingSession {
    private final TrainingSession session;
    private final List<HandMade> changes;
    private int next;

    Session(TrainingSession session, List<HandMade> changes) {
      this.session = session;
      this.changes = changes;
      change();
    }

    private void change() {
      while (next < changes.size() && changes.get(next).iteration() == session.iteration()) {
        session.setParameters(changes.get(next).touch().apply(session.parameters()));
        next++;
      }
    }

    @Override
    public double advance(int steps) {
      double loss = Double.NaN;
      for (int left = steps; left > 0; ) {
        long until = next < changes.size() ? changes.get(next).iteration() : Long.MAX_VALUE;
        int some = (int) Math.min(left, until - session.iteration());
        loss = session.advance(some);
        left -= some;
        change();
      }
      return loss;
    }

    @Override
    public long iteration() {
      return session.iteration();
    }

    @Override
    public double objective(double[] parameters, double[] gradient) {
      return session.objective(parameters, gradient);
    }

    @Override
    public double[] parameters() {
      return session.parameters();
    }

    @Override
    public void setParameters(double[] parameters) {
      session.setParameters(parameters);
    }

    @Override
    public double[] updaterState() {
      return session.updaterState();
    }

    @Override
    public void restore(long iteration, double[] parameters, double[] updaterState) {
      session.restore(iteration, parameters, updaterState);
      next = (int) changes.stream().filter(made -> made.iteration() <= iteration).count();
    }

    @Override
    public double loss(EncodedRows rows) {
      return session.loss(rows);
    }

    @Override
    public double[] probabilities(EncodedRows rows) {
      return session.probabilities(rows);
    }

    @Override
    public double[] gradientNorms() {
      return session.gradientNorms();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
