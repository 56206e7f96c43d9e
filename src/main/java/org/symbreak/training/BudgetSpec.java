package org.symbreak.training;

/**
 * How long a run trains, on how many rows at a time, and when it stops early.
 *
 * @param epochs passes over the training rows at the most, from 1
 * @param batchSize rows a step, from 1; {@link #FULL_BATCH} for all of them
 * @param earlyStopping whether a validation loss that no longer falls ends the run
 * @param patience how many epochs without a better validation loss are waited for, from 1
 * @param balancedClasses whether rows are weighted so that both classes count the same
 */
public record BudgetSpec(
    int epochs, int batchSize, boolean earlyStopping, int patience, boolean balancedClasses) {
  public static final int FULL_BATCH = Integer.MAX_VALUE;

  public BudgetSpec {
    requireFromOne("epochs", epochs);
    requireFromOne("batchSize", batchSize);
    requireFromOne("patience", patience);
  }

  private static void requireFromOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be from 1, found " + value);
    }
  }
}
