package org.symbreak.cli;

import java.nio.file.Path;
import org.symbreak.data.DataSpec;
import org.symbreak.network.NetworkSpec;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.OptimizerSpec;
import org.symbreak.setting.RunSpec;
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
    Refusals faults = new Refusals();
    DataSpec dataSpec = faults.of(() -> data.spec(file));
    NetworkSpec networkSpec = faults.of(() -> network.spec(init.weights()));
    OptimizerSpec optimizerSpec = faults.of(optimizer::spec);
    BudgetSpec budgetSpec = faults.of(() -> budget.spec(optimizer.isLineSearch()));
    faults.refuse(data.files(file));
    return new RunSpec(
        dataSpec,
        networkSpec,
        optimizerSpec,
        budgetSpec,
        threshold.threshold(),
        machine.seed(),
        machine.engine(),
        machine.threads());
  }
}
