package org.symbreak.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.symbreak.claims.SymmetryTrace;
import org.symbreak.data.Dataset;
import org.symbreak.problem.InputException;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Setting;
import org.symbreak.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbreak symmetry}: one run's symmetry, followed step by step. */
@Command(
    name = "symmetry",
    abbreviateSynopsis = true,
    description = {
      "Follows the groups of identical hidden units of one run, step by step, and how far units"
          + " that began the same come apart.",
      "Says whether this network would ever leave the symmetric state on this machine. Takes those"
          + " options of train that a step depends on."
    },
    footer = {
      "",
      "Example:",
      "  symbreak symmetry data/breast-cancer.csv --label diagnosis --init constant:0.1 --hidden 17"
          + " --engine dl4j"
    })
final class SymmetryCommand implements Callable<Integer>, SettingOptions.Holder {
  /** When the run would end, and what would be made of it, makes no difference to its steps. */
  private static final Set<Setting<?>> LEFT_OPEN =
      Set.of(
          Settings.FILE,
          Settings.THRESHOLD,
          Settings.EPOCHS,
          Settings.EARLY_STOPPING,
          Settings.PATIENCE);

  @Parameters(paramLabel = "FILE", description = "CSV file with a header.")
  private Path file;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "300",
      converter = Values.FromOne.class,
      description = "Steps to follow. Default: ${DEFAULT-VALUE}.")
  private int iterations;

  @Option(
      names = "--show-every",
      paramLabel = "N",
      converter = Values.FromOne.class,
      description =
          "Steps between two that are shown. Default: a tenth of them; every one with --json.")
  private Integer every;

  @Mixin private BackendOption backend = new BackendOption();
  @Mixin private Console console;

  private final SettingOptions settings =
      SettingOptions.of(
          Settings.all().stream().filter(setting -> !LEFT_OPEN.contains(setting)).toList());

  @Override
  public SettingOptions settings() {
    return settings;
  }

  @Override
  public Integer call() {
    RunSpec spec = backend.on(settings.run(Defaults.fixedBudget(file.toString())));
    if (spec.optimizer().kind().isLineSearch()) {
      throw InputException.of(
          "--optimizer",
          "an optimizer that takes single steps",
          "'" + spec.optimizer().kind() + "'",
          "sgd",
          "nesterov",
          "adam");
    }
    if (spec.network().hidden().isEmpty()) {
      throw InputException.of("--hidden", "a hidden layer whose units can be the same", "'none'");
    }
    try (Dataset dataset = Dataset.open(spec.data(), spec.seed())) {
      ResolvedRun run = ResolvedRun.of(spec, dataset);
      console.line(
          "%10s  %-12s %s",
          "iteration",
          "loss",
          "each hidden layer: distinct units of all, [groups of units that are the same], largest"
              + " distance of two units that began the same");
      SymmetryTrace trace =
          SymmetryTrace.of(
              run.engine(), run.problem(), run.start(), iterations, shownEvery(), this::print);
      console.line("");
      if (trace.growth() != null) {
        console.line(
            "Since step %d the distance grows by a factor of %.4f a step.",
            trace.broken(), trace.growth());
      } else if (trace.broken() != null) {
        console.line("Since step %d the distance grows by no steady factor.", trace.broken());
      }
      console.line(
          "Would this network ever leave the symmetric state on this machine? %s"
              .formatted(trace.answer()));
      console.document(trace);
      return ExitCode.DONE;
    }
  }

  private int shownEvery() {
    return every != null ? every : console.isJson() ? 1 : Math.max(1, iterations / 10);
  }

  private void print(SymmetryTrace.Step step) {
    StringBuilder line =
        new StringBuilder(
            String.format(Locale.ROOT, "%10d  %-12.6g", step.iteration(), step.loss()));
    for (SymmetryTrace.Layer layer : step.layers()) {
      line.append(String.format(Locale.ROOT, " %d of %d", layer.distinct(), layer.units()));
      if (!layer.groups().isEmpty()) {
        line.append(" ").append(groups(layer));
      }
      line.append(
              layer.spread() == 0
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      ", %s between units that began the same (%d ulp)",
                      Figure.scientific(layer.spread()),
                      layer.spreadUlps()))
          .append(';');
    }
    line.setLength(line.length() - 1);
    console.line(line.toString());
  }

  /** The first few groups, units from 1. */
  private static String groups(SymmetryTrace.Layer layer) {
    String text = layer.groups().toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
