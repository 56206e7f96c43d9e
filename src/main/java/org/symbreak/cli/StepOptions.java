package org.symbreak.cli;

import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How many steps, and on how many rows at a time. What is left open depends on the number of
 * training rows: few rows make an epoch one step.
 */
@Heading("Budget")
final class StepOptions {
  @Mixin private BatchOption batch = new BatchOption();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Values.FromOne.class,
      description =
          "Passes over the training rows at the most. Default: "
              + Defaults.FULL_BATCH_EPOCHS
              + " with the full batch, else "
              + Defaults.EPOCHS
              + ".")
  private Integer epochs;

  @Mixin private ClassWeightOption classWeight = new ClassWeightOption();

  /**
   * The budget that these options describe.
   *
   * @param fullBatchOnly whether the optimizer searches along lines over all rows
   * @param patience epochs without a better validation loss that end a run; null for none
   */
  BudgetSpec spec(boolean fullBatchOnly, Integer patience) {
    return new BudgetSpec(
        epochs == null ? BudgetSpec.AUTO : epochs,
        batch.size(fullBatchOnly),
        patience != null,
        patience == null ? BudgetSpec.AUTO : patience,
        classWeight.isBalanced());
  }
}
