package org.symbreak.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.symbreak.data.DataSpec;
import org.symbreak.experiment.Advisor;
import org.symbreak.experiment.ClusterProvider;
import org.symbreak.experiment.Estimate;
import org.symbreak.experiment.Experiment;
import org.symbreak.experiment.LocalWorkers;
import org.symbreak.experiment.RunPlan;
import org.symbreak.experiment.Workers;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.problem.InputException;
import org.symbreak.report.ExperimentReport;
import org.symbreak.run.Engines;
import org.symbreak.setting.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many runs are carried out, and where they are kept. */
@Heading("Runs")
final class ManyRunsOptions {
  private static final Path MODELS = Path.of("models");

  @Option(
      names = "--jobs",
      paramLabel = "N",
      converter = Values.FromOne.class,
      description = "Runs at a time. Default: one a processor.")
  private Integer jobs;

  @Mixin private SparkOption spark = new SparkOption();

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      description =
          "Where the runs are kept; with the same runs there it goes on where it stopped. Default:"
              + " models/VERB-DATA, with a number for other runs.")
  private Path out;

  @Option(names = "--force", description = "Do runs again that are in --out.")
  private boolean force;

  @Option(
      names = "--dry-run",
      description = "Say how many runs there would be and how long they would take, and do none.")
  private boolean dryRun;

  @Option(names = "--no-report", description = "Write no report.html.")
  private boolean noReport;

  boolean isDryRun() {
    return dryRun;
  }

  boolean isReporting() {
    return !noReport;
  }

  /** What may be set of the runs that are compared or searched. */
  static SettingOptions settings() {
    return SettingOptions.of(
        Settings.data(),
        Settings.HIDDEN,
        Settings.ACTIVATION,
        Settings.BIAS_INIT,
        Settings.L2,
        Settings.PRECISION,
        Settings.OPTIMIZER,
        Settings.LEARNING_RATE,
        Settings.MOMENTUM,
        Settings.DECAY,
        Settings.BATCH,
        Settings.EPOCHS,
        Settings.CLASS_WEIGHT,
        Settings.EARLY_STOPPING,
        Settings.PATIENCE,
        Settings.MEMBERS,
        Settings.ENGINE);
  }

  /** The workers that were asked for. */
  Workers workers() {
    if (spark.isGiven() && jobs != null) {
      throw InputException.of(
          "--jobs",
          "nothing beside --spark, which has a task for each of its cores",
          jobs.toString());
    }
    return spark.isGiven()
        ? ClusterProvider.workers(spark.master())
        : new LocalWorkers(jobs != null ? jobs : Runtime.getRuntime().availableProcessors());
  }

  /**
   * Where the runs of a plan are kept.
   *
   * @param name below models/, where no directory is given
   */
  Experiment experiment(String name, RunPlan plan) throws IOException {
    return cleared(out != null ? new Experiment(out, false) : Experiment.under(MODELS, name, plan));
  }

  /** The same for runs that follow from each other, so that there is no plan of all of them. */
  Experiment openExperiment(String name) throws IOException {
    return cleared(new Experiment(out != null ? out : MODELS.resolve(name), true));
  }

  private Experiment cleared(Experiment experiment) throws IOException {
    if (force && !dryRun) {
      experiment.clear();
    }
    return experiment;
  }

  /** A file's name without its ending. */
  static String stem(Path file) {
    return DataSpec.isStandardInput(file.toString())
        ? "standard-input"
        : file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }

  /** Tells how much there is to do; with {@code --dry-run} that is the result. */
  void announce(
      Console console, Experiment experiment, RunPlan plan, RunPlan left, Workers workers) {
    Estimate estimate = Estimate.of(left, workers.parallelism());
    int done = plan.tasks().size() - left.tasks().size();
    tell(console, plan, PlannedRuns.of(estimate, done, experiment, workers));
  }

  /**
   * The same of a search, of which the first round alone is known: what is done of the others is
   * seen only once they come.
   */
  void announce(Console console, Experiment experiment, Advisor advisor, Workers workers)
      throws IOException {
    RunPlan first = advisor.firstPlan();
    int done = first.tasks().size() - experiment.remaining(first).tasks().size();
    Estimate estimate =
        Estimate.of(first, workers.parallelism()).forRuns(advisor.plannedRuns() - done);
    tell(
        console,
        first,
        PlannedRuns.of(estimate, done, experiment, workers).of(advisor.description()));
  }

  private void tell(Console console, RunPlan plan, PlannedRuns planned) {
    plan.tasks().stream()
        .map(task -> task.spec().engine())
        .distinct()
        .flatMap(engine -> Engines.notice(engine).stream())
        .forEach(notice -> console.notice("%s", notice));
    plan.notices().forEach(notice -> console.notice("%s", notice));
    if (dryRun) {
      console.line("%s", planned.text());
      console.document(planned);
    } else {
      console.notice("%s", planned.text());
    }
  }

  /** Does the runs, and tells how far they are. */
  static void tell(Progress progress, Experiment.Progress far) {
    progress.to(
        far.done(),
        String.format(
            Locale.ROOT, "%d failed, %s left", far.failed(), Durations.text(far.secondsLeft())));
  }

  /** Draws the page of the runs, and says where it is. */
  void report(Console console, Experiment experiment) throws IOException {
    if (!noReport) {
      Path report = experiment.directory().resolve("report.html");
      ExperimentReport.write(experiment.directory(), report);
      console.line("To look at: %s", report);
    }
  }

  /** Writes a document into the directory of the runs. */
  static void write(Experiment experiment, String name, String json) throws IOException {
    AtomicFile.write(
        Destination.directory(experiment.directory()).resolve(name),
        file -> file.write((json + "\n").getBytes(StandardCharsets.UTF_8)));
  }
}
