package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.symbreak.experiment.Column;
import org.symbreak.experiment.Experiment;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.RunPlan;
import org.symbreak.experiment.SweepEntry;
import org.symbreak.experiment.SweepFile;
import org.symbreak.experiment.SweepSpec;
import org.symbreak.experiment.SweepStatus;
import org.symbreak.experiment.SweepTable;
import org.symbreak.experiment.Workers;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code symbreak sweep}: every combination of what varies, into one ledger. */
@Command(
    name = "sweep",
    abbreviateSynopsis = true,
    description = {
      "Trains every combination of what varies, or a sample of them, and appends a line to a ledger as each run ends. Interrupted, the same command goes on where it stopped.",
      "What varies is in a YAML file or in options; options replace what the file says. A value may be a list (a,b,c), and of numbers a range: "
          + "LOW..HIGH:POINTS for points at equal ratios, LOW..HIGH for every whole number, or with --sample for any number."
    },
    footer = {
      "",
      "Examples:",
      "  symbreak sweep data/circles.csv --init gaussian --scale 1e-4..1e3:8 --depth 1,2,4,8 --seeds 10",
      "  symbreak sweep depth-and-scale.yaml --jobs 2",
      "  symbreak sweep status models/sweep-circles",
      "  symbreak sweep table models/sweep-circles --rows depth --columns scale --value test.auc"
    },
    subcommands = {SweepStatusCommand.class, SweepTableCommand.class})
final class SweepCommand implements Callable<Integer>, ReadsValues {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*", // none beside status and table
      description = "A spec that ends in .yaml or .yml, or CSV files.")
  private List<Path> files = List.of();

  @Option(names = "--init", paramLabel = "INIT", split = ",", description = "Initializations.")
  private List<String> init;

  @Option(
      names = "--scale",
      paramLabel = "S",
      split = ",",
      description =
          "Scales of those of constant, gaussian, uniform and orthogonal that have none of their own.")
  private List<String> scale;

  @Option(
      names = "--bias-init",
      paramLabel = "INIT",
      split = ",",
      description = "Where biases begin.")
  private List<String> biasInit;

  @Option(
      names = "--depth",
      paramLabel = "N",
      split = ",",
      description = "Numbers of hidden layers.")
  private List<String> depth;

  @Option(
      names = "--width",
      paramLabel = "N",
      split = ",",
      description = "Units of every hidden layer.")
  private List<String> width;

  @Option(
      names = "--hidden",
      paramLabel = "UNITS",
      split = ",",
      description = "Instead of depth and width: units of the hidden layers, as in 16/8,32.")
  private List<String> hidden;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      split = ",",
      description = "Of all hidden layers.")
  private List<String> activation;

  @Option(names = "--optimizer", paramLabel = "NAME", split = ",", description = "Optimizers.")
  private List<String> optimizer;

  @Option(names = "--learning-rate", paramLabel = "RATE", split = ",", description = "Step sizes.")
  private List<String> learningRate;

  @Option(names = "--momentum", paramLabel = "SHARE", split = ",", description = "Of nesterov.")
  private List<String> momentum;

  @Option(names = "--l2", paramLabel = "LAMBDA", split = ",", description = "Penalties.")
  private List<String> l2;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      split = ",",
      description = "Passes over the training rows. Default: 200.")
  private List<String> epochs;

  @Option(
      names = "--batch",
      paramLabel = "ROWS",
      split = ",",
      description = "Rows a step, or full, or auto.")
  private List<String> batch;

  @Option(names = "--precision", paramLabel = "TYPE", split = ",", description = "float, double.")
  private List<String> precision;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      description = "How many seeds, or a range or list of them. Default: 1.")
  private List<String> seeds;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "Draw so many of the combinations; each is run on every data set with every seed.")
  private String sample;

  @Option(names = "--sample-seed", paramLabel = "N", description = "Of the draw. Default: 1.")
  private String sampleSeed;

  @Option(
      names = "--target-loss",
      paramLabel = "LOSS",
      description =
          "Validation loss to wait for, classes weighted as in training. Default: half that of knowing the classes' shares only.")
  private String targetLoss;

  @Mixin private ManyRunsOptions runs = new ManyRunsOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private Console console;

  @Spec private CommandSpec verb;

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
      List<LedgerRow> rows;
      try (Progress progress = console.progress("sweeping", plan.tasks().size())) {
        rows = experiment.run(plan, workers, far -> ManyRunsOptions.tell(progress, far));
      }
      tell(experiment, rows, rows.size() - before, (System.nanoTime() - start) / 1e9);
      runs.report(console, experiment);
    }
    return ExitCode.DONE;
  }

  private SweepSpec spec() throws IOException {
    if (files.isEmpty()) {
      throw InputException.of("FILE", "a spec in YAML or a CSV file", "none");
    }
    Refusals faults = new Refusals();
    files.stream().filter(SweepCommand::isSpec).forEach(faults::missing);
    faults.refuse();
    return SweepSpec.of(entries(), data.spec(files.get(0)));
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
    ParseResult given = verb.commandLine().getParseResult();
    for (String key : SweepSpec.keys()) {
      Object value = given.matchedOptionValue("--" + key, null);
      if (value != null) {
        entries.add(
            SweepEntry.option(
                key,
                value instanceof List<?> list
                    ? list.stream().map(Object::toString).toList()
                    : List.of(value.toString())));
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
