package org.symbreak.engine.cluster;

import java.util.Locale;
import java.util.Optional;
import org.symbreak.engine.Engine;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.engine.fused.FusedEngine;
import org.symbreak.engine.fused.FusedNetwork;

/**
 * The fused engine with its rows on other machines: the same name, as it gives the same bits, and a
 * run may go on with either. To be closed; its sessions one after the other.
 */
public final class ClusterEngine implements Engine, AutoCloseable {
  private final Coordinator coordinator;
  private final String machines;
  private final Runnable onClose;

  /**
   * @param machines what holds the rows, in a few words
   * @param onClose lets them go
   */
  public ClusterEngine(Coordinator coordinator, String machines, Runnable onClose) {
    this.coordinator = coordinator;
    this.machines = machines;
    this.onClose = onClose;
  }

  @Override
  public String name() {
    return new FusedEngine().name();
  }

  @Override
  public Optional<String> refuses(TrainingProblem problem) {
    return problem.stepsPerEpoch() == 1
        ? Optional.empty()
        : Optional.of(
            ("a step on %d of %d rows is over before its weights have gone "
                    + "round a cluster, which takes steps on all rows: add --batch full "
                    + "or --optimizer lbfgs")
                .formatted(problem.batchSize(), problem.rows().rows()));
  }

  @Override
  public String backend(TrainingProblem problem) {
    return "%s, %s, %s"
        .formatted(
            FusedNetwork.arithmetic(),
            machines,
            problem.network().precision().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public TrainingSession open(TrainingProblem problem, double[] parameters) {
    return FusedEngine.open(problem, parameters, coordinator);
  }

  /** What steps took until now. */
  public HolderEfforts efforts() {
    return coordinator.efforts();
  }

  @Override
  public void close() {
    coordinator.close();
    onClose.run();
  }
}
