package org.symbreak.guard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run in a JVM of its own.
 *
 * @param exitCode what it ended with
 * @param output its lines on stdout
 */
record ChildJvm(int exitCode, List<String> output) {
  /** Runs a program with this test's class path. */
  static ChildJvm run(List<String> options, String mainClass, String... arguments)
      throws IOException, InterruptedException {
    return run(System.getProperty("java.class.path"), options, mainClass, arguments);
  }

  static ChildJvm run(String classPath, List<String> options, String mainClass, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath));
    command.addAll(options);
    command.add(mainClass);
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines = process.inputReader().lines().toList();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the child JVM hangs");
    }
    return new ChildJvm(process.exitValue(), lines);
  }
}
