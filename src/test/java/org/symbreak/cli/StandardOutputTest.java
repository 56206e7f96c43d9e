package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a command whose standard output takes no more. */
class StandardOutputTest {
  @TempDir private Path directory;

  /** Takes so many bytes, then fails as the system would. */
  private static final class Full extends OutputStream {
    private final String reason;
    private int left;
    private int refused;

    private Full(int bytes, String reason) {
      this.left = bytes;
      this.reason = reason;
    }

    @Override
    public void write(int b) throws IOException {
      if (left == 0) {
        refused++;
        throw new IOException(reason);
      }
      left--;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data moons --rows 50",
        "backends",
        "backends --json",
        "train --help",
        "--version",
        "generate-completion"
      })
  void aFullDiskIsAFailureWithItsReason(String command) {
    CommandRun run =
        CommandRun.into(new Full(3, "No space left on device"), (Object[]) command.split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .isEqualToIgnoringNewLines("symbreak: standard output: No space left on device");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data moons --rows 50", "train --help"})
  void aReaderWhoHasHadEnoughIsNotWorthAWord(String command) {
    CommandRun run = CommandRun.into(new Full(3, "Broken pipe"), (Object[]) command.split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.CLOSED_PIPE);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void predictingEndsWhereNoMoreRowsAreTaken() {
    Path many = directory.resolve("many.csv");
    Path few = directory.resolve("few.csv");
    CommandRun.of("data", "moons", "-o", many, "--rows", 20_000);
    CommandRun.of("data", "moons", "-o", few, "--rows", 50);
    Path run = directory.resolve("run");
    assertThat(CommandRun.of("train", few, "--out", run, "--epochs", 5, "--no-report").code())
        .isEqualTo(ExitCode.DONE);

    Full disk = new Full(1000, "No space left on device");
    CommandRun full = CommandRun.into(disk, "predict", "--model", run, many);
    assertThat(full.code()).isEqualTo(ExitCode.FAILED);
    assertThat(full.err()).contains("symbreak: standard output: No space left on device");
    assertThat(disk.refused).as("attempts to write on").isLessThan(5);

    CommandRun json =
        CommandRun.into(new Full(1000, "Broken pipe"), "predict", "--json", "--model", run, many);
    assertThat(json.code()).isEqualTo(ExitCode.CLOSED_PIPE);
    assertThat(json.err()).doesNotContain("symbreak:");
  }
}
