package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.symbreak.experiment.Advice;
import org.symbreak.experiment.Advisor;
import org.symbreak.experiment.Experiment;
import org.symbreak.experiment.Workers;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbreak advise}: which initialization, scale, width and learning rate for a data set. */
@Command(
    name = "advise",
    abbreviateSynopsis = true,
    description = {
      "Searches for initialization, scale, width and learning rate within a number of runs, and"
          + " prints the command that trains the network it recommends.",
      "Many settings are tried with one seed, the better half with two, and so on; the last few"
          + " meet logistic regression and the usual network on new seeds. The simplest that none"
          + " of the others is better than beyond chance is recommended."
    },
    footer = {
      "",
      "Example:",
      "  symbreak advise data/breast-cancer.csv --label diagnosis --runs 300"
    })
final class AdviseCommand implements Callable<Integer>, SettingOptions.Holder {
  @Parameters(paramLabel = "FILE", description = "CSV file with a header. A - is standard input.")
  private Path file;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "300",
      converter = Values.SearchRuns.class,
      description =
          "Runs that may be spent, at least "
              + Advisor.FEWEST_RUNS
              + ". Default: ${DEFAULT-VALUE}.")
  private int budget;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + Defaults.SEED,
      converter = Values.Seed.class,
      description = "Of the choice of settings to try. Default: ${DEFAULT-VALUE}.")
  private long seed;

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
          Settings.EARLY_STOPPING,
          Settings.PATIENCE,
          Settings.ENGINE);

  @Override
  public SettingOptions settings() {
    return settings;
  }

  @Override
  public Integer call() throws IOException {
    Advisor advisor =
        new Advisor(settings.run(file).withSeed(0), settings.has(Settings.HIDDEN), budget, seed);
    try (Workers workers = runs.workers()) {
      Experiment experiment = runs.openExperiment("advise-" + ManyRunsOptions.stem(file));
      runs.announce(console, experiment, advisor, workers);
      if (runs.isDryRun()) {
        return ExitCode.DONE;
      }
      Advice advice = advise(advisor, experiment, workers);
      ManyRunsOptions.write(experiment, "advice.json", advice.toJson());
      ComparisonTable.table(console, advice.comparison());
      console.line("");
      ComparisonTable.sentences(console, advice.sentences());
      runs.report(console, experiment);
      console.line("");
      console.line("%s", advice.command());
      console.document(advice.toJson());
    }
    return ExitCode.DONE;
  }

  private Advice advise(Advisor advisor, Experiment experiment, Workers workers)
      throws IOException {
    AtomicReference<Progress> progress = new AtomicReference<>();
    try {
      return advisor.advise(
          experiment,
          workers,
          round -> {
            close(progress.get());
            console.notice("%s", round);
            progress.set(null);
          },
          far -> {
            if (progress.get() == null) {
              progress.set(console.progress("searching", far.total()));
            }
            ManyRunsOptions.tell(progress.get(), far);
          });
    } finally {
      close(progress.get());
    }
  }

  private static void close(Progress progress) {
    if (progress != null) {
      progress.close();
    }
  }
}
