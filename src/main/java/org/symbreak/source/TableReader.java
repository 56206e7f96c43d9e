package org.symbreak.source;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads tables in a format that needs a library of its own. Readers are found through {@link
 * java.util.ServiceLoader}, so that who does not need one does not have it.
 */
public interface TableReader {
  /**
   * Whether a file is in this format.
   *
   * @param head its first bytes
   */
  boolean reads(byte[] head);

  /**
   * Opens such a file.
   *
   * @param name to call it in messages
   * @throws org.symbreak.problem.InputException where it is damaged, or holds no table
   */
  TableText open(Path file, String name) throws IOException;
}
