package org.symbreak.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.symbreak.claims.ClaimData;
import org.symbreak.claims.ClaimResult;
import org.symbreak.claims.Claims;
import org.symbreak.claims.Measurement;
import org.symbreak.claims.OverSeeds;
import org.symbreak.claims.ResultTable;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.GeneratedData;
import org.symbreak.guard.Destination;
import org.symbreak.report.ClaimsReport;
import org.symbreak.run.Engines;
import org.symbreak.setting.RunSpec;
import org.symbreak.setting.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbreak claims}: what courses say about initial weights, each measured and judged. */
@Command(
    name = "claims",
    abbreviateSynopsis = true,
    description = {
      "Measures what courses say about initial weights, claim by claim, over several seeds, and"
          + " judges each by its measurements alone: it holds with all seeds, fails with all, or is"
          + " mixed.",
      "Without --data: on 500 rows of two circles, 60 %% of them in the first class."
    },
    footer = {
      "",
      "Examples:",
      "  symbreak claims",
      "  symbreak claims C3 C11 --data data/breast-cancer.csv --label diagnosis"
    })
final class ClaimsCommand implements Callable<Integer>, SettingOptions.Holder {
  private static final GeneratedData.Recipe CIRCLES =
      new GeneratedData.Recipe(500, 0.05, 1, 0.6, 0.5);

  @Parameters(
      paramLabel = "CLAIM",
      arity = "0..*",
      description = "C1, C2, ..., C16, C13a. Default: all of them.")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--data", paramLabel = "FILE", description = "CSV file to measure on.")
  private Path file;

  @Option(
      names = "--hidden",
      paramLabel = "UNITS",
      defaultValue = "16",
      converter = Values.FromTwo.class,
      description =
          "Of the hidden layer, where a claim leaves that open. Default: ${DEFAULT-VALUE}.")
  private int hidden;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      converter = Values.FromOne.class,
      description =
          "How often what chance enters is measured: with --seed and the seeds after it, each with"
              + " a split of its own. Default: ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--brief",
      description = "Claim, number and verdict alone; what does not judge is left out.")
  private boolean brief;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the page. Default: models/claims.html, which is written anew.")
  private Path out;

  @Mixin private ForceOption force = new ForceOption();

  @Option(names = "--no-report", description = "Write no page.")
  private boolean noReport;

  @Mixin private BackendOption backend = new BackendOption();
  @Mixin private Console console;

  private final SettingOptions settings =
      SettingOptions.of(Settings.data(), Settings.SEED, Settings.ENGINE, Settings.THREADS);

  @Override
  public SettingOptions settings() {
    return settings;
  }

  @Override
  public Integer call() throws IOException {
    Claims.requireKnown(ids);
    if (!noReport) {
      if (out != null) {
        force.requireWritable(out, file);
      } else {
        ForceOption.requireNoInput(page(), file);
      }
      Destination.file(page());
    }
    if (file != null) {
      return check(backend.on(settings.run(file)));
    }
    Path circles = Files.createTempFile("circles", ".csv");
    try {
      try (Writer writer = Files.newBufferedWriter(circles)) {
        GeneratedData.CIRCLES.generate(CIRCLES).writeCsv(writer);
      }
      RunSpec run = backend.on(settings.run(circles));
      return check(run.withData(DataSpec.of(circles.toString(), "label", "1")));
    } finally {
      Files.delete(circles);
    }
  }

  private Path page() {
    return out == null ? Path.of("models", "claims.html") : out;
  }

  private int check(RunSpec run) throws IOException {
    List<Dataset> opened = new ArrayList<>();
    try (Progress progress =
        console.progress("claims", ids.isEmpty() ? Claims.ids().size() : ids.size())) {
      List<ClaimData> data = new ArrayList<>();
      for (long seed = run.seed(); seed < run.seed() + seeds; seed++) {
        opened.add(Dataset.open(run.data(), seed));
        data.add(
            ClaimData.of(
                run.data(),
                opened.get(opened.size() - 1),
                hidden,
                problem -> Engines.choose(run.engine(), problem).engine(),
                seed));
      }
      int[] done = {0};
      List<ClaimResult> results =
          Claims.check(
              ids,
              data,
              brief,
              result -> {
                progress.to(++done[0], result.id());
                print(result);
              });
      long holding = results.stream().filter(ClaimResult::holds).count();
      console.line("");
      console.line(
          String.format(
              Locale.ROOT, "%d of %d claims hold on these data.", holding, results.size()));
      if (!noReport) {
        ClaimsReport.write(
            results, file == null ? "two circles" : file.getFileName().toString(), page());
        console.line("To look at: %s".formatted(page()));
      }
      console.document(results);
      return ExitCode.DONE;
    } finally {
      opened.forEach(Dataset::close);
    }
  }

  private void print(ClaimResult result) {
    console.line("");
    console.line("%-5s %-6s (%s)".formatted(result.id(), result.verdict(), result.seedsText()));
    console.line("             The lecture: %s".formatted(result.lecture()));
    console.line("             The claim: %s".formatted(result.claim()));
    if (brief) {
      line("", result.telling());
      return;
    }
    result.measurements().forEach(measurement -> line(failure(measurement), measurement));
    result.counterCases().forEach(measurement -> line("without: ", measurement));
    if (result.table() != null) {
      print(result.table());
    }
    result.notes().forEach(note -> console.line("             %s".formatted(note)));
  }

  private static String failure(OverSeeds measurement) {
    int seeds = measurement.values().size();
    return measurement.holds()
        ? ""
        : seeds == 1 ? "FAILS " : "FAILS in %d of %d ".formatted(seeds - measurement.kept(), seeds);
  }

  private void line(String before, OverSeeds measurement) {
    console.line(
        "             - %s%s: %s (bound %s)"
            .formatted(before, measurement.what(), measurement.valueText(), measurement.bound()));
  }

  private void print(ResultTable numbers) {
    Table table = new Table(numbers.columns().toArray(String[]::new));
    numbers.rows().forEach(row -> table.row(row.stream().map(ClaimsCommand::text).toArray()));
    table.toString().lines().forEach(line -> console.line("               %s".formatted(line)));
  }

  private static String text(Object cell) {
    if (cell == null) {
      return Figure.NONE;
    }
    return cell instanceof Double number ? Measurement.text(number) : cell.toString();
  }
}
