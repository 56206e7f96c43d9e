package org.symbreak.engine.cluster;

import java.io.IOException;

/** What a holder is told to do: the first byte of what is sent to it. */
enum Order {
  /** Length and bytes of the network; what was held goes. */
  BEGIN,
  /** Set, chunk, number of rows, rows. */
  HOLD,
  /** Set and chunk. */
  FORGET,
  /**
   * What is wanted, set, number of chunks, chunks, parameters. The answer: nanoseconds of
   * computing; of each chunk its number, and what was wanted of it.
   */
  COMPUTE,
  END;

  private static final Order[] ALL = values();

  static Order of(int number) throws IOException {
    if (number < 0 || number >= ALL.length) {
      throw new IOException("no such order: " + number);
    }
    return ALL[number];
  }
}
