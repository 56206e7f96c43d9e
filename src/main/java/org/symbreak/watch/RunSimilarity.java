package org.symbreak.watch;

import java.util.Arrays;
import java.util.function.Consumer;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.network.DenseShape;

/**
 * Watches how alike the hidden units are in a run of our own engines, as {@link
 * HiddenUnitSimilarityListener} does in any program; never touches ND4J.
 */
public final class RunSimilarity implements RunObserver {
  private final HiddenUnitProbe probe;
  private final LookSchedule schedule;
  private final SimilarityFeed feed = new SimilarityFeed();

  /**
   * @param problem what is trained, on whose rows activations are measured: see {@link
   *     HiddenUnitProbe#of}
   * @param schedule when to look; null for as often as is affordable
   */
  public RunSimilarity(TrainingProblem problem, LookSchedule schedule) {
    probe = HiddenUnitProbe.of(problem.network(), problem.rows());
    DenseShape shape = problem.network().shape(problem.rows().features());
    int batch = Math.min(problem.batchSize(), problem.rows().rows());
    this.schedule =
        schedule == null ? LookSchedule.affordable(shape, batch, probe.rows()) : schedule;
  }

  /**
   * Hands each record to a subscriber, on the training thread.
   *
   * @return this
   */
  public RunSimilarity subscribe(Consumer<SimilarityRecord> subscriber) {
    feed.subscribe(subscriber);
    return this;
  }

  @Override
  public boolean looksAt(long iteration) {
    return schedule.looksAt(iteration);
  }

  @Override
  public void observe(RunLook look) {
    feed.publish(
        new SimilarityRecord(
            look.iteration(),
            look.epoch(),
            SimilarityRecord.finite(look.loss()),
            look.validationLoss() == null ? null : SimilarityRecord.finite(look.validationLoss()),
            probe.measure(look.shape(), look.parameters()),
            Arrays.stream(look.gradientNorms()).mapToObj(SimilarityRecord::finite).toList(),
            look.last()));
  }
}
