package org.symbreak.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.symbreak.problem.InputException;
import org.symbreak.run.RunDirectory;

/** A model as users name it: the zip, or its run's directory. */
final class ModelFile {
  private ModelFile() {}

  /**
   * The zip.
   *
   * @throws InputException where the run has none yet
   */
  static Path of(Path named) {
    if (!Files.isDirectory(named)) {
      return named;
    }
    RunDirectory run = new RunDirectory(named);
    if (!Files.exists(run.model()) && Files.exists(run.runJson())) {
      throw InputException.of(
          named.toString(),
          "a run that has ended",
          "one that was interrupted and has no model yet",
          "symbreak train --resume " + named);
    }
    return run.model();
  }
}
