package org.symbreak.watch;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches how alike the hidden units are while a network is trained. In any Deeplearning4j program
 * that trains a {@link MultiLayerNetwork} or a {@link ComputationGraph}, one line is enough:
 *
 * <pre>{@code network.setListeners(new HiddenUnitSimilarityListener());}</pre>
 *
 * <p>Layers of other kinds than dense ones are passed over, but counted. Of a graph with several
 * inputs, activations are measured on those of the last batch.
 *
 * <p>At each look it logs a line at level INFO to the logger of this class's name, and hands a
 * {@link SimilarityRecord} to whoever {@linkplain #subscribe subscribes}. Activations are measured
 * on a probe: rows given once, or else those of the last batch. It looks after every iteration
 * unless {@link #every} says otherwise. It holds no network. Not thread safe: one listener a
 * network.
 */
public final class HiddenUnitSimilarityListener extends BaseTrainingListener {
  private static final Logger LOG = LoggerFactory.getLogger(HiddenUnitSimilarityListener.class);

  private final INDArray givenProbe;
  private final SimilarityFeed feed = new SimilarityFeed();
  private LookSchedule schedule = LookSchedule.EVERY_ITERATION;
  private INDArray lastBatch;
  private INDArray[] lastGraphBatch;
  private List<Double> gradientNorms = List.of();
  private boolean modelNamed;

  /**
   * Measures activations on the inputs of the last batch, the first {@value
   * HiddenUnitProbe#MOST_ROWS} rows of it.
   */
  public HiddenUnitSimilarityListener() {
    this.givenProbe = null;
  }

  /**
   * @param probe inputs on which activations are measured, rows first; a copy is kept of the first
   *     {@value HiddenUnitProbe#MOST_ROWS} rows
   */
  public HiddenUnitSimilarityListener(INDArray probe) {
    this.givenProbe = firstRows(probe);
  }

  /**
   * Looks after every k-th iteration only.
   *
   * @param k from 1
   * @return this
   */
  public HiddenUnitSimilarityListener every(int k) {
    schedule = new LookSchedule(k);
    return this;
  }

  /**
   * Hands each record to a subscriber, on the training thread, in the order of subscription; what a
   * subscriber throws ends the training.
   *
   * @return this
   */
  public HiddenUnitSimilarityListener subscribe(Consumer<SimilarityRecord> subscriber) {
    feed.subscribe(subscriber);
    return this;
  }

  /** Whether it looks at every iteration. */
  public boolean everyIteration() {
    return schedule.every() == 1;
  }

  private boolean looksAt(long iteration) {
    return schedule.looksAt(iteration);
  }

  /** Keeps the batch's inputs where there is no probe: after the iteration they may be gone. */
  @Override
  public void onForwardPass(Model model, List<INDArray> activations) {
    if (givenProbe == null
        && model instanceof MultiLayerNetwork network
        && looksAt(network.getIterationCount() + 1L)) {
      lastBatch = firstRows(activations.get(0));
    }
  }

  /** The same for a graph. */
  @Override
  public void onForwardPass(Model model, Map<String, INDArray> activations) {
    if (givenProbe == null
        && model instanceof ComputationGraph graph
        && looksAt(iteration(graph) + 1L)) {
      lastGraphBatch =
          graph.getConfiguration().getNetworkInputs().stream()
              .map(input -> firstRows(activations.get(input)))
              .toArray(INDArray[]::new);
    }
  }

  private static int iteration(ComputationGraph graph) {
    return graph.getConfiguration().getIterationCount();
  }

  @Override
  public void onGradientCalculation(Model model) {
    if (model instanceof MultiLayerNetwork network && looksAt(network.getIterationCount() + 1L)) {
      gradientNorms = Dl4jHiddenUnits.gradientNorms(network);
    }
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    if (model instanceof ComputationGraph graph) {
      graphDone(graph, iteration, epoch);
    } else if (!(model instanceof MultiLayerNetwork network)) {
      name(
          () ->
              LOG.warn(
                  "Hidden units are measured in a MultiLayerNetwork or a ComputationGraph only, not"
                      + " in a {}",
                  model.getClass().getSimpleName()));
    } else if (looksAt(iteration + 1L)) {
      INDArray probe = givenProbe == null ? lastBatch : givenProbe;
      feed.publish(
          new SimilarityRecord(
              iteration + 1L,
              epoch,
              SimilarityRecord.finite(network.score()),
              null,
              Dl4jHiddenUnits.measure(network, probe),
              gradientNorms,
              false));
      lastBatch = null;
      gradientNorms = List.of();
    }
  }

  private void graphDone(ComputationGraph graph, int iteration, int epoch) {
    name(() -> LOG.info(Dl4jHiddenUnits.names(graph)));
    if (looksAt(iteration + 1L)) {
      INDArray[] probe = givenProbe == null ? lastGraphBatch : new INDArray[] {givenProbe};
      feed.publish(
          new SimilarityRecord(
              iteration + 1L,
              epoch,
              SimilarityRecord.finite(graph.score()),
              null,
              Dl4jHiddenUnits.measure(graph, probe),
              List.of(),
              false));
      lastGraphBatch = null;
    }
  }

  /** Says something once. */
  private void name(Runnable sentence) {
    if (!modelNamed) {
      sentence.run();
      modelNamed = true;
    }
  }

  private static INDArray firstRows(INDArray inputs) {
    INDArray rows =
        inputs.size(0) <= HiddenUnitProbe.MOST_ROWS
            ? inputs
            : inputs.get(NDArrayIndex.interval(0, HiddenUnitProbe.MOST_ROWS));
    return rows.unsafeDuplication().detach();
  }
}
