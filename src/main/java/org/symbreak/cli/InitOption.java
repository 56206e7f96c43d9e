package org.symbreak.cli;

import org.symbreak.init.LayerInits;
import org.symbreak.setting.Defaults;
import picocli.CommandLine.Option;

/** Where the weights of one network begin. */
@Heading("Network")
final class InitOption {
  @Option(
      names = "--init",
      paramLabel = "INIT",
      defaultValue = Defaults.INIT,
      converter = Values.Init.class,
      completionCandidates = Values.InitNames.class,
      description =
          "Where weights begin: NAME[:PARAMETER], a layer at a time if need be, as in gaussian:0.01/zeros. Names: ${COMPLETION-CANDIDATES}; xavier is glorot, kaiming is he. Default: ${DEFAULT-VALUE}.")
  private LayerInits weights;

  LayerInits weights() {
    return weights;
  }
}
