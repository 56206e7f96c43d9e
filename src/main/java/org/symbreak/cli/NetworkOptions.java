package org.symbreak.cli;

import org.symbreak.init.LayerInits;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What is trained, but for where its weights begin: verbs that compare initializations take more
 * than one.
 */
@Heading("Network")
final class NetworkOptions {
  @Mixin private LayerOptions layers = new LayerOptions();

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      defaultValue = "float",
      converter = Values.Type.class,
      description = "float or double. Default: ${DEFAULT-VALUE}.")
  private Precision precision;

  /** The network that these options describe, with weights that begin there. */
  NetworkSpec spec(LayerInits weights) {
    return layers.spec(weights, precision);
  }
}
