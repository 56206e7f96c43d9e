package org.symbreak.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.symbreak.problem.InputException;

/**
 * A process of its own that says whether a ledger is being written to, tries to open it, and keeps
 * it open until it is killed (SIGKILL).
 */
final class SecondWriter implements AutoCloseable {
  private final Process process;
  private final String saw;

  private SecondWriter(Process process, String saw) {
    this.process = process;
    this.saw = saw;
  }

  /** Starts it, and waits until it has tried. */
  static SecondWriter start(Path ledger) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SecondWriter.class.getName(),
                ledger.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new SecondWriter(process, process.inputReader().readLine());
  }

  /** {@code taken} or {@code free}, then {@code open} or {@code refused}. */
  String saw() {
    return saw;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(1, TimeUnit.MINUTES).join();
  }

  public static void main(String[] args) throws IOException {
    Path path = Path.of(args[0]);
    String before = Ledger.isBeingWritten(path) ? "taken" : "free";
    try {
      Ledger ledger = Ledger.open(path);
      System.out.println(before + ", open");
      System.in.read();
      ledger.close();
    } catch (InputException e) {
      System.out.println(before + ", refused");
    }
  }
}
