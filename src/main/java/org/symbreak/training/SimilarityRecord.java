package org.symbreak.training;

import java.util.List;
import org.symbreak.symmetry.LayerSymmetry;

/**
 * How alike the hidden units are at one moment of a training.
 *
 * @param iteration steps taken, from 0
 * @param epoch passes over the training rows that are complete, from 0
 * @param loss of the last step's batch before that step; null where it is not known yet
 * @param validationLoss the last that was computed; null without any
 * @param layers the hidden layers, first to last
 * @param gradientNorms Euclidean norm of the last step's gradient, a layer each, output last; empty
 *     before the first step
 * @param last whether the run ends here; always false in a Deeplearning4j program, which does not
 *     say
 */
public record SimilarityRecord(
    long iteration,
    long epoch,
    Double loss,
    Double validationLoss,
    List<LayerSymmetry> layers,
    List<Double> gradientNorms,
    boolean last) {
  public SimilarityRecord {
    layers = List.copyOf(layers);
    gradientNorms = List.copyOf(gradientNorms);
  }
}
