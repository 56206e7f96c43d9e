package org.symbreak.cli;

import java.nio.file.Path;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.network.NetworkSpec;
import org.symbreak.training.BudgetSpec;
import org.symbreak.training.OptimizerSpec;
import org.symbreak.training.RunSpec;
import picocli.CommandLine.Mixin;

/** Everything that describes one run, but for the file: for the verbs that train one network. */
final class RunOptions {
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private NetworkOptions network = new NetworkOptions();
  @Mixin private InitOption init = new InitOption();
  @Mixin private OptimizerOptions optimizer = new OptimizerOptions();
  @Mixin private BudgetOptions budget = new BudgetOptions();
  @Mixin private MachineOptions machine = new MachineOptions();
  @Mixin private ThresholdOption threshold = new ThresholdOption();

  /**
   * The data of the run, which are to be opened before the run can be described: what the budget
   * leaves open depends on the number of rows.
   */
  DataSpec dataSpec(Path file) {
    return data.spec(file);
  }

  MachineOptions machine() {
    return machine;
  }

  /** The run on these data. */
  RunSpec spec(DataSpec dataSpec, Dataset rows) {
    OptimizerSpec optimizerSpec = optimizer.spec();
    NetworkSpec networkSpec = network.spec(init.weights());
    BudgetSpec budgetSpec = budget.spec(rows.train().rows(), optimizerSpec.kind().isLineSearch());
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
