package org.symbreak.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.symbreak.claims.GradientCheck;
import org.symbreak.data.Dataset;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code symbreak gradcheck}: back-propagation against numerical gradients. */
@Command(
    name = "gradcheck",
    abbreviateSynopsis = true,
    description = {
      "Checks an engine's back-propagation where training would begin, against two-sided"
          + " differences of the loss, in double precision.",
      "Takes those options of train that a gradient depends on. Exit code 1 where a relative"
          + " difference is not below the threshold."
    },
    footer = {
      "",
      "Example:",
      "  symbreak gradcheck data/breast-cancer.csv --label diagnosis --hidden 16/8 --activation"
          + " relu"
    })
final class GradcheckCommand implements Callable<Integer>, SettingOptions.Holder {
  @Parameters(paramLabel = "FILE", description = "CSV file with a header.")
  private Path file;

  @Mixin private BackendOption backend = new BackendOption();
  @Mixin private Console console;

  /** How the run would go on makes no difference. */
  private final SettingOptions settings =
      SettingOptions.of(
          Settings.data(),
          Settings.HIDDEN,
          Settings.ACTIVATION,
          Settings.BIAS_INIT,
          Settings.L2,
          Settings.INIT,
          Settings.CLASS_WEIGHT,
          Settings.SEED,
          Settings.ENGINE,
          Settings.THREADS);

  @Override
  public SettingOptions settings() {
    return settings;
  }

  @Override
  public Integer call() {
    RunSpec spec = backend.on(settings.run(Defaults.fixedBudget(file.toString())));
    try (Dataset dataset = Dataset.open(spec.data(), spec.seed())) {
      ResolvedRun run = ResolvedRun.of(spec, dataset);
      GradientCheck check = GradientCheck.of(run.engine(), run.problem(), run.start());
      print(check);
      console.document(check);
      return check.passed() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  private void print(GradientCheck check) {
    Table table =
        new Table(
            "parameters",
            "checked",
            "at a kink",
            "relative difference",
            "worst",
            "analytic",
            "numerical");
    for (GradientCheck.Group group : check.groups()) {
      table.row(
          group.name(),
          group.checked(),
          group.skipped(),
          Figure.scientific(group.relativeDifference()),
          group.worst() == null ? Figure.NONE : group.worst(),
          Figure.scientific(group.analytic()),
          Figure.scientific(group.numerical()));
    }
    console.line(table.toString());
    console.line("");
    console.line(
        String.format(
            Locale.ROOT,
            "%s: relative difference %s of %d parameters together, threshold %s, worst in %s; step"
                + " %s, %d rows, engine %s, double.",
            check.passed() ? "Right" : "WRONG",
            Figure.scientific(check.relativeDifference()),
            check.checked(),
            Figure.scientific(check.threshold()),
            check.worst().name(),
            Figure.scientific(check.step()),
            check.rows(),
            check.engine()));
    if (2 * check.zeros() > check.checked()) {
      console.line(
          "That tests little: %d of %d gradients are 0 on both sides. Begin where they are not, for"
              + " example --init glorot.",
          check.zeros(), check.checked());
    }
  }
}
