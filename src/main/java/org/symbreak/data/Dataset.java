package org.symbreak.data;

import java.util.List;

/**
 * A file's rows as numbers, in three parts. Large ones live in a temporary file that is mapped into
 * memory and goes away on closing.
 */
public final class Dataset implements AutoCloseable {
  Dataset() {}

  /**
   * Reads, splits, fits and encodes.
   *
   * @param spec what and how
   * @param seed of the split
   * @throws org.symbreak.problem.InputException where the data have faults, all of them up to a
   *     limit
   */
  public static Dataset open(DataSpec spec, long seed) {
    throw new UnsupportedOperationException();
  }

  /**
   * Rows that are at hand as arrays, taken as they are: nothing is standardized. Features are
   * called x1, x2, ...
   *
   * @param trainX rows × features
   * @param trainY 0 or 1 a row
   */
  public static Dataset ofArrays(
      double[][] trainX,
      int[] trainY,
      double[][] validationX,
      int[] validationY,
      double[][] testX,
      int[] testY) {
    throw new UnsupportedOperationException();
  }

  /** What was fitted on the training rows. */
  public FittedPipeline pipeline() {
    throw new UnsupportedOperationException();
  }

  public EncodedRows train() {
    throw new UnsupportedOperationException();
  }

  /** May have no rows. */
  public EncodedRows validation() {
    throw new UnsupportedOperationException();
  }

  /** May have no rows. */
  public EncodedRows test() {
    throw new UnsupportedOperationException();
  }

  /** Number of rows of all parts. */
  public long rows() {
    throw new UnsupportedOperationException();
  }

  /**
   * Decisions that the user should know of, a sentence each: the positive class, dropped columns,
   * missing cells.
   */
  public List<String> notices() {
    throw new UnsupportedOperationException();
  }

  /**
   * SHA-256 of the file's bytes, then of the test file's if there is one, in hexadecimal digits; of
   * the numbers where there is no file.
   */
  public String sha256() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
