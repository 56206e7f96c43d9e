package org.symbreak.peer;

/** A library's network under training. */
interface Peer extends AutoCloseable {
  /** Its name and version. */
  String version();

  /** Takes steps. */
  void advance(int steps);

  /** The mean cross-entropy over all rows. */
  double loss();

  @Override
  void close();
}
