package org.symbreak.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/** A file that rows are read from. */
final class InputFile {
  private InputFile() {}

  /**
   * Opens a file.
   *
   * @param digest is given every byte that is read; null for none
   * @throws InputException where there is no such file, or one that cannot be read
   */
  static InputStream open(Path file, MessageDigest digest) {
    if (!Files.exists(file)) {
      throw InputException.of(file.toString(), "a CSV file", "nothing of that name");
    }
    if (Files.isDirectory(file)) {
      throw InputException.of(file.toString(), "a CSV file", "a directory");
    }
    try {
      InputStream in = Files.newInputStream(file);
      return digest == null ? in : new DigestInputStream(in, digest);
    } catch (IOException e) {
      String found =
          e instanceof AccessDeniedException
              ? "one that may not be read"
              : String.valueOf(e.getMessage());
      throw new InputException(
          List.of(new Problem(file.toString(), "a CSV file that can be read", found)), e);
    }
  }
}
