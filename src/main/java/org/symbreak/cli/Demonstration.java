package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.symbreak.data.DataSpec;
import org.symbreak.data.Dataset;
import org.symbreak.data.GeneratedData;
import org.symbreak.init.Initializations;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.report.RunReport;
import org.symbreak.run.Recording;
import org.symbreak.run.RunDirectory;
import org.symbreak.run.RunResult;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.Defaults;
import org.symbreak.setting.RunSpec;
import org.symbreak.symmetry.Measure;

/**
 * What {@code symbreak} does without a verb: the same shallow network on two circles, with the same
 * budget of steps, from three beginnings.
 */
final class Demonstration {
  private static final Path MODELS = Path.of("models");
  private static final Path SHIPPED = Path.of("data", "circles.csv");
  private static final GeneratedData.Recipe CIRCLES =
      new GeneratedData.Recipe(1000, 0.05, 1, 0.5, 0.5);
  private static final List<String> BEGINNINGS = List.of("zeros", "gaussian:0.01", "uniform:0.12");
  private static final int UNITS = 8;
  private static final int STEPS = 2000;

  private final Console console;

  Demonstration(Console console) {
    this.console = console;
  }

  /** Trains, saves and compares. */
  int run() throws IOException {
    Path file = circles();
    console.line(
        "Two circles, one inside the other: %s, %d rows of two numbers and a label.",
        file, CIRCLES.rows());
    console.line(
        "A network of %d hidden tanh units and one sigmoid output, %d steps, from three"
            + " beginnings:",
        UNITS, STEPS);
    console.line("");
    List<RunResult> results = new ArrayList<>();
    List<RunDirectory> directories = new ArrayList<>();
    for (String beginning : BEGINNINGS) {
      RunSpec spec = spec(file, beginning);
      RunDirectory directory =
          RunDirectory.create(MODELS.resolve("demo-" + beginning.replaceAll(":.*", "")), true);
      console.notice("from %s", beginning);
      SparingLog.beginRun(false);
      try (Dataset data = Dataset.open(spec.data(), spec.seed())) {
        results.add(directory.train(spec, data, List.of(), Recording.DEFAULT).result());
      }
      directories.add(directory);
    }
    RunReport.write(directories, MODELS.resolve("demo.html"));
    console.line(table(results));
    console.line("");
    console.line(
        "Saved in %s, %s and %s; side by side in %s.",
        directories.get(0).path(),
        directories.get(1).path(),
        directories.get(2).path(),
        MODELS.resolve("demo.html"));
    console.document(results);
    return ExitCode.DONE;
  }

  /** The file that ships with the project; elsewhere the same rows, drawn anew. */
  private static Path circles() throws IOException {
    if (Files.exists(SHIPPED)) {
      return SHIPPED;
    }
    Path drawn = MODELS.resolve("circles.csv");
    DataCommand.write(GeneratedData.CIRCLES.generate(CIRCLES), drawn);
    return drawn;
  }

  private static RunSpec spec(Path file, String beginning) {
    NetworkSpec network =
        new NetworkSpec(
            List.of(UNITS),
            List.of(Activation.TANH),
            Initializations.parseLayers(beginning),
            Initializations.parseLayers("zeros"),
            0,
            Precision.FLOAT);
    BudgetSpec budget = new BudgetSpec(STEPS, BudgetSpec.FULL_BATCH, false, BudgetSpec.AUTO, false);
    return Defaults.run(DataSpec.of(file.toString(), "label", "1"))
        .withNetwork(network)
        .withBudget(budget);
  }

  private static String table(List<RunResult> results) {
    Table table =
        new Table(
            "initialization",
            "loss",
            "test accuracy",
            "test AUC",
            "distinct units",
            Measure.EFFECTIVE_RANK.title(),
            "verdict");
    for (RunResult result : results) {
      table.row(
          result.initialization(),
          Figure.decimal(result.loss(), 4),
          Figure.share(result.test().accuracy()),
          Figure.decimal(result.test().auc(), 3),
          Measure.DISTINCT_UNITS_WITHIN_TOLERANCE.text(result.symmetry().worst(), Figure.NONE),
          Measure.EFFECTIVE_RANK.text(result.symmetry().worst(), Figure.NONE),
          firstClause(result.verdict()));
    }
    return table.toString();
  }

  /** What there is to say at a glance; the figures beside it say the rest. */
  private static String firstClause(String verdict) {
    return verdict.split(":", 2)[0];
  }
}
