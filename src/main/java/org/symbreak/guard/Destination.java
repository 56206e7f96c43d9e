package org.symbreak.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * Where a user wants something written. Directories that are not there are made; what cannot be
 * written to is a mistake of the user's.
 */
public final class Destination {
  private static final String FILE = "a file that can be written";
  private static final String DIRECTORY = "a directory that can be written to";

  private Destination() {}

  /**
   * Makes the directories above a file.
   *
   * @return the same path, for {@link AtomicFile} to write to
   * @throws InputException where it is a directory, or none can be had above it
   */
  public static Path file(Path named) {
    if (Files.isDirectory(named)) {
      throw InputException.of(named.toString(), FILE, "a directory");
    }
    if (Files.isSymbolicLink(named) && !Files.exists(named)) {
      throw InputException.of(named.toString(), FILE, "a link to nothing");
    }
    boolean device = Files.exists(named) && !Files.isRegularFile(named);
    if (!device && !Files.isSymbolicLink(named)) {
      make(named.toAbsolutePath().getParent(), named, FILE);
    }
    return named;
  }

  /**
   * Makes a directory, and those above it.
   *
   * @return the same path
   * @throws InputException where it is something else, or cannot be had
   */
  public static Path directory(Path named) {
    make(named.toAbsolutePath(), named, DIRECTORY);
    return named;
  }

  private static void make(Path directory, Path named, String expected) {
    Path there = directory;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      String file = there.equals(named.toAbsolutePath()) ? "a file" : "the file " + there;
      throw InputException.of(named.toString(), expected, file);
    }
    if (!Files.isWritable(there)) {
      throw InputException.of(named.toString(), expected, "no permission to write in " + there);
    }
    try {
      if (!Files.isDirectory(directory)) { // a link to one is left alone
        Files.createDirectories(directory);
      }
    } catch (IOException e) {
      throw new InputException(
          List.of(
              new Problem(
                  named.toString(),
                  expected,
                  "no directory " + directory + ", and " + there + " takes no new one")),
          e);
    }
  }
}
