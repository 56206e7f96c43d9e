package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.symbreak.formats.ExportReport;
import org.symbreak.formats.Exporting;
import org.symbreak.stack.NumberType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbreak export}: a saved model as an ONNX file. */
@Command(
    name = "export",
    description = {
      "Writes a model that symbreak trained as ONNX, for programs in any language: raw columns"
          + " in, each [rows, 1], numbers as doubles (NaN where missing) and categories as texts"
          + " (empty where missing); probability and class out.",
      "Before it is kept, what was written is computed and held against the model's own"
          + " predictions. The file holds the values of its categories, which are listed, and of"
          + " its data the file's own name and SHA-256."
    },
    footer = {
      "",
      "Examples:",
      "  symbreak export models/NAME -o model.onnx",
      "  symbreak export models/NAME/model.zip -o model.onnx --double",
      "  symbreak export models/NAME -o model.onnx --min-category 20"
    })
final class ExportCommand implements Callable<Integer> {
  private static final int SHOWN_VALUES = 8;

  @Parameters(paramLabel = "MODEL", description = "model.zip, or its run's directory.")
  private Path model;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "NEW.ONNX",
      description = "Where to write.")
  private Path out;

  @Option(
      names = "--double",
      description = "Compute in double precision throughout. Default: in floats.")
  private boolean inDouble;

  @Option(
      names = "--min-category",
      paramLabel = "N",
      defaultValue = "1",
      converter = Values.FromOne.class,
      description =
          "Leave out values of categories that fewer than N training rows hold: the exported model"
              + " takes them for values that it does not know. Default: ${DEFAULT-VALUE}, none.")
  private int minCategory;

  @Mixin private ForceOption force = new ForceOption();
  @Mixin private Console console;

  @Override
  public Integer call() throws IOException {
    Path file = ModelFile.of(model);
    force.requireWritable(out, file);
    ExportReport report =
        Exporting.export(file, out, inDouble ? NumberType.DOUBLE : NumberType.FLOAT, minCategory);
    if (!report.numbers().isEmpty()) {
      console.line("numbers    %s", String.join(", ", report.numbers()));
    }
    report
        .published()
        .forEach(
            (column, values) ->
                console.line(
                    "published  %s: %s", column, values.isEmpty() ? "no value" : listed(values)));
    if (minCategory > 1) {
      tellPooled(report);
    }
    console.line(
        "held against the model%s on %d random rows: probabilities differ by at most %.2g",
        report.pooled().isEmpty() ? "" : ", so pooled,", report.rows(), report.largestDifference());
    console.line("Wrote %s, %s bytes", report.exported(), Figure.whole(report.bytes()));
    console.document(report.toJson());
    return ExitCode.DONE;
  }

  private void tellPooled(ExportReport report) {
    if (report.pooled().isEmpty()) {
      console.line("pooled     nothing: no value is in fewer than %d training rows", minCategory);
      return;
    }
    report
        .pooled()
        .forEach(
            (column, pooled) ->
                console.line(
                    "pooled     %s: %s; in %d training rows",
                    column, listed(pooled.values()), pooled.rows()));
    console.line(
        "A pooled value is scored as one that the model does not know, and not as symbreak predict"
            + " does: on the %d of %d random rows with one, probabilities differ by up to %.2g."
            + " Rows without one are scored as before.",
        report.pooledRows(), report.rows(), report.largestDifferenceByPooling());
  }

  private static String listed(List<String> values) {
    return String.join(", ", values.subList(0, Math.min(SHOWN_VALUES, values.size())))
        + (values.size() > SHOWN_VALUES ? " and " + (values.size() - SHOWN_VALUES) + " more" : "");
  }
}
