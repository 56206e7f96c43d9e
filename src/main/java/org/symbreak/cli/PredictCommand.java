package org.symbreak.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.symbreak.data.LabelUse;
import org.symbreak.data.RowStream;
import org.symbreak.guard.AtomicFile;
import org.symbreak.guard.Destination;
import org.symbreak.model.SavedModel;
import org.symbreak.problem.InputException;
import org.symbreak.run.FileForetelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code symbreak predict}: a probability and a class for each raw row. */
@Command(
    name = "predict",
    description = {
      "Writes row,probability,class for each row of a CSV file; the row is counted from 1.",
      "The label's column may be there or not. A bad cell ends it with exit code 2; the rows before"
          + " it are written."
    },
    footer = {
      "",
      "Example:",
      "  symbreak predict --model models/NAME/model.zip new.csv --out predictions.csv"
    })
final class PredictCommand implements Callable<Integer>, SettingOptions.Holder {
  @Mixin private ModelOptions options = new ModelOptions();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where to write. Default: standard output.")
  private Path out;

  @Mixin private ForceOption force = new ForceOption();

  @Option(names = "--skip-bad-rows", description = "Leave out rows with bad cells, and count them.")
  private boolean skipBadRows;

  @Mixin private Console console;

  @Override
  public SettingOptions settings() {
    return options.settings();
  }

  @Override
  public Integer call() throws IOException {
    force.requireWritable(out, options.path(), options.file());
    SavedModel model = options.load();
    Outcome outcome;
    if (out == null) {
      outcome = predict(model, new BufferedWriter(console.rows(), 1 << 16));
    } else {
      Outcome[] written = new Outcome[1];
      AtomicFile.write(
          Destination.file(out),
          bytes ->
              written[0] = predict(model, new OutputStreamWriter(bytes, StandardCharsets.UTF_8)));
      outcome = written[0];
    }
    outcome.unseen.forEach(console::notice);
    if (outcome.read.skipped() > 0) {
      console.notice(
          "Skipped %d rows with bad cells; the first: %s",
          outcome.read.skipped(), outcome.read.firstSkipped().getMessage());
    }
    if (outcome.read.end() != null) {
      throw end(outcome.read);
    }
    if (out != null) {
      console.line(
          "Wrote %d rows to %s, %d of them called %s",
          outcome.rows, out, outcome.positives, model.pipeline().positive());
      console.document(
          new Written(out.toString(), outcome.rows, outcome.positives, outcome.read.skipped()));
    }
    return ExitCode.DONE;
  }

  /** What came of a stream of rows. */
  private static final class Outcome {
    private long rows;
    private long positives;
    private FileForetelling.Outcome read;
    private List<String> unseen;
  }

  /**
   * The document of {@code --json} where rows go to a file; otherwise the rows are the document.
   */
  private record Written(String out, long rows, long positives, long skipped) {}

  private Outcome predict(SavedModel model, Writer to) throws IOException {
    double threshold = options.threshold(model);
    Outcome outcome = new Outcome();
    try (RowStream stream = options.rows(model, LabelUse.OPTIONAL)) {
      stream.notices().forEach(console::notice);
      PredictionWriter writer =
          out == null && console.isJson()
              ? PredictionWriter.json(to, model.pipeline())
              : PredictionWriter.csv(to, model.pipeline());
      outcome.read =
          new FileForetelling(model)
              .of(
                  stream,
                  options.threads(),
                  skipBadRows,
                  (row, probability, label) -> {
                    writer.write(row, probability, probability >= threshold);
                    outcome.rows++;
                    outcome.positives += probability >= threshold ? 1 : 0;
                  });
      if (outcome.read.end() != null && outcome.rows == 0) {
        throw end(outcome.read); // no row before the bad one: nothing is written
      }
      writer.end();
      outcome.unseen = stream.unseen();
    }
    return outcome;
  }

  /** The fault of a row; one that could have been left out says so. */
  private static InputException end(FileForetelling.Outcome read) {
    InputException fault = read.end();
    return read.unreadable()
        ? fault
        : new InputException(
            fault.problems().stream().map(problem -> problem.or("--skip-bad-rows")).toList(),
            fault);
  }
}
