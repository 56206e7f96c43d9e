package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.symbreak.data.Dataset;
import org.symbreak.problem.InputException;
import org.symbreak.report.RunReport;
import org.symbreak.training.Defaults;
import org.symbreak.training.LookSchedule;
import org.symbreak.training.Recording;
import org.symbreak.training.RunDirectory;
import org.symbreak.training.RunResult;
import org.symbreak.training.RunSpec;
import org.symbreak.training.TrainedRun;
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
  private static final Path MODELS = Path.of("models");

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "CSV file with a header.")
  private Path file;

  @Option(names = "--from", paramLabel = "RUN.JSON", description = "Repeat a stored run.")
  private Path from;

  @Option(
      names = "--resume",
      paramLabel = "DIRECTORY",
      description = "Go on with an interrupted run.")
  private Path resume;

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      description = "Where to save the run. Default: models/DATA-INIT-SEED.")
  private Path out;

  @Option(names = "--force", description = "Replace the run that is in --out.")
  private boolean force;

  @Option(
      names = "--log-every",
      paramLabel = "N",
      converter = Values.FromOne.class,
      description =
          "Measure the hidden units every N steps, and log each measurement. Default: as often as costs little.")
  private Integer logEvery;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      converter = Values.Positive.class,
      description = "Between checkpoints. Default: 30.")
  private Double checkpointEvery;

  @Option(names = "--no-report", description = "Write no report.html.")
  private boolean noReport;

  @Mixin private RunOptions run = new RunOptions();
  @Mixin private Console console;

  @Override
  public Integer call() throws IOException {
    requireOneSource();
    RunDirectory directory;
    TrainedRun trained;
    SparingLog.beginRun(logEvery != null);
    if (resume != null) {
      directory = RunDirectory.open(resume);
      RunSpec spec = directory.read().spec();
      try (Dataset data = open(spec);
          Progress progress = progress(spec, data)) {
        trained = directory.resume(data, List.of(new ProgressObserver(progress)));
      }
    } else {
      RunSpec spec = from != null ? RunDirectory.open(from).read().spec() : run.spec(file);
      try (Dataset data = open(spec);
          Progress progress = progress(spec, data)) {
        directory =
            out != null ? RunDirectory.create(out, force) : RunDirectory.create(MODELS, spec);
        trained = directory.train(spec, data, List.of(new ProgressObserver(progress)), recording());
      }
    }
    return tell(directory, trained.result());
  }

  private void requireOneSource() {
    long sources =
        List.of(file != null, from != null, resume != null).stream().filter(given -> given).count();
    if (sources != 1) {
      throw InputException.of(
          "train",
          "a FILE, --from RUN.JSON or --resume DIRECTORY",
          sources == 0 ? "none of them" : "more than one of them");
    }
  }

  private Dataset open(RunSpec spec) {
    Dataset data = Dataset.open(spec.data(), spec.seed());
    data.notices().forEach(console::notice);
    return data;
  }

  private Progress progress(RunSpec spec, Dataset data) {
    return console.progress(
        "training",
        Defaults.resolve(spec.budget(), spec.optimizer(), data.train().rows()).epochs());
  }

  private Recording recording() {
    return new Recording(
        logEvery == null ? null : new LookSchedule(logEvery),
        checkpointEvery == null ? Recording.DEFAULT.checkpointEvery() : checkpointEvery);
  }

  private int tell(RunDirectory directory, RunResult result) throws IOException {
    RunResultTable.print(console, result);
    if (!noReport) {
      RunReport.write(directory);
    }
    console.line(
        "Saved in %s%s", directory.path(), noReport ? "" : "; to look at: " + directory.report());
    console.document(result.toJson());
    return switch (result.stopped()) {
      case DIVERGED -> ExitCode.FAILED;
      case INTERRUPTED -> ExitCode.INTERRUPTED;
      default -> ExitCode.DONE;
    };
  }
}
