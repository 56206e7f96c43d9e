package org.symbreak.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.random.Streams;

/**
 * Sweeps in processes of their own that are killed (SIGKILL) at random moments and started again,
 * until nothing is left to do.
 */
class KilledSweepTest {
  @TempDir private Path directory;

  @Test
  void loseNothingAndRunNothingTwice() throws Exception {
    killAndCompare(200, 3);
  }

  @Test
  @Tag("slow")
  void loseNothingAndRunNothingTwiceHoweverOften() throws Exception {
    killAndCompare(2000, 20);
  }

  private void killAndCompare(int seeds, int kills) throws Exception {
    Path data = Moons.write(directory.resolve("moons.csv"), 60);
    Path undisturbed = directory.resolve("undisturbed");
    assertThat(sweep(data, undisturbed, seeds).waitFor()).isZero();

    Path killed = directory.resolve("killed");
    Path ledger = killed.resolve("ledger.csv");
    RandomGenerator random = Streams.of(seeds);
    int left = kills;
    while (left > 0) {
      Process sweep = sweep(data, killed, seeds);
      long size = size(ledger);
      // once it has begun to write, somewhere within the next lines
      while (sweep.isAlive() && size(ledger) == size) {
        Thread.sleep(1);
      }
      Thread.sleep(random.nextInt(100), random.nextInt(1_000_000));
      if (sweep.isAlive()) {
        sweep.destroyForcibly();
        left--;
      }
      sweep.waitFor(60, TimeUnit.SECONDS);
      assertThat(Ledger.read(ledger)).as("killed early enough").hasSizeLessThan(seeds * 2);
    }
    assertThat(sweep(data, killed, seeds).waitFor()).isZero();
    assertThat(LedgerContent.of(ledger))
        .hasSize(seeds * 2)
        .isEqualTo(LedgerContent.of(undisturbed.resolve("ledger.csv")));
  }

  private static long size(Path ledger) throws IOException {
    return Files.exists(ledger) ? Files.size(ledger) : 0;
  }

  private Process sweep(Path data, Path out, int seeds) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            "org.symbreak.cli.Symbreak",
            "sweep"));
    command.addAll(
        List.of(
            data.toString(),
            "--init",
            "gaussian:0.5,zeros",
            "--width",
            "3",
            "--epochs",
            "20",
            "--seeds",
            Integer.toString(seeds)));
    command.addAll(List.of("--jobs", "2", "--out", out.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output.txt").toFile())
        .start();
  }
}
