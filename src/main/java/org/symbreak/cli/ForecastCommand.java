package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.symbreak.data.Dataset;
import org.symbreak.forecast.Forecast;
import org.symbreak.forecast.LayerSignal;
import org.symbreak.forecast.MeasuredWait;
import org.symbreak.guard.Destination;
import org.symbreak.problem.InputException;
import org.symbreak.report.ForecastReport;
import org.symbreak.run.ResolvedRun;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbreak forecast}: what a run will come to, before it is trained. */
@Command(
    name = "forecast",
    abbreviateSynopsis = true,
    description = {
      "Says of a run, without training it, what becomes of the signal from layer to layer, how long"
          + " the loss stays where it begins, and which size of weights would do.",
      "Takes all options of train that describe a run."
    },
    footer = {
      "",
      "Examples:",
      "  symbreak forecast data/breast-cancer.csv --label diagnosis --hidden 16/16/16/16 --init"
          + " gaussian:0.01 --optimizer sgd",
      "  symbreak forecast data/circles.csv --init gaussian:0.01 --verify"
    })
final class ForecastCommand implements Callable<Integer>, SettingOptions.Holder {
  @Parameters(paramLabel = "FILE", description = "CSV file with a header.")
  private Path file;

  @Option(
      names = "--verify",
      description =
          "Train with three seeds, too, and show what came of it beside the forecast, here and on a"
              + " page.")
  private boolean verify;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where --verify writes its page. Default: models/forecast.html, which is written anew.")
  private Path out;

  @Mixin private ForceOption force = new ForceOption();

  @Option(names = "--no-report", description = "Write no page.")
  private boolean noReport;

  @Mixin private BackendOption backend = new BackendOption();
  @Mixin private Console console;

  private final SettingOptions settings =
      SettingOptions.of(
          Settings.all().stream().filter(setting -> setting != Settings.FILE).toList());

  /**
   * The document of {@code --json}.
   *
   * @param command that trains what is forecast
   * @param measured with {@code --verify}
   */
  private record Document(String command, Forecast forecast, List<MeasuredWait> measured) {}

  @Override
  public SettingOptions settings() {
    return settings;
  }

  @Override
  public Integer call() throws IOException {
    RunSpec spec = backend.on(settings.run(file));
    if (verify && spec.optimizer().kind().isLineSearch()) {
      throw InputException.of(
          "--verify", "an optimizer that takes single steps", "'" + spec.optimizer().kind() + "'");
    }
    requirePage();
    try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
      data.notices().forEach(console::notice);
      ResolvedRun run = ResolvedRun.of(spec, data);
      run.begin().notices().forEach(console::notice);
      Forecast forecast = Forecast.of(run.problem(), run.start(), run.steps());
      print(forecast);
      List<MeasuredWait> measured = verify ? measured(spec, data) : List.of();
      if (verify) {
        print(forecast, measured);
      }
      String command = run.spec().toCommand();
      if (verify && !noReport) {
        ForecastReport.write(command, file.getFileName().toString(), forecast, measured, page());
        console.line("To look at: %s", page());
      }
      console.document(new Document(command, forecast, measured));
      return ExitCode.DONE;
    }
  }

  private void requirePage() throws IOException {
    if (!verify && out != null) {
      throw InputException.of("--out", "--verify beside it, which has something to draw", "none");
    }
    if (verify && !noReport) {
      if (out != null) {
        force.requireWritable(out, file);
      } else {
        ForceOption.requireNoInput(page(), file);
      }
      Destination.file(page());
    }
  }

  private Path page() {
    return out == null ? Path.of("models", "forecast.html") : out;
  }

  private static List<MeasuredWait> measured(RunSpec spec, Dataset data) {
    List<MeasuredWait> measured = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      ResolvedRun run = ResolvedRun.of(spec.withSeed(spec.seed() + seed), data);
      measured.add(MeasuredWait.of(run.engine(), run.problem(), run.start(), run.steps()));
    }
    return measured;
  }

  private void print(Forecast forecast) {
    Table table =
        new Table(
            "layer",
            "units",
            "sums, mean square",
            "theory",
            "saturated",
            "gradient, mean square",
            "theory",
            "correlation",
            "theory");
    for (LayerSignal layer : forecast.layers()) {
      table.row(
          layer.saturated() == null ? "output" : layer.layer(),
          layer.units(),
          Figure.scientific(layer.sums()),
          Figure.scientific(layer.sumsTheory()),
          Figure.share(layer.saturated()),
          Figure.scientific(layer.gradient()),
          Figure.scientific(layer.gradientTheory()),
          Figure.decimal(layer.correlation(), 3),
          Figure.decimal(layer.correlationTheory(), 3));
    }
    console.line(table.toString());
    console.line("");
    forecast.sentences().forEach(sentence -> console.line("%s", sentence));
  }

  private void print(Forecast forecast, List<MeasuredWait> measured) {
    console.line("");
    Table table = new Table("", "plateau ends", "half the constant's loss");
    table.row("forecast", step(forecast.waiting().plateauEnd()), step(forecast.waiting().half()));
    for (int seed = 0; seed < measured.size(); seed++) {
      MeasuredWait run = measured.get(seed);
      table.row(
          "measured, seed +" + seed,
          step(run.plateauEnd() < 0 ? null : run.plateauEnd()),
          step(run.half() < 0 ? null : run.half()));
    }
    console.line(table.toString());
  }

  private static String step(Long step) {
    return Objects.toString(step, Figure.NONE);
  }
}
