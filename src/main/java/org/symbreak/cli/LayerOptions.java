package org.symbreak.cli;

import org.symbreak.init.LayerInits;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.setting.Defaults;
import picocli.CommandLine.Option;

/**
 * What a network is made of, but for where its weights begin and the numbers that it computes in.
 */
@Heading("Network")
final class LayerOptions {
  @Option(
      names = "--hidden",
      paramLabel = "UNITS",
      defaultValue = Defaults.HIDDEN,
      converter = Values.Hidden.class,
      description =
          "Units of each hidden layer, as in 16 or 16/8; 'none' for logistic regression. Default: ${DEFAULT-VALUE}.")
  private Values.Layers<Integer> hidden;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = Defaults.ACTIVATION,
      converter = Values.Activations.class,
      description =
          "Of the hidden units, a layer at a time if need be: sigmoid, tanh, relu, leakyrelu, elu, softplus, identity. Default: ${DEFAULT-VALUE}.")
  private Values.Layers<Activation> activations;

  @Option(
      names = "--bias-init",
      paramLabel = "INIT",
      defaultValue = Defaults.BIAS_INIT,
      converter = Values.BiasInit.class,
      description = "Where biases begin; as --init. Default: ${DEFAULT-VALUE}.")
  private LayerInits biases;

  @Option(
      names = "--l2",
      paramLabel = "LAMBDA",
      converter = Values.FromZero.class,
      description =
          "Penalty 1/2 LAMBDA |W|^2 on weights. Default: "
              + Defaults.L2_TIMES_ROWS
              + " / training rows; 0 below 10 rows.")
  private double l2 = Defaults.L2;

  /** The network that these options describe, with weights that begin there. */
  NetworkSpec spec(LayerInits weights, Precision precision) {
    return new NetworkSpec(hidden.each(), activations.each(), weights, biases, l2, precision);
  }
}
