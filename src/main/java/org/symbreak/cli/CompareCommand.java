package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.symbreak.data.Fold;
import org.symbreak.experiment.Comparison;
import org.symbreak.experiment.Experiment;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.RunPlan;
import org.symbreak.experiment.Workers;
import org.symbreak.problem.InputException;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbreak compare}: initializations beside each other, over many seeds. */
@Command(
    name = "compare",
    abbreviateSynopsis = true,
    description = {
      "Answers two questions about initializations of the same network. Does it train: on all rows,"
          + " for all epochs, how soon the training loss is at a target. Does it foretell: trained"
          + " as 'train' does, how well it foretells rows that neither stopping nor a choice has"
          + " seen.",
      "The first is of these rows, seeds being independent (signed-rank test); the second is of new"
          + " rows from the same source (corrected resampled t). Intervals and p-values hold for"
          + " all pairs together with 95 %% confidence."
    },
    footer = {
      "",
      "Examples:",
      "  symbreak compare data/circles.csv --init"
          + " zeros,constant:0.5,gaussian:0.01,uniform:0.12,glorot,he --seeds 30",
      "  symbreak compare data/breast-cancer.csv --label diagnosis --hidden 16/16/16/16 --init"
          + " gaussian:0.01,glorot --folds 5 --repeats 6"
    })
final class CompareCommand implements Callable<Integer>, SettingOptions.Holder {
  private static final int WINDOWS = 5;

  @Parameters(paramLabel = "FILE", description = "CSV file with a header. A - is standard input.")
  private Path file;

  @Option(
      names = "--init",
      paramLabel = "INIT",
      converter = Values.Inits.class,
      defaultValue = "zeros,constant:0.5,gaussian:0.01,uniform:0.12,glorot,he",
      description = "Initializations to compare, separated by commas. Default: ${DEFAULT-VALUE}.")
  private Values.Compared initializations;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "30",
      converter = Values.FromOne.class,
      description =
          "Runs of each initialization and question: seeds 1 to N. Default: ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--folds",
      paramLabel = "K",
      converter = Values.FromOne.class,
      description =
          "Test on each of K parts in turn instead of on random splits; with --order, on K windows"
              + " of time. Default: a random split a seed; "
              + WINDOWS
              + " windows.")
  private Integer folds;

  @Option(
      names = "--repeats",
      paramLabel = "R",
      converter = Values.FromOne.class,
      description = "So many divisions into folds, of seeds 1 to R. Default: 1.")
  private Integer repeats;

  @Mixin private MarginOption margin = new MarginOption();

  @Option(
      names = "--target-loss",
      paramLabel = "LOSS",
      converter = Values.Positive.class,
      description =
          "Training loss to wait for, classes weighted as in training. Default: half the loss of"
              + " always giving the share of the positive class.")
  private Double targetLoss;

  @Mixin private ManyRunsOptions runs = new ManyRunsOptions();
  @Mixin private Console console;

  private final SettingOptions settings = ManyRunsOptions.settings();

  @Override
  public SettingOptions settings() {
    return settings;
  }

  @Override
  public Integer call() throws IOException {
    RunPlan plan = plan();
    try (Workers workers = runs.workers()) {
      Experiment experiment = runs.experiment("compare-" + ManyRunsOptions.stem(file), plan);
      runs.announce(console, experiment, plan, experiment.remaining(plan), workers);
      if (runs.isDryRun()) {
        return ExitCode.DONE;
      }
      List<LedgerRow> rows;
      try (Progress progress = console.progress("comparing", plan.tasks().size())) {
        rows = experiment.run(plan, workers, far -> ManyRunsOptions.tell(progress, far));
      }
      Comparison comparison = Comparison.of(rows, margin.value());
      ManyRunsOptions.write(experiment, Comparison.FILE, comparison.toJson());
      ComparisonTable.print(console, comparison);
      console.line("Runs in %s", experiment.ledger());
      runs.report(console, experiment);
      console.document(comparison.toJson());
    }
    return ExitCode.DONE;
  }

  private RunPlan plan() {
    RunSpec run = settings.run(file);
    List<RunSpec> training =
        LongStream.rangeClosed(1, seeds)
            .boxed()
            .flatMap(seed -> compared(Comparison.onAllRows(run).withSeed(seed)))
            .toList();
    List<RunSpec> foretelling = kept(run).stream().flatMap(this::compared).toList();
    return Comparison.plan(training, foretelling, targetLoss == null ? Double.NaN : targetLoss);
  }

  /**
   * The same run for each way to keep test rows: a split a seed, or every fold of each division.
   */
  private List<RunSpec> kept(RunSpec run) {
    boolean isOrdered = run.data().rulings().order() != null;
    if (repeats != null && (folds == null || isOrdered)) {
      throw InputException.of(
          "--repeats",
          folds == null ? "--folds beside it" : "nothing beside --order, as windows are one way",
          repeats.toString());
    }
    if (folds == null && !isOrdered) {
      if (run.data().testFile() == null
          && run.data().testFraction() == 0
          && run.data().rulings().folds().isEmpty()) {
        throw InputException.of("--test-fraction", "test rows to compare on", "0");
      }
      return LongStream.rangeClosed(1, seeds).mapToObj(run::withSeed).toList();
    }
    int parts = folds == null ? WINDOWS : folds;
    if (parts < 2 || parts > 1000) {
      throw InputException.of("--folds", "a whole number from 2 to 1000", folds.toString());
    }
    if (run.data().testFile() != null) {
      throw InputException.of("--folds", "no test file beside it", "--test");
    }
    List<RunSpec> specs = new ArrayList<>();
    for (long repeat = 1; repeat <= (repeats == null ? 1 : repeats); repeat++) {
      RunSpec seeded = run.withSeed(repeat);
      IntStream.rangeClosed(1, parts)
          .mapToObj(part -> withFold(seeded, new Fold(part, parts)))
          .forEach(specs::add);
    }
    return specs;
  }

  private static RunSpec withFold(RunSpec run, Fold fold) {
    List<Fold> all = Stream.concat(run.data().rulings().folds().stream(), Stream.of(fold)).toList();
    return Settings.FOLD.with(run, all);
  }

  private Stream<RunSpec> compared(RunSpec run) {
    return initializations.inits().stream().map(init -> Settings.INIT.with(run, init));
  }
}
