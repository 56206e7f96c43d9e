package org.symbreak.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.symbreak.inspect.ProbeSource;
import org.symbreak.setting.Settings;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A model file of Deeplearning4j, ours or not, and the rows to measure it on. */
@Heading("Options")
final class ProbeOptions {
  @Parameters(
      paramLabel = "ZIP",
      description = "A zip that Deeplearning4j or symbreak wrote, or a run's directory.")
  private Path model;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "CSV file of rows to measure on. Default: random inputs, within the training ranges where"
              + " the model knows them.")
  private Path data;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "A column of --data that is no input; for networks that symbreak did not train, whose"
              + " other columns must be the inputs, in their order.")
  private String label;

  @Option(
      names = "--trust-class",
      paramLabel = "CLASS",
      description = "A class of your own that the model's configuration may name; it will be run.")
  private Set<String> trusted = new HashSet<>();

  private final SettingOptions format = SettingOptions.of(Settings.format());

  /** Options of how the rows are written. */
  SettingOptions settings() {
    return format;
  }

  /** The zip. */
  Path path() {
    return ModelFile.of(model);
  }

  ProbeSource source() {
    return data == null ? ProbeSource.RANDOM : new ProbeSource(data, format::format, label);
  }

  Set<String> trusted() {
    return trusted;
  }
}
