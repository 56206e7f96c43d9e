package org.symbreak.training;

import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.symbreak.data.EncodedRows;
import org.symbreak.network.NetworkSpec;

/**
 * Watches how alike the hidden units are while a network is trained, in any Deeplearning4j program
 * with one line, {@code network.setListeners(new HiddenUnitSimilarityListener())}, and in our own
 * runs.
 */
public final class HiddenUnitSimilarityListener extends BaseTrainingListener
    implements RunObserver {
  /** Measures activations on the inputs of the last batch. */
  public HiddenUnitSimilarityListener() {}

  /**
   * @param probe inputs on which activations are measured, rows first; copied
   */
  public HiddenUnitSimilarityListener(INDArray probe) {}

  /**
   * For a run of our own engines; never touches ND4J.
   *
   * @param network what is trained
   * @param probe rows on which activations are measured; the first few hundred, evenly spread, are
   *     taken
   */
  public static HiddenUnitSimilarityListener forRun(
      NetworkSpec network, EncodedRows probe, LookSchedule schedule) {
    throw new UnsupportedOperationException();
  }

  /** Looks at every k-th iteration only. */
  public HiddenUnitSimilarityListener every(int k) {
    return this;
  }

  /** Hands each record to a subscriber, on the training thread, in the order of subscription. */
  public HiddenUnitSimilarityListener subscribe(Consumer<SimilarityRecord> subscriber) {
    return this;
  }

  /** Whether it looks at every iteration. */
  public boolean everyIteration() {
    return false;
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {}

  @Override
  public boolean looksAt(long iteration) {
    return false;
  }

  @Override
  public void observe(RunLook look) {}
}
