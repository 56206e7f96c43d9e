package org.symbreak.inspect;

import java.io.IOException;
import java.nio.file.Path;

/** A model with other units in place of its own, not written yet. */
interface MendedModel {
  /**
   * All that a chain's last layer puts out on some rows; in the same order for every model of as
   * many outputs.
   */
  double[] outputs(int chain, NetworkProbe probe);

  /** How many numbers the network has. */
  long parameters();

  /** Writes it whole or not at all. */
  void save(Path file, MendReport report) throws IOException;
}
