package org.symbreak.run;

import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.TrainingSession;
import org.symbreak.setting.RunSpec;

/**
 * The loss of all training rows at any parameters of a run, penalty left out, classes weighted as
 * in training: by a second network, so that looking leaves the run's own alone.
 */
public final class LossAside implements AutoCloseable {
  private final EncodedRows train;
  private final TrainingSession session;
  private final long steps;
  private final long lastStep;

  public LossAside(RunSpec run, Dataset data) {
    this.train = data.train();
    ResolvedRun resolved = ResolvedRun.of(run, data);
    this.steps = RunPace.of(resolved.problem(), 1).stepsBetweenChecks();
    this.lastStep = resolved.steps();
    this.session = resolved.engine().open(resolved.problem(), resolved.start());
  }

  /** Whether the run's own loss would be checked after this many steps: at the least every ten. */
  public boolean isCheck(long iteration) {
    return iteration % steps == 0;
  }

  /** After how many steps the budget ends. */
  public long lastStep() {
    return lastStep;
  }

  /** At these parameters of the run. */
  public double at(double[] parameters) {
    session.setParameters(parameters);
    return session.loss(train);
  }

  @Override
  public void close() {
    session.close();
  }
}
