package org.symbreak.engine.dl4j;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.symbreak.network.SigmoidCrossEntropy;

/**
 * Cross-entropy of rows that count differently. A label is its row's weight, below 0 where the row
 * is of class 0: a mask of such numbers would not do, since Deeplearning4j multiplies the output's
 * sums by it, too.
 *
 * @param ofRow what is weighted
 */
record CaseWeightedLoss(SigmoidCrossEntropy ofRow) implements ILossFunction {
  /** A row's label. */
  static double label(int label, double weight) {
    return label == 1 ? weight : -weight;
  }

  private static INDArray classes(INDArray labels) {
    return labels.gt(0).castTo(labels.dataType());
  }

  private static INDArray weights(INDArray labels, INDArray as) {
    return Transforms.abs(labels.castTo(as.dataType()), true);
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    double[] losses = numbers(computeScoreArray(labels, preOutput, activation, mask));
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return average ? sum / losses.length : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray losses = ofRow.computeScoreArray(classes(labels), preOutput, activation, mask);
    return losses.mul(weights(labels, losses));
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray gradient = ofRow.computeGradient(classes(labels), preOutput, activation, mask);
    return gradient.muli(weights(labels, gradient));
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public String name() {
    return toString();
  }

  private static double[] numbers(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
