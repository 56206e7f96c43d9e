package org.symbreak.cli;

import java.nio.file.Path;
import org.symbreak.training.OptimizerSpec;
import org.symbreak.training.RunSpec;
import picocli.CommandLine.Mixin;

/** Everything that describes one run, but for the file: for the verbs that train one network. */
final class RunOptions {
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private NetworkOptions network = new NetworkOptions();
  @Mixin private InitOption init = new InitOption();
  @Mixin private ThresholdOption threshold = new ThresholdOption();
  @Mixin private OptimizerOptions optimizer = new OptimizerOptions();
  @Mixin private BudgetOptions budget = new BudgetOptions();
  @Mixin private MachineOptions machine = new MachineOptions();

  /** The run on this file. */
  RunSpec spec(Path file) {
    OptimizerSpec optimizerSpec = optimizer.spec();
    return new RunSpec(
        data.spec(file),
        network.spec(init.weights()),
        optimizerSpec,
        budget.spec(optimizerSpec.kind().isLineSearch()),
        threshold.threshold(),
        machine.seed(),
        machine.engine(),
        machine.threads());
  }
}
