package org.symbreak.model;

import java.nio.file.Path;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.symbreak.data.FittedPipeline;
import org.symbreak.guard.CheckedModel;
import org.symbreak.guard.SavedModelEntries;

/**
 * A model file, read and checked once, restored by Deeplearning4j, ours or anybody's. The
 * optimizer's state may be missing.
 *
 * @param saved what we know of it besides; empty for a zip of plain Deeplearning4j
 */
public record OpenedModel(
    Path file, CheckedModel checked, MultiLayerNetwork network, Optional<SavedModel> saved) {
  /**
   * @param checked a network of dense layers that the guard has let in
   * @throws org.symbreak.problem.InputException where our own entries of it are refused
   */
  public static OpenedModel of(Path file, CheckedModel checked) {
    boolean ours = checked.zip().names().contains(SavedModelEntries.MODEL);
    return new OpenedModel(
        file,
        checked,
        checked.restore(),
        ours ? Optional.of(SavedModel.of(checked)) : Optional.empty());
  }

  public int inputs() {
    return checked.configuration().inputs();
  }

  public Optional<FittedPipeline> pipeline() {
    return saved.map(SavedModel::pipeline);
  }

  /**
   * Smallest and largest value of each input over the training rows; null where that is not known.
   */
  public double[][] ranges() {
    return pipeline().map(FittedPipeline::ranges).orElse(null);
  }
}
