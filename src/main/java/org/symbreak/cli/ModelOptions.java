package org.symbreak.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.symbreak.data.CsvFormat;
import org.symbreak.model.SavedModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A saved model and a file of rows to use it on. */
@Heading("Options")
final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "ZIP",
      description = "The model: model.zip, or its run's directory.")
  private Path model;

  @Option(
      names = "--threshold",
      paramLabel = "P",
      converter = Values.Probability.class,
      description = "Probability from which a row counts as positive. Default: the model's.")
  private Double threshold;

  @Parameters(paramLabel = "FILE", description = "CSV file; columns may stand in any order.")
  private Path file;

  @Mixin private FormatOptions format = new FormatOptions();

  SavedModel load() {
    return SavedModel.load(path());
  }

  /** The zip. */
  Path path() {
    return Files.isDirectory(model) ? model.resolve("model.zip") : model;
  }

  Path file() {
    return file;
  }

  double threshold(SavedModel loaded) {
    return threshold == null ? loaded.threshold() : threshold;
  }

  CsvFormat format(SavedModel loaded) {
    return format.format(loaded.pipeline().format());
  }
}
