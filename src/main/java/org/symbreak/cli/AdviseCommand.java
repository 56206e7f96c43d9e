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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbreak advise}: which initialization, scale, width and learning rate for a data set. */
@Command(
    name = "advise",
    abbreviateSynopsis = true,
    description = {
      "Searches for width, depth, activation, initialization, penalty and learning rate within a"
          + " number of runs or minutes, prints the command that trains what it recommends, and"
          + " says what following it is worth.",
      "The whole search also runs without each of five parts of the rows, and what it chooses there"
          + " is judged on that part: no choice sees the rows that judge it. What is given stays as"
          + " it is. Often the answer is to keep the usual network."
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
      names = "--minutes",
      paramLabel = "N",
      converter = Values.Positive.class,
      description = "As many runs as about so many minutes allow, instead of --runs.")
  private Double minutes;

  @Mixin private MarginOption margin = new MarginOption();

  @Option(
      names = "--new-rows",
      paramLabel = "N",
      converter = Values.FromOne.class,
      description =
          "Rows of the file for which a loss is foretold. Default: a fifth of the file's.")
  private Integer newRows;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + Defaults.SEED,
      converter = Values.Seed.class,
      description = "Of folds, weights and what chance draws. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private ManyRunsOptions runs = new ManyRunsOptions();
  @Mixin private Console console;

  private final SettingOptions settings = ManyRunsOptions.settings();

  @Override
  public SettingOptions settings() {
    return settings;
  }

  @Override
  public Integer call() throws IOException {
    Advisor asked =
        Advisor.of(settings.run(file), settings.given(), budget, seed, margin.value(), newRows);
    try (Workers workers = runs.workers()) {
      Advisor advisor = minutes == null ? asked : asked.within(60 * minutes, workers.parallelism());
      if (minutes != null) {
        console.notice("in %s minutes about --runs %d", minutes, advisor.runs());
      }
      Experiment experiment = runs.openExperiment("advise-" + ManyRunsOptions.stem(file));
      runs.announce(console, experiment, advisor, workers);
      if (runs.isDryRun()) {
        return ExitCode.DONE;
      }
      Advice advice = advise(advisor, experiment, workers);
      ManyRunsOptions.write(experiment, "advice.json", advice.toJson());
      table(console, advice);
      console.line("");
      ComparisonTable.sentences(console, advice.sentences());
      runs.report(console, experiment);
      console.line("");
      console.line("%s", advice.command());
      console.document(advice.toJson());
    }
    return ExitCode.DONE;
  }

  private static void table(Console console, Advice advice) {
    Table table = new Table("", "log loss in the search");
    advice
        .candidates()
        .forEach(
            candidate ->
                table.row(
                    (candidate.name().equals(advice.recommended()) ? "> " : "  ")
                        + candidate.name(),
                    Figure.decimal(candidate.loss(), 4)));
    console.line("%s", table);
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
