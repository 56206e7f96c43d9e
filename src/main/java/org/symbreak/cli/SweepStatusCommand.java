package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.symbreak.experiment.SweepStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code symbreak sweep status}: how far a sweep is. */
@Command(name = "status", description = "Says how far a sweep is, while it runs or afterwards.")
final class SweepStatusCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIRECTORY", description = "Of the sweep.")
  private Path directory;

  @Mixin private Console console;

  @Override
  public Integer call() throws IOException {
    SweepStatus status = SweepStatus.of(directory);
    console.line(
        "%s of %s runs done, %s of them failed (%s); %s",
        Figure.whole(status.done()),
        Figure.whole(status.total()),
        Figure.whole(status.failed()),
        ComparisonTable.FAILED,
        status.done() == status.total()
            ? "complete"
            : status.running() ? "running" : "not running: the same command goes on with it");
    if (status.running()) {
      console.line(
          "%s runs a second, %s left",
          Figure.decimal(status.runsPerSecond(), 1), Durations.text(status.secondsLeft()));
    }
    console.document(status.toJson());
    return ExitCode.DONE;
  }
}
