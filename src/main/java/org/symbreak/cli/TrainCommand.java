package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.symbreak.data.Dataset;
import org.symbreak.engine.cluster.ClusterEngine;
import org.symbreak.engine.cluster.HolderProvider;
import org.symbreak.forecast.Forecast;
import org.symbreak.optimizer.StopReason;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import org.symbreak.report.RunReport;
import org.symbreak.run.Engines;
import org.symbreak.run.Interruption;
import org.symbreak.run.Recording;
import org.symbreak.run.ResolvedRun;
import org.symbreak.run.RunDirectory;
import org.symbreak.run.RunRecord;
import org.symbreak.run.RunResult;
import org.symbreak.run.TrainedRun;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;
import org.symbreak.source.TableFile;
import org.symbreak.watch.LookSchedule;
import org.symbreak.watch.RunObserver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbreak train}: one run, from a CSV file to a saved model. */
@Command(
    name = "train",
    abbreviateSynopsis = true,
    description = "Trains a network on a CSV file and saves it under models/.",
    footer = {
      "",
      "Examples:",
      "  symbreak train data/breast-cancer.csv --label diagnosis --positive malignant --hidden 16"
          + " --init gaussian:0.01",
      "  symbreak train --from models/NAME/run.json    (the same run again)",
      "  symbreak train --resume models/NAME           (goes on with an interrupted run)"
    })
final class TrainCommand implements Callable<Integer>, SettingOptions.Holder {
  private static final Path MODELS = Path.of("models");

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description =
          "CSV file with a header; or a directory or a quoted pattern of such files that are one"
              + " table. A - is standard input.")
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

  @Option(names = "--force", description = "Replace a run of that name.")
  private boolean force;

  @Option(
      names = "--log-every",
      paramLabel = "N",
      converter = Values.FromOne.class,
      description =
          "Measure the hidden units every N steps, and log each measurement. Default: as often as"
              + " costs little.")
  private Integer logEvery;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      converter = Values.Positive.class,
      description = "Between checkpoints. Default: 30.")
  private Double checkpointEvery;

  @Option(
      names = "--live",
      description = "Serve a page on this machine that shows the run while it is trained.")
  private boolean live;

  @Option(names = "--no-report", description = "Write no report.html.")
  private boolean noReport;

  @Spec private CommandSpec verb;
  @Mixin private BackendOption backend = new BackendOption();
  @Mixin private SparkOption spark = new SparkOption();
  @Mixin private Console console;

  private final SettingOptions settings =
      SettingOptions.of(
          Settings.all().stream().filter(setting -> setting != Settings.FILE).toList());

  @Override
  public SettingOptions settings() {
    return settings;
  }

  @Override
  public Integer call() throws IOException {
    requireOneSource();
    SparingLog.beginRun(logEvery != null);
    RunRecord stored = stored();
    RunSpec spec = stored == null ? backend.on(settings.run(file)) : stored.spec();
    if (stored != null && isFromStandardInput(spec)) {
      throw InputException.of(
          from != null ? "--from" : "--resume",
          "a run whose rows are in a file",
          "one whose rows came from standard input",
          "symbreak train FILE ...");
    }
    try (Dataset data = open(spec, stored);
        ClusterEngine cluster = spark.isGiven() ? HolderProvider.engine(spark.master()) : null) {
      ResolvedRun run =
          cluster == null ? ResolvedRun.of(spec, data) : ResolvedRun.elsewhere(cluster, spec, data);
      // what cannot begin leaves nothing behind
      run.begin().notices().forEach(console::notice);
      Engines.notice(spec.engine()).ifPresent(console::notice);
      if (resume == null) {
        Forecast.expectation(run.problem(), run.start(), run.steps())
            .ifPresent(said -> console.notice("%s", said));
      }
      try (LookOn page = live ? LookOn.open(console, run) : LookOn.NOBODY;
          // last: until here there is nothing to save, and Ctrl-C ends the process as it is
          Interruption interruption = Interruption.onShutdown()) {
        RunDirectory directory = resume != null ? RunDirectory.open(resume) : directory(run.spec());
        boolean report = !noReport && (resume == null || stored.recording().report());
        RunResult result = train(directory, run, page, interruption).result();
        if (cluster != null) {
          cluster.efforts().sentence().ifPresent(took -> console.notice("%s", took));
        }
        return tell(directory, result, report);
      }
    }
  }

  /** The run that is repeated or gone on with; null for a new one. */
  private RunRecord stored() {
    if (resume != null) {
      return RunDirectory.open(resume).read();
    }
    if (from == null) {
      return null;
    }
    return Files.isDirectory(from) ? RunDirectory.open(from).read() : RunRecord.read(from);
  }

  private static boolean isFromStandardInput(RunSpec spec) {
    return spec.data().file().equals(TableFile.STANDARD_INPUT);
  }

  private TrainedRun train(
      RunDirectory directory, ResolvedRun run, LookOn page, Interruption interruption) {
    try (Progress progress = console.progress("training", run.spec().budget().epochs())) {
      List<RunObserver> observers = new ArrayList<>(page.observers());
      observers.add(new ProgressObserver(progress));
      return resume != null
          ? directory.resume(run, observers, interruption)
          : directory.train(run, observers, recording(), interruption);
    }
  }

  private void requireOneSource() {
    long sources = Stream.of(file, from, resume).filter(Objects::nonNull).count();
    if (sources != 1) {
      throw InputException.of(
          "train",
          "a FILE, --from RUN.JSON or --resume DIRECTORY",
          sources == 0 ? "none of them" : "more than one of them");
    }
    if (file == null) {
      String stored = from != null ? "--from" : "--resume";
      List<Problem> ignored =
          verb.commandLine().getParseResult().matchedOptions().stream()
              .filter(
                  option -> describesRun(option) || resume != null && saysWhereOrHowOften(option))
              .map(
                  option ->
                      new Problem(
                          option.longestName(),
                          "no such option beside " + stored + ", which has its own",
                          "it"))
              .toList();
      if (!ignored.isEmpty()) {
        throw new InputException(ignored);
      }
    }
  }

  private static boolean describesRun(OptionSpec option) {
    return SettingOptions.isOne(option) || option.longestName().equals(BackendOption.NAME);
  }

  private static boolean saysWhereOrHowOften(OptionSpec option) {
    return List.of("--out", "--force", "--log-every", "--checkpoint-every")
        .contains(option.longestName());
  }

  private RunDirectory directory(RunSpec spec) throws IOException {
    if (out == null && !force) {
      return RunDirectory.create(MODELS, spec);
    }
    Path chosen = out != null ? out : RunDirectory.usual(MODELS, spec);
    for (Path replaced : new RunDirectory(chosen).files()) {
      ForceOption.requireNoInput(replaced, inputs(spec));
    }
    return RunDirectory.create(chosen, force);
  }

  private Path[] inputs(RunSpec spec) {
    Path run = from != null && Files.isDirectory(from) ? new RunDirectory(from).runJson() : from;
    String test = spec.data().testFile();
    return new Path[] {run, Path.of(spec.data().file()), test == null ? null : Path.of(test)};
  }

  /**
   * @param stored the run that these data must be those of; null for a new one
   */
  private Dataset open(RunSpec spec, RunRecord stored) {
    Dataset data = Dataset.open(spec.data(), spec.seed());
    if (stored != null && !stored.dataHash().equals(data.sha256())) {
      data.close();
      throw InputException.of(
          spec.data().file(),
          "the data of the stored run, with SHA-256 " + stored.dataHash(),
          "others, with SHA-256 " + data.sha256(),
          "symbreak train " + spec.data().file() + " ... for a new run");
    }
    data.notices().forEach(console::notice);
    if (isFromStandardInput(spec)) {
      console.notice(
          "The rows came from standard input: neither --from nor --resume can repeat this run");
    }
    return data;
  }

  private Recording recording() {
    return new Recording(
        logEvery == null ? null : new LookSchedule(logEvery),
        checkpointEvery == null ? Recording.DEFAULT.checkpointEvery() : checkpointEvery,
        !noReport);
  }

  private int tell(RunDirectory directory, RunResult result, boolean report) throws IOException {
    RunResultTable.print(console, result);
    if (result.stopped() == StopReason.INTERRUPTED) {
      console.notice("Interrupted; to go on: symbreak train --resume %s", directory.path());
    } else if (report && !directory.members().isEmpty()) {
      for (RunDirectory member : directory.members()) {
        RunReport.write(member);
      }
      RunReport.write(directory);
      console.line(
          "Saved in %s; to look at: %s, and of its members %s and so on",
          directory.path(), directory.report(), directory.members().get(0).report());
    } else if (report) {
      RunReport.write(directory);
      console.line("Saved in %s; to look at: %s", directory.path(), directory.report());
    } else {
      console.line("Saved in %s", directory.path());
    }
    console.document(result.toJson());
    return switch (result.stopped()) {
      case DIVERGED -> ExitCode.FAILED;
      case INTERRUPTED -> ExitCode.INTERRUPTED;
      default -> ExitCode.DONE;
    };
  }
}
