package org.symbreak.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbreak train}: one run, from a CSV file to a saved model. */
@Command(
    name = "train",
    abbreviateSynopsis = true,
    description = "Trains a network on a CSV file and saves it under models/.",
    footer = {
      "",
      "Examples:",
      "  symbreak train data/breast-cancer.csv --label diagnosis --positive malignant --hidden 16 --init gaussian:0.01",
      "  symbreak train --from models/NAME/run.json    (the same run again)",
      "  symbreak train --resume models/NAME           (goes on with an interrupted run)"
    })
final class TrainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "0..1", description = "CSV file with a header.")
  private Path file;

  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--log-every",
      paramLabel = "N",
      converter = Values.FromOne.class,
      description =
          "Measure the hidden units every N iterations. Default: as often as is affordable.")
  private Integer logEvery;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      converter = Values.Positive.class,
      description = "Between checkpoints. Default: 30.")
  private Double checkpointEvery;

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      description = "Where to save the run. Default: models/DATA-INIT-SEED.")
  private Path out;

  @Option(names = "--force", description = "Replace a run that is there.")
  private boolean force;

  @Option(names = "--no-report", description = "Write no report.html.")
  private boolean noReport;

  @Option(names = "--from", paramLabel = "RUN.JSON", description = "Repeat a stored run.")
  private Path from;

  @Option(
      names = "--resume",
      paramLabel = "DIRECTORY",
      description = "Go on with an interrupted run.")
  private Path resume;

  @Mixin private Console console;

  @Override
  public Integer call() {
    return ExitCode.DONE;
  }
}
