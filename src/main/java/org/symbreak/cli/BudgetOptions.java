package org.symbreak.cli;

import org.symbreak.problem.InputException;
import org.symbreak.training.BudgetSpec;
import picocli.CommandLine.Option;

/**
 * How long a run trains, and on how many rows at a time. What is left open depends on the number of
 * training rows: few rows make an epoch one step.
 */
@Heading("Budget")
final class BudgetOptions {
  /** Up to this many training rows an epoch is one step on all of them. */
  private static final int MOST_ROWS_IN_FULL_BATCH = 2000;

  private static final int BATCH = 128;

  @Option(
      names = "--batch",
      paramLabel = "ROWS",
      converter = Values.Batch.class,
      description =
          "Rows a step; 'full' for all. Default: all up to "
              + MOST_ROWS_IN_FULL_BATCH
              + " training rows, else "
              + BATCH
              + ".")
  private Integer batch;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Values.FromOne.class,
      description =
          "Passes over the training rows at the most. Default: 2000 with the full batch, else 200.")
  private Integer epochs;

  @Option(
      names = "--patience",
      paramLabel = "N",
      converter = Values.FromOne.class,
      description =
          "Epochs to wait for a better validation loss. Default: 100 with the full batch, else 10.")
  private Integer patience;

  @Option(names = "--no-early-stopping", description = "Train for all epochs.")
  private boolean fixed;

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
   * @param trainingRows how many there are, from 1
   * @param fullBatchOnly whether the optimizer searches along lines over all rows
   */
  BudgetSpec spec(int trainingRows, boolean fullBatchOnly) {
    if (fullBatchOnly && batch != null && batch < trainingRows) {
      throw InputException.of(
          "--batch", "'full' with an optimizer that searches along lines", Integer.toString(batch));
    }
    if (fixed && patience != null) {
      throw InputException.of("--patience", "early stopping", "--no-early-stopping");
    }
    boolean full =
        batch == null
            ? fullBatchOnly || trainingRows <= MOST_ROWS_IN_FULL_BATCH
            : batch >= trainingRows;
    return new BudgetSpec(
        epochs != null ? epochs : full ? 2000 : 200,
        full ? BudgetSpec.FULL_BATCH : batch != null ? batch : BATCH,
        !fixed,
        patience != null ? patience : full ? 100 : 10,
        classWeight == ClassWeight.balanced);
  }
}
