package org.symbreak.problem;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * What befell a file, with the file's name: the system's own words, such as "No space left on
 * device", have none.
 */
public final class FileFault {
  private FileFault() {}

  /** The same fault, at a file; one that names a file already is left as it is. */
  public static IOException at(Path file, IOException fault) {
    if (fault instanceof FileSystemException) {
      return fault;
    }
    FileSystemException named = new FileSystemException(file.toString(), null, fault.getMessage());
    named.initCause(fault);
    return named;
  }
}
