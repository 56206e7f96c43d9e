package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.symbreak.experiment.Comparison;
import org.symbreak.experiment.Experiment;
import org.symbreak.experiment.LedgerRow;
import org.symbreak.experiment.RunPlan;
import org.symbreak.experiment.Workers;
import org.symbreak.init.LayerInits;
import org.symbreak.setting.Defaults;
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
      "Trains the same network from several initializations, each with the same seeds and hence the"
          + " same splits, for a fixed number of steps, and says what can be concluded.",
      "Intervals hold the median with 95 %% confidence. The best is the one with the lowest median"
          + " validation loss; the others are tested against it by the signed-rank test, corrected"
          + " for the number of pairs."
    },
    footer = {
      "",
      "Examples:",
      "  symbreak compare data/circles.csv --init"
          + " zeros,constant:0.5,gaussian:0.01,uniform:0.12,glorot,he --seeds 30",
      "  symbreak compare data/breast-cancer.csv --label diagnosis --hidden 16/16/16/16/16/16/16/16"
          + " --init gaussian:0.01,glorot"
    })
final class CompareCommand implements Callable<Integer>, SettingOptions.Holder {
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
      description = "Runs of each initialization: seeds 1 to N. Default: ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--target-loss",
      paramLabel = "LOSS",
      converter = Values.Positive.class,
      description =
          "Validation loss to wait for, classes weighted as in training. Default: half the loss of"
              + " always giving the share of the positive class.")
  private Double targetLoss;

  @Mixin private ManyRunsOptions runs = new ManyRunsOptions();
  @Mixin private Console console;

  private final SettingOptions settings =
      SettingOptions.of(
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
          Settings.MEMBERS,
          Settings.ENGINE);

  @Override
  public SettingOptions settings() {
    return settings;
  }

  @Override
  public Integer call() throws IOException {
    RunPlan plan = RunPlan.of(specs(), targetLoss == null ? Double.NaN : targetLoss);
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
      Comparison comparison = Comparison.of(rows);
      ManyRunsOptions.write(experiment, Comparison.FILE, comparison.toJson());
      ComparisonTable.print(console, comparison);
      console.line("Runs in %s", experiment.ledger());
      runs.report(console, experiment);
      console.document(comparison.toJson());
    }
    return ExitCode.DONE;
  }

  /** A seed after the other, so that an interrupted comparison has seen the same seeds of all. */
  private List<RunSpec> specs() {
    RunSpec run = settings.run(Defaults.fixedBudget(file.toString()));
    List<RunSpec> specs = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      for (LayerInits init : initializations.inits()) {
        specs.add(Settings.INIT.with(run.withSeed(seed), init));
      }
    }
    return specs;
  }
}
