package org.symbreak.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SoleWriterTest {
  private static final int TRIES = 300;

  @TempDir private Path directory;

  /** A process that asks without a pause whether the right is taken, until it is killed. */
  static final class Watcher {
    private Watcher() {}

    public static void main(String[] args) throws IOException {
      for (boolean told = false; ; told = true) {
        SoleWriter.isTaken(Path.of(args[0]));
        if (!told) {
          System.out.println("watching");
        }
      }
    }
  }

  /** A process that takes the right and keeps it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      boolean taken = SoleWriter.take(Path.of(args[0])).isPresent();
      System.out.println(taken ? "taken" : "refused");
      System.in.read();
    }
  }

  private static Process start(Class<?> program, Path lock) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            lock.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void kill(Process process) {
    process.destroyForcibly().onExit().orTimeout(1, TimeUnit.MINUTES).join();
  }

  @Test
  @Timeout(120)
  void whoeverLooksNeverStandsInTheWay() throws IOException {
    Path lock = directory.resolve("run.lock");
    SoleWriter.take(lock).orElseThrow().close();
    Process watcher = start(Watcher.class, lock);
    try {
      assertThat(watcher.inputReader().readLine()).isEqualTo("watching");
      for (int i = 0; i < TRIES; i++) {
        SoleWriter.take(lock).orElseThrow().close();
      }
      assertThat(watcher.isAlive()).isTrue();
    } finally {
      kill(watcher);
    }
  }

  @Test
  @Timeout(120)
  void aKillReleasesTheRightAndUntilThenItsHolderIsNamed() throws IOException {
    Path lock = directory.resolve("run.lock");
    assertThat(SoleWriter.isTaken(lock)).isFalse();
    Process holder = start(Holder.class, lock);
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("taken");
      assertThat(SoleWriter.isTaken(lock)).isTrue();
      assertThat(SoleWriter.take(lock)).isEmpty();
      assertThat(SoleWriter.holder(lock)).startsWith("process " + holder.pid() + " on ");
    } finally {
      kill(holder);
    }
    assertThat(SoleWriter.isTaken(lock)).isFalse();
    try (SoleWriter own = SoleWriter.take(lock).orElseThrow()) {
      assertThat(SoleWriter.isTaken(lock)).isTrue();
      assertThat(SoleWriter.holder(lock)).isEqualTo("this process");
      Process other = start(Holder.class, lock);
      try {
        assertThat(other.inputReader().readLine()).isEqualTo("refused");
      } finally {
        kill(other);
      }
      own.close();
    }
    assertThat(Files.exists(lock)).isTrue();
  }
}
