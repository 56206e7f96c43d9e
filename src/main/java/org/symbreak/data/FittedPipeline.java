package org.symbreak.data;

import java.nio.file.Path;
import java.util.List;

/**
 * How a raw row becomes features: everything that was learned from the training rows, and nothing
 * else is needed to predict. Immutable.
 */
public final class FittedPipeline {
  FittedPipeline() {}

  /** Name of each feature, such as {@code age}, {@code home=rent}, {@code age is missing}. */
  public List<String> featureNames() {
    throw new UnsupportedOperationException();
  }

  /** The label's column. */
  public String label() {
    throw new UnsupportedOperationException();
  }

  /** The label's value that is class 0. */
  public String negative() {
    throw new UnsupportedOperationException();
  }

  /** The label's value that is class 1. */
  public String positive() {
    throw new UnsupportedOperationException();
  }

  /** How the training file was written; the default for files to predict. */
  public CsvFormat format() {
    throw new UnsupportedOperationException();
  }

  /** Smallest and largest value of each feature over the training rows, features × 2. */
  public double[][] ranges() {
    throw new UnsupportedOperationException();
  }

  /**
   * Opens a file to be encoded row by row.
   *
   * @throws org.symbreak.problem.InputException where it cannot be read or lacks columns, all of
   *     them named
   */
  public RowStream open(Path file, CsvFormat format, LabelUse use) {
    throw new UnsupportedOperationException();
  }

  /** One JSON object; numbers come back exactly. */
  public String toJson() {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads what {@link #toJson()} wrote; the text may come from an untrusted file.
   *
   * @throws org.symbreak.problem.InputException where it is not such a text, with the field
   */
  public static FittedPipeline fromJson(String json) {
    throw new UnsupportedOperationException();
  }
}
