package org.symbreak.forecast;

import org.symbreak.engine.TrainingProblem;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseShape;
import org.symbreak.theory.MeanField;

/**
 * Where the layers between the first hidden one and the output stand between order and chaos, by
 * mean-field theory.
 *
 * @param weightVariance σ_w² of the last hidden layer's weights, as drawn
 * @param fixedVariance q*; null where variances grow for ever
 * @param growth χ₁, at q* or, without one, at the variance 1
 * @param depth ξ: layers in which gradients change by a factor of e, in the mean square
 * @param criticalWeightVariance σ_w² at which χ₁ is 1; null where there is none
 */
public record Phase(
    double weightVariance,
    Double fixedVariance,
    double growth,
    double depth,
    Double criticalWeightVariance) {
  /** How near to 1 χ₁ counts as critical. */
  private static final double NEAR = 0.02;

  /** Null with less than two hidden layers. */
  static Phase of(TrainingProblem problem, double[] start) {
    DenseShape shape = problem.network().shape(problem.rows().features());
    int layer = shape.hiddenLayers() - 1;
    if (layer < 1) {
      return null;
    }
    double weights = meanSquare(start, shape.weights(layer), shape.biases(layer));
    double biases = meanSquare(start, shape.biases(layer), shape.weights(layer + 1));
    Activation before = problem.network().activation(layer - 1);
    double variance = weights * shape.inputs(layer);
    MeanField field = new MeanField(before::value, before::slope, variance, biases);
    double q = field.fixedVariance();
    boolean fixed = Double.isFinite(q);
    double at = fixed ? Math.max(q, 1e-14) : 1;
    var critical = MeanField.criticalWeightVariance(before::value, before::slope, biases);
    return new Phase(
        variance,
        fixed ? q : null,
        field.growth(at),
        field.gradientDepth(at),
        critical.isPresent() ? critical.getAsDouble() : null);
  }

  /** In a word. */
  public String name() {
    return Math.abs(growth - 1) < NEAR ? "critical" : growth < 1 ? "ordered" : "chaotic";
  }

  private static double meanSquare(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i] * values[i];
    }
    return sum / (to - from);
  }
}
