package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.symbreak.inspect.MendReport;
import org.symbreak.inspect.Mending;
import org.symbreak.problem.InputException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code symbreak mend}: removes redundant hidden units, or breaks their symmetry. */
@Command(
    name = "mend",
    description = {
      "Writes a mended copy of a network's dense layers, in the format that it is read from: a zip"
          + " of Deeplearning4j 1.0.0, ONNX, safetensors, .npz.",
      "Of an ONNX file, all other nodes keep their bytes; units that feed something else, too, are"
          + " left alone.",
      "The optimizer of the copy begins anew. Where there is nothing to mend, nothing is written,"
          + " and the exit code is 2."
    },
    footer = {
      "",
      "Examples:",
      "  symbreak mend models/NAME/model.zip -o smaller.zip --merge",
      "  symbreak mend net.onnx -o smaller.onnx --merge",
      "  symbreak mend models/NAME/model.zip -o split.zip --split --data data/breast-cancer.csv"
    })
final class MendCommand implements Callable<Integer>, SettingOptions.Holder {
  @Mixin private ProbeOptions options = new ProbeOptions();

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "NEW",
      description = "Where to write.")
  private Path out;

  @Mixin private ForceOption force = new ForceOption();

  @ArgGroup(multiplicity = "1")
  private How how;

  /** One of the two. */
  static final class How {
    @Option(
        names = "--merge",
        description =
            "Remove what is redundant: units that are identical, or one but for a factor that the"
                + " activation lets through, or constant. The function stays.")
    private boolean merge;

    @Option(
        names = "--split",
        description = "Make identical units different, so that training can go on.")
    private boolean split;
  }

  @Option(
      names = "--within-range",
      description =
          "With --merge: also remove units that are constant for all inputs within the training"
              + " ranges.")
  private boolean withinRange;

  @Option(
      names = "--change",
      paramLabel = "C",
      defaultValue = "0.01",
      converter = Values.Positive.class,
      description =
          "With --split: by how much an output may change at the most. Default: ${DEFAULT-VALUE}.")
  private double change;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      converter = Values.Seed.class,
      description = "Of --split. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private Console console;

  @Override
  public SettingOptions settings() {
    return options.settings();
  }

  @Override
  public Integer call() throws IOException {
    if (withinRange && how.split) {
      throw InputException.of("--within-range", "--merge beside it", "--split");
    }
    force.requireWritable(out, options.path(), options.source().file());
    Mending mending =
        Mending.open(options.path(), options.source(), options.trusted(), options.activation());
    MendReport report =
        how.merge ? mending.merge(out, withinRange) : mending.split(out, change, seed);
    console.line("hidden units %s, before %s", report.unitsAfter(), report.unitsBefore());
    console.line(
        "parameters   %s, before %s",
        Figure.whole(report.parametersAfter()), Figure.whole(report.parametersBefore()));
    console.line(
        "outputs      changed by at most %.2g on %s", report.largestChange(), report.probe());
    console.line("Wrote %s", report.mended());
    console.document(report.toJson());
    return ExitCode.DONE;
  }
}
