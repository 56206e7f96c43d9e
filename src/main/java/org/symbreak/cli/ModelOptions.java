package org.symbreak.cli;

import java.nio.file.Path;
import org.symbreak.data.CsvFormat;
import org.symbreak.data.LabelUse;
import org.symbreak.data.RowStream;
import org.symbreak.model.SavedModel;
import org.symbreak.setting.Settings;
import org.symbreak.source.TableFile;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A saved model and a file of rows to use it on. */
@Heading("Options")
final class ModelOptions {
  /** What stands for standard input in place of a file. */
  static final Path STANDARD_INPUT = Path.of(TableFile.STANDARD_INPUT);

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

  @Parameters(
      paramLabel = "FILE",
      description = "CSV file; columns may stand in any order. A - is standard input.")
  private Path file;

  private final SettingOptions format = SettingOptions.of(Settings.format(), Settings.THREADS);

  /** Options of how the rows are written. */
  SettingOptions settings() {
    return format;
  }

  SavedModel load() {
    return SavedModel.load(path());
  }

  /** The zip. */
  Path path() {
    return ModelFile.of(model);
  }

  /** The rows to use it on; the label's column may have to be among theirs. */
  RowStream rows(SavedModel loaded, LabelUse use) {
    return file.equals(STANDARD_INPUT)
        ? loaded.pipeline().open(rowsName(), System.in, format(loaded), use)
        : loaded.pipeline().open(file, format(loaded), use);
  }

  /** How the rows are written: as those of training, where no option says otherwise. */
  CsvFormat format(SavedModel loaded) {
    return format.format(loaded.pipeline().format());
  }

  /** The file of the rows; {@code -}, which is none, for standard input. */
  Path file() {
    return file;
  }

  /** Where the rows come from, for messages. */
  String rowsName() {
    return TableFile.title(file.toString());
  }

  /** Threads that may be used at the most. */
  int threads() {
    return format.run(Path.of("")).threads();
  }

  double threshold(SavedModel loaded) {
    return threshold == null ? loaded.threshold() : threshold;
  }
}
