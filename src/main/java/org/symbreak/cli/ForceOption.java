package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.symbreak.problem.InputException;
import picocli.CommandLine.Option;

/** Whether a file that is written may take the place of one that is there. */
@Heading("Options")
final class ForceOption {
  @Option(
      names = "--force",
      description = "Replace a file of that name; never one that is read as well.")
  private boolean force;

  /**
   * Holds an output to that, before any work is done for it. What is no regular file, such as a
   * pipe or /dev/null, is written to and not replaced.
   *
   * @param out where to write; null for standard output
   * @param inputs files that are read; missing ones and null are passed over
   * @throws InputException where it is one of the inputs, or is there and nobody said to replace it
   */
  void requireWritable(Path out, Path... inputs) throws IOException {
    if (out == null || !Files.exists(out)) {
      return;
    }
    requireNoInput(out, inputs);
    if (Files.isRegularFile(out) && !force) {
      throw InputException.of(
          out.toString(), "a name without a file, or --force to replace it", "a file");
    }
  }

  /**
   * Holds a page that is written anew each time to the first half of that: it is none of the files
   * that are read.
   */
  static void requireNoInput(Path out, Path... inputs) throws IOException {
    if (!Files.isRegularFile(out)) {
      return;
    }
    for (Path input : inputs) {
      if (input != null && Files.exists(input) && Files.isSameFile(out, input)) {
        throw InputException.of(
            out.toString(), "a file to write that is not read", "the file that is read, " + input);
      }
    }
  }
}
