package org.symbreak.claims;

import java.util.Locale;
import org.symbreak.network.Activation;
import org.symbreak.network.DenseNetwork;
import org.symbreak.network.DenseShape;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.SigmoidCrossEntropy;

/**
 * One scale of the hidden layer's weights at step 0. The output's start stays, since with both
 * scaled the first layer's gradient grows with the output's weights and hides what the hidden units
 * do.
 *
 * @param scale standard deviation of the hidden layer's weights
 * @param saturated share of the hidden activations that lie where the function is flat
 * @param slope mean slope of the hidden units, as a share of the steepest
 * @param gradientNorm of the first layer, weights and biases
 * @param outputSaturated share of the rows whose output lies where the sigmoid is flat
 * @param loss at the start
 */
record ScaleRow(
    double scale,
    double saturated,
    double slope,
    double gradientNorm,
    double outputSaturated,
    double loss) {
  static final double[] SCALES = {1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100, 1000};

  /** A network of one hidden layer that begins at this scale, the output from Glorot's. */
  static NetworkSpec network(ClaimData data, Activation activation, double scale) {
    return ClaimData.network(
        1,
        data.hidden(),
        activation,
        String.format(Locale.ROOT, "gaussian:%s/glorot", scale),
        "zeros");
  }

  static ScaleRow measure(ClaimData data, Activation activation, double scale) {
    NetworkSpec network = network(data, activation, scale);
    double[] start = data.start(network);
    HiddenUnits units = HiddenUnits.of(data, network, start);
    double steepest = activation == Activation.SIGMOID ? 0.25 : 1;
    return new ScaleRow(
        scale,
        units.saturated(0, data.x()),
        units.meanSlope(0, data.x()) / steepest,
        firstLayerNorm(data, network, start),
        units.saturated(1, data.x()),
        data.loss(network, start));
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
}
