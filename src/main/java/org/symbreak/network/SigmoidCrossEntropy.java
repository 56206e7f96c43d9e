package org.symbreak.network;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cross-entropy of sigmoid outputs, for Deeplearning4j: w (max(z, 0) − z y + log(1 + e^−|z|)),
 * summed over outputs, with the gradient w (a − y) with respect to z (a = σ(z), y the label, w the
 * weight of its class). Neither divides by a (1 − a), as {@code LossBinaryXENT} does, whose
 * gradient is 0 where a saturated output is wrong. Usable in any Deeplearning4j program: {@code new
 * OutputLayer.Builder(new SigmoidCrossEntropy()).activation(Activation.SIGMOID)}.
 *
 * @param weightOfZero weight of a label of 0, from 0
 * @param weightOfOne weight of a label of 1, from 0; a label in between is weighted in between
 */
public record SigmoidCrossEntropy(
    @JsonProperty("weightOfZero") double weightOfZero,
    @JsonProperty("weightOfOne") double weightOfOne)
    implements ILossFunction {
  public SigmoidCrossEntropy {
    requireWeight("weightOfZero", weightOfZero);
    requireWeight("weightOfOne", weightOfOne);
  }

  /** Both classes weigh 1. */
  public SigmoidCrossEntropy() {
    this(1, 1);
  }

  /** Loss of one row: log(1 + e^z) − z y without overflow, not weighted. */
  public static double loss(double z, double y) {
    return Math.max(z, 0) - z * y + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
  }

  /** Weight of a row with this label. */
  public double weight(double y) {
    return weightOfZero + y * (weightOfOne - weightOfZero);
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    double sum = 0;
    for (double loss : losses(labels, preOutput, activation, mask)) {
      sum += loss;
    }
    return average ? sum / preOutput.rows() : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return Nd4j.createFromArray(losses(labels, preOutput, activation, mask))
        .reshape('c', preOutput.rows(), preOutput.columns())
        .castTo(preOutput.dataType())
        .sum(true, 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    requireSigmoid(labels, preOutput, activation);
    INDArray y = labels.castTo(preOutput.dataType());
    INDArray gradient = activation.getActivation(preOutput.dup(), true).subi(y);
    if (weightOfZero != 1 || weightOfOne != 1) {
      gradient.muli(y.mul(weightOfOne - weightOfZero).addi(weightOfZero));
    }
    return mask == null ? gradient : gradient.muliColumnVector(column(mask, preOutput));
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

  /** Row after row, weighted, masked. */
  private double[] losses(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    requireSigmoid(labels, preOutput, activation);
    double[] z = numbers(preOutput);
    double[] y = numbers(labels);
    double[] kept = mask == null ? null : numbers(column(mask, preOutput));
    int outputs = preOutput.columns();
    for (int i = 0; i < z.length; i++) {
      z[i] = weight(y[i]) * loss(z[i], y[i]) * (kept == null ? 1 : kept[i / outputs]);
    }
    return z;
  }

  /** Row after row; toDoubleMatrix would make an array of each row first. */
  private static double[] numbers(INDArray matrix) {
    return matrix.dup('c').data().asDouble();
  }

  private static INDArray column(INDArray mask, INDArray preOutput) {
    return mask.castTo(preOutput.dataType()).reshape(preOutput.rows(), 1);
  }

  private static void requireSigmoid(INDArray labels, INDArray preOutput, IActivation activation) {
    if (!(activation instanceof ActivationSigmoid)) {
      throw new IllegalArgumentException(
          "SigmoidCrossEntropy needs a sigmoid output, found " + activation);
    }
    if (!labels.equalShapes(preOutput)) {
      throw new IllegalArgumentException(
          "labels and outputs must have the same shape, found "
              + labels.shapeInfoToString()
              + " and "
              + preOutput.shapeInfoToString());
    }
  }

  private static void requireWeight(String name, double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be from 0 and finite, found " + weight);
    }
  }
}
