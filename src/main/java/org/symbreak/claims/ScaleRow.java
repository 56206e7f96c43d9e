package org.symbreak.claims;

import java.util.Locale;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.SigmoidCrossEntropy;

/**
 * One scale of initial weights, measured at step 0 and by how long it takes to learn.
 *
 * @param scale standard deviation of the scaled weights
 * @param saturated share of the hidden activations that lie where the function is flat
 * @param slope mean slope of the hidden units, as a share of the steepest
 * @param gradientNorm of the first layer, weights and biases
 * @param outputSaturated share of the rows whose output lies where the sigmoid is flat
 * @param loss at the start
 * @param steps of plain gradient descent to the target loss; null where it was not reached
 */
record ScaleRow(
    double scale,
    double saturated,
    double slope,
    double gradientNorm,
    double outputSaturated,
    double loss,
    Integer steps) {
  static final double[] SCALES = {1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100, 1000};

  /**
   * @param weights {@code gaussian:%s/glorot}: the scale goes in
   */
  static ScaleRow measure(
      ClaimData data,
      Activation activation,
      String weights,
      double scale,
      double target,
      int most) {
    NetworkSpec network =
        ClaimData.network(
            1,
            data.hidden(),
            activation,
            String.format(Locale.ROOT, weights, text(scale)),
            "zeros");
    double[] start = data.start(network);
    HiddenUnits units = HiddenUnits.of(data, network, start);
    double steepest = activation == Activation.SIGMOID ? 0.25 : 1;
    return new ScaleRow(
        scale,
        units.saturated(0, data.x()),
        units.meanSlope(0, data.x()) / steepest,
        firstLayerNorm(data, network, start),
        units.saturated(1, data.x()),
        data.loss(network, start),
        new Descent(data, network, Descent.PLAIN, start).stepsTo(target, most));
  }

  static String text(double scale) {
    return String.format(Locale.ROOT, "%s", scale);
  }

  private static double firstLayerNorm(ClaimData data, NetworkSpec network, double[] parameters) {
    DenseShape shape = network.shape(data.features());
    double[] gradient = new double[parameters.length];
    new DenseNetwork(shape, network.activations(), parameters)
        .lossAndGradient(data.x(), data.y(), new SigmoidCrossEntropy(), 0, gradient);
    double squares = 0;
    for (int i = 0; i < shape.weights(1); i++) {
      squares += gradient[i] * gradient[i];
    }
    return Math.sqrt(squares);
  }

  /**
   * Half way from the loss of a constant prediction to what a well-scaled network of the same size
   * comes to.
   */
  static double target(ClaimData data, int steps) {
    NetworkSpec network = ClaimData.network(1, data.hidden(), Activation.TANH, "glorot", "zeros");
    return (data.constantLoss()
            + data.loss(network, Descent.of(data, network, Descent.FAST).after(steps)))
        / 2;
  }
}
