package org.symbreak.cli;

import org.symbreak.problem.InputException;
import org.symbreak.training.BudgetSpec;
import org.symbreak.training.Defaults;
import picocli.CommandLine.Option;

/**
 * How many steps, and on how many rows at a time. What is left open depends on the number of
 * training rows: few rows make an epoch one step.
 */
@Heading("Budget")
final class StepOptions {
  @Option(
      names = "--batch",
      paramLabel = "ROWS",
      converter = Values.Batch.class,
      description =
          "Rows a step; 'full' for all. Default: all up to "
              + Defaults.FULL_BATCH_ROWS
              + " training rows, else "
              + Defaults.BATCH_SIZE
              + ".")
  private Integer batch;

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

  @Option(
      names = "--class-weight",
      paramLabel = "balanced",
      description = "'balanced' weighs rows so that both classes count the same.")
  private ClassWeight classWeight = ClassWeight.none;

  /** What picocli lists as the values of the option. */
  enum ClassWeight {
    none,
    balanced
  }

  /**
   * The budget that these options describe.
   *
   * @param fullBatchOnly whether the optimizer searches along lines over all rows
   * @param patience epochs without a better validation loss that end a run; null for none
   */
  BudgetSpec spec(boolean fullBatchOnly, Integer patience) {
    if (fullBatchOnly && batch != null && batch != BudgetSpec.FULL_BATCH) {
      throw InputException.of(
          "--batch", "'full' with an optimizer that searches along lines", Integer.toString(batch));
    }
    return new BudgetSpec(
        epochs == null ? BudgetSpec.AUTO : epochs,
        batch == null ? BudgetSpec.AUTO : batch,
        patience != null,
        patience == null ? BudgetSpec.AUTO : patience,
        classWeight == ClassWeight.balanced);
  }
}
