package org.symbreak.guard;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.symbreak.problem.InputException;

/**
 * A program to be run in a JVM of its own: has every file of a directory checked, and restored
 * where it passes; prints a line a file: name, milliseconds of processor time, outcome.
 */
final class GuardedReading {
  private GuardedReading() {}

  public static void main(String[] args) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(args[0]))) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      long start = cpuTime();
      String outcome = outcome(file);
      System.out.println(
          file.getFileName()
              + "\t"
              + (cpuTime() - start) / 1_000_000
              + "\t"
              + outcome.replace('\n', ' '));
    }
  }

  /** Nanoseconds; of this thread alone, as other programs may keep the machine busy. */
  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static String outcome(Path file) {
    try {
      ModelGuard.STRICT.check(file).restore();
      return "let in";
    } catch (InputException e) {
      return "refused\t" + e.getMessage();
    } catch (Throwable e) {
      return "failed\t" + e;
    }
  }
}
