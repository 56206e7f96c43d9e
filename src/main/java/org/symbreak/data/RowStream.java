package org.symbreak.data;

import java.util.List;

/**
 * The rows of a CSV file, one after the other, as a fitted pipeline encodes them. Columns may stand
 * in any order, further columns are ignored. Not thread safe.
 */
public final class RowStream implements AutoCloseable {
  RowStream() {}

  /**
   * Goes to the next row.
   *
   * @return whether there is one
   * @throws org.symbreak.problem.InputException where the row has a fault, with its place; unless
   *     {@link #ended()}, another call goes on with the row after it
   */
  public boolean next() {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether nothing more can be read: the file ended, or a fault such as an unterminated quote
   * makes the rest unreadable.
   */
  public boolean ended() {
    throw new UnsupportedOperationException();
  }

  /** The current row's features; the same array for each row, overwritten by {@link #next()}. */
  public double[] features() {
    throw new UnsupportedOperationException();
  }

  /** 1 for the positive class, 0 for the other, −1 where it cannot be told. */
  public int label() {
    throw new UnsupportedOperationException();
  }

  /** Number of the current row, from 1, faulty ones counted. */
  public long row() {
    throw new UnsupportedOperationException();
  }

  /** Line of the file on which the current row begins, from 1. */
  public long line() {
    throw new UnsupportedOperationException();
  }

  /** What the user should know about the file, such as columns that are ignored. */
  public List<String> notices() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
