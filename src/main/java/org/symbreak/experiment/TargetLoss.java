package org.symbreak.experiment;

import java.util.OptionalLong;
import org.symbreak.data.Dataset;
import org.symbreak.data.EncodedRows;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.run.Engines;
import org.symbreak.run.Trainer;
import org.symbreak.setting.RunSpec;
import org.symbreak.watch.RunLook;
import org.symbreak.watch.RunObserver;
import org.symbreak.watch.RunProgress;

/**
 * Notes after how many steps the loss was first seen at a target or below, penalty left out: that
 * of the validation rows, or where there are none that of all training rows. It is looked at once
 * an epoch, or every ten steps where an epoch has fewer.
 */
final class TargetLoss implements RunObserver, AutoCloseable {
  private final double target;
  private final EncodedRows train;
  private final long steps;

  /** A second network, so that looking leaves the run's own alone; null with validation rows. */
  private final TrainingSession session;

  private OptionalLong reachedAt = OptionalLong.empty();

  TargetLoss(double target, RunSpec run, Dataset data) {
    this.target = target;
    this.train = data.train();
    TrainingProblem problem = Trainer.problem(run, train);
    this.steps = Trainer.stepsBetweenChecks(problem);
    this.session =
        data.validation().rows() > 0
            ? null
            : Engines.choose(run.engine(), problem)
                .engine()
                .open(problem, run.network().initialParameters(train.features(), run.seed()));
  }

  @Override
  public boolean looksAt(long iteration) {
    return session != null && reachedAt.isEmpty() && iteration % steps == 0;
  }

  @Override
  public void observe(RunLook look) {
    if (session == null) {
      note(look.iteration(), look.validationLoss());
    } else if (reachedAt.isEmpty()) {
      session.setParameters(look.parameters());
      note(look.iteration(), session.loss(train));
    }
  }

  @Override
  public void progress(RunProgress progress) {
    note(progress.iteration(), progress.validationLoss());
  }

  /** In steps; empty where it was never reached. */
  OptionalLong reachedAt() {
    return reachedAt;
  }

  private void note(long iteration, Double loss) {
    if (reachedAt.isEmpty() && loss != null && loss <= target) {
      reachedAt = OptionalLong.of(iteration);
    }
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
