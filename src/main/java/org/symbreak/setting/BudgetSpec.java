package org.symbreak.setting;

/**
 * How long a run trains, on how many rows at a time, and when it stops early. {@link #AUTO} numbers
 * follow from the data, see {@link Defaults}.
 *
 * @param epochs passes over the training rows at the most, from 1; or AUTO
 * @param batchSize rows a step, from 1; {@link #FULL_BATCH} for all of them; or AUTO
 * @param earlyStopping whether a validation loss that no longer falls ends the run
 * @param patience how many epochs without a better validation loss are waited for, from 1; or AUTO
 * @param balancedClasses whether rows are weighted so that both classes count the same
 * @param members networks, from 1, that are made one; more than one share the rows that are not
 *     tested on in as many folds, each holding out one of them
 */
public record BudgetSpec(
    int epochs,
    int batchSize,
    boolean earlyStopping,
    int patience,
    boolean balancedClasses,
    int members) {
  public static final int FULL_BATCH = Integer.MAX_VALUE;

  /** To be decided once the data are known. */
  public static final int AUTO = 0;

  public BudgetSpec {
    requireFromOne("epochs", epochs);
    requireFromOne("batchSize", batchSize);
    requireFromOne("patience", patience);
    if (members < 1) {
      throw new IllegalArgumentException("members must be from 1, found " + members);
    }
  }

  /** Of one network. */
  public BudgetSpec(
      int epochs, int batchSize, boolean earlyStopping, int patience, boolean balancedClasses) {
    this(epochs, batchSize, earlyStopping, patience, balancedClasses, 1);
  }

  /** The same of this many networks. */
  public BudgetSpec withMembers(int other) {
    return new BudgetSpec(epochs, batchSize, earlyStopping, patience, balancedClasses, other);
  }

  /** The same with other passes over the training rows. */
  public BudgetSpec withEpochs(int other) {
    return new BudgetSpec(other, batchSize, earlyStopping, patience, balancedClasses);
  }

  private static void requireFromOne(String name, int value) {
    if (value < 1 && value != AUTO) {
      throw new IllegalArgumentException(name + " must be from 1, found " + value);
    }
  }
}
