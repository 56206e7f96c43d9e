package org.symbreak.model;

import java.util.Arrays;
import org.symbreak.network.DenseShape;

/**
 * A line through log odds that makes probabilities right: log odds · slope + intercept, fitted by
 * maximum likelihood to the labels of rows, of which a positive one counts as (N₊ + 1) / (N₊ + 2)
 * and a negative one as 1 / (N₋ + 2) (J. Platt, Probabilistic outputs for support vector machines,
 * 1999). The slope is held within [{@value #FLATTEST}, {@value #STEEPEST}]; where it would leave
 * them, the intercept is fitted beside the end.
 *
 * @param slope by which the output's weights and bias are multiplied
 * @param intercept that is added to the bias then
 */
public record LogitLine(double slope, double intercept) {
  public static final double FLATTEST = 0.1;
  public static final double STEEPEST = 10;

  private static final int MOST_STEPS = 100;
  private static final double ENOUGH = 1e-12;

  /**
   * @param predictions of rows of both classes
   */
  public static LogitLine of(RowPredictions predictions) {
    double[] logits = Evaluation.logits(predictions.probabilities());
    RowCounts counts = predictions.counts();
    double[] targets = targets(predictions.labels(), counts);
    CalibrationLine free = CalibrationLine.of(logits, targets, counts);
    double slope = free == null ? 1 : Math.max(FLATTEST, Math.min(STEEPEST, free.slope()));
    boolean isFree = free != null && slope == free.slope();
    return new LogitLine(
        slope, isFree ? free.intercept() : intercept(logits, targets, counts, slope));
  }

  private static double[] targets(int[] labels, RowCounts counts) {
    double[] weight = new double[2];
    for (int i = 0; i < labels.length; i++) {
      weight[labels[i]] += counts.weight(i);
    }
    double positive = (weight[1] + 1) / (weight[1] + 2);
    double negative = 1 / (weight[0] + 2);
    return Arrays.stream(labels).mapToDouble(label -> label == 1 ? positive : negative).toArray();
  }

  /** The likeliest beside a slope, by halving where Newton's steps are too long. */
  private static double intercept(
      double[] logits, double[] targets, RowCounts counts, double slope) {
    double low = -1e3;
    double high = 1e3;
    double at = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      double up = 0;
      double curvature = 0;
      for (int i = 0; i < logits.length; i++) {
        double p = 1 / (1 + StrictMath.exp(-(at + slope * logits[i])));
        up += counts.weight(i) * (targets[i] - p);
        curvature += counts.weight(i) * (p * (1 - p));
      }
      if (up > 0) {
        low = at;
      } else {
        high = at;
      }
      double next = at + up / curvature;
      next = next > low && next < high ? next : (low + high) / 2;
      if (Math.abs(next - at) < ENOUGH * (1 + Math.abs(at))) {
        return next;
      }
      at = next;
    }
    return at;
  }

  /** Whether the slope was held at an end. */
  public boolean isHeld() {
    return slope == FLATTEST || slope == STEEPEST;
  }

  /**
   * The parameters of the same network with these log odds.
   *
   * @param parameters flat vector in the shape's order, which stays as it is
   */
  public double[] folded(DenseShape shape, double[] parameters) {
    double[] folded = parameters.clone();
    int output = shape.layers() - 1;
    for (int i = shape.weights(output); i <= shape.biases(output); i++) {
      folded[i] *= slope;
    }
    folded[shape.biases(output)] += intercept;
    return folded;
  }
}
