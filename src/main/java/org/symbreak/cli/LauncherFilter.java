package org.symbreak.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The process through which the launcher passes standard error, to keep a notice of the JVM from
 * users.
 */
final class LauncherFilter {
  private static final long MOST_SECONDS = 2;

  private LauncherFilter() {}

  /**
   * Where the launcher asks for it: ends standard error and waits until the filter has passed on
   * the last line, so that whoever reads the file next finds it.
   */
  static void drain() {
    if (!Boolean.getBoolean("symbreak.drain")) {
      return;
    }
    System.err.flush();
    // closing it leaves descriptor 2 open on /dev/null, which ends the pipe to the filter
    try (FileOutputStream standardError = new FileOutputStream(FileDescriptor.err)) {
      standardError.flush();
    } catch (IOException e) {
      return;
    }
    ProcessHandle.current()
        .children()
        .forEach(
            filter ->
                filter.onExit().completeOnTimeout(filter, MOST_SECONDS, TimeUnit.SECONDS).join());
  }
}
