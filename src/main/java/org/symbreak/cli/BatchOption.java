package org.symbreak.cli;

import org.symbreak.problem.InputException;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import picocli.CommandLine.Option;

/** On how many rows at a time a step is taken. */
@Heading("Budget")
final class BatchOption {
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

  /**
   * Rows a step, or AUTO.
   *
   * @param fullBatchOnly whether the optimizer searches along lines over all rows
   */
  int size(boolean fullBatchOnly) {
    if (fullBatchOnly && batch != null && batch != BudgetSpec.FULL_BATCH) {
      throw InputException.of(
          "--batch", "'full' with an optimizer that searches along lines", Integer.toString(batch));
    }
    return batch == null ? BudgetSpec.AUTO : batch;
  }
}
