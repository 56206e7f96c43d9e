package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.symbreak.experiment.Axis;
import org.symbreak.experiment.Column;
import org.symbreak.experiment.Experiment;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.RunPlan;
import org.symbreak.experiment.RunTask;
import org.symbreak.experiment.SweepEntry;
import org.symbreak.experiment.SweepFile;
import org.symbreak.experiment.SweepForecast;
import org.symbreak.experiment.SweepSpec;
import org.symbreak.experiment.SweepStatus;
import org.symbreak.experiment.SweepTable;
import org.symbreak.experiment.Workers;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code symbreak sweep}: every combination of what varies, into one ledger. */
@Command(
    name = "sweep",
    abbreviateSynopsis = true,
    description = {
      "Trains every combination of what varies, or a sample of them, and appends a line to a ledger"
          + " as each run ends. Interrupted, the same command goes on where it stopped.",
      "What varies is in a YAML file or in options; options replace what the file says. A value may"
          + " be a list (a,b,c), and of numbers a range: LOW..HIGH:POINTS for points at equal"
          + " ratios, LOW..HIGH for every whole number, or with --sample for any number."
    },
    footer = {
      "",
      "Examples:",
      "  symbreak sweep data/circles.csv --init gaussian --scale 1e-4..1e3:8 --depth 1,2,4,8"
          + " --seeds 10",
      "  symbreak sweep depth-and-scale.yaml --jobs 2",
      "  symbreak sweep status models/sweep-circles",
      "  symbreak sweep table models/sweep-circles --rows depth --columns scale --value test.auc"
    },
    subcommands = {SweepStatusCommand.class, SweepTableCommand.class})
final class SweepCommand implements Callable<Integer>, ReadsValues, SettingOptions.Holder {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*", // none beside status and table
      description = "A spec that ends in .yaml or .yml, or CSV files.")
  private List<Path> files = List.of();

  @Mixin private ManyRunsOptions runs = new ManyRunsOptions();
  @Mixin private Console console;

  @Spec private CommandSpec verb;

  private final SettingOptions settings = SettingOptions.of(SweepSpec.common());

  @Override
  public SettingOptions settings() {
    return settings;
  }

  /** An option a key of a spec, each with the values that it takes; read with the spec's. */
  static void addAxes(CommandSpec verb) {
    for (Axis axis : SweepSpec.axes()) {
      verb.addOption(
          OptionSpec.builder("--" + axis.key())
              .paramLabel(axis.label())
              .description(axis.description())
              .arity("1")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .splitRegex(",")
              .completionCandidates(axis.kind().words())
              .build());
    }
  }

  @Override
  public Integer call() throws IOException {
    SweepSpec spec = spec();
    RunPlan plan = RunPlan.of(spec.runs(), spec.targetLoss());
    try (Workers workers = runs.workers()) {
      Experiment experiment = runs.experiment("sweep-" + ManyRunsOptions.stem(files.get(0)), plan);
      runs.announce(console, experiment, plan, experiment.remaining(plan), workers);
      if (runs.isDryRun()) {
        return ExitCode.DONE;
      }
      long start = System.nanoTime();
      int before = plan.tasks().size() - experiment.remaining(plan).tasks().size();
      ManyRunsOptions.write(
          experiment, SweepStatus.FILE, new SweepStatus.Plan(plan.tasks().size()).toJson());
      if (runs.isReporting()) {
        foretell(experiment, plan);
      }
      List<LedgerRow> rows;
      try (Progress progress = console.progress("sweeping", plan.tasks().size())) {
        rows = experiment.run(plan, workers, far -> ManyRunsOptions.tell(progress, far));
      }
      tell(experiment, rows, rows.size() - before, (System.nanoTime() - start) / 1e9);
      runs.report(console, experiment);
    }
    return ExitCode.DONE;
  }

  /** Before anything is trained; what is there of the same runs stays. */
  private void foretell(Experiment experiment, RunPlan plan) throws IOException {
    List<RunTask> settings = SweepForecast.settings(plan);
    if (SweepForecast.read(experiment.directory())
        .keySet()
        .containsAll(settings.stream().map(RunTask::key).toList())) {
      return;
    }
    if (settings.size() > SweepForecast.MOST) {
      console.notice(
          "Nothing is foretold of %d settings, as that is for %d at the most",
          settings.size(), SweepForecast.MOST);
      return;
    }
    try (Progress progress = console.progress("forecasting", settings.size())) {
      SweepForecast forecast = SweepForecast.of(settings, done -> progress.to(done, ""));
      ManyRunsOptions.write(experiment, SweepForecast.FILE, forecast.toJson());
    }
  }

  private SweepSpec spec() throws IOException {
    if (files.isEmpty()) {
      throw InputException.of("FILE", "a spec in YAML or a CSV file", "none");
    }
    Refusals faults = new Refusals();
    files.stream().filter(SweepCommand::isSpec).forEach(faults::missing);
    faults.refuse();
    return SweepSpec.of(entries());
  }

  @Override
  public List<Problem> wrongValues() throws IOException {
    try {
      spec();
      return List.of();
    } catch (InputException e) {
      return e.problems();
    }
  }

  private static boolean isSpec(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.ya?ml");
  }

  private List<SweepEntry> entries() throws IOException {
    List<SweepEntry> entries = new ArrayList<>();
    List<String> csv = new ArrayList<>();
    for (Path file : files) {
      if (isSpec(file)) {
        entries.addAll(SweepFile.read(file));
      } else {
        csv.add(file.toString());
      }
    }
    if (!csv.isEmpty()) {
      entries.add(new SweepEntry("data", "FILE", csv));
    }
    settings.texts().forEach((key, text) -> entries.add(SweepEntry.option(key, List.of(text))));
    ParseResult given = verb.commandLine().getParseResult();
    for (Axis axis : SweepSpec.axes()) {
      List<String> values = given.matchedOptionValue("--" + axis.key(), List.of());
      if (!values.isEmpty()) {
        entries.add(SweepEntry.option(axis.key(), values));
      }
    }
    return entries;
  }

  private void tell(Experiment experiment, List<LedgerRow> rows, int done, double seconds) {
    long failed = rows.stream().filter(LedgerRow::failed).count();
    String rate = Figure.decimal(done / seconds, 1);
    List<Column> axes = SweepTable.axes(rows);
    console.line(
        "%s %s, %s of them failed (%s); %s now in %s, %s runs a second",
        Figure.whole(rows.size()),
        rows.size() == 1 ? "run" : "runs",
        Figure.whole(failed),
        ComparisonTable.FAILED,
        Figure.whole(done),
        Durations.text(seconds),
        rate);
    console.line(
        "Ledger: %s; to look at: symbreak sweep table %s --rows %s --columns %s --value test.auc",
        experiment.ledger(), experiment.directory(), axes.get(0).header(), axes.get(1).header());
    console.document(new Done(experiment.ledger().toString(), rows.size(), failed, done, seconds));
  }

  /** The document of {@code --json}. */
  private record Done(String ledger, int runs, long failed, int runsNow, double seconds) {}
}
