package org.symbreak.cli;

import org.symbreak.problem.InputException;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a run trains, and when it stops early. */
@Heading("Budget")
final class BudgetOptions {
  @Mixin private StepOptions steps = new StepOptions();

  @Option(
      names = "--patience",
      paramLabel = "N",
      converter = Values.FromOne.class,
      description =
          "Epochs to wait for a better validation loss. Default: "
              + Defaults.FULL_BATCH_PATIENCE
              + " with the full batch, else "
              + Defaults.PATIENCE
              + ".")
  private Integer patience;

  @Option(names = "--no-early-stopping", description = "Train for all epochs.")
  private boolean fixed;

  /**
   * The budget that these options describe.
   *
   * @param fullBatchOnly whether the optimizer searches along lines over all rows
   */
  BudgetSpec spec(boolean fullBatchOnly) {
    Refusals faults = new Refusals();
    Integer epochs = faults.of(this::patience);
    BudgetSpec budget = faults.of(() -> steps.spec(fullBatchOnly, epochs));
    faults.refuse();
    return budget;
  }

  /** Epochs to wait; null for training for all of them. */
  private Integer patience() {
    if (fixed && patience != null) {
      throw InputException.of("--patience", "early stopping", "--no-early-stopping");
    }
    return fixed ? null : patience == null ? (Integer) BudgetSpec.AUTO : patience;
  }
}
