package org.symbreak.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.symbreak.inspect.ProbeSource;
import org.symbreak.setting.Settings;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A model file, ours or not, and the rows to measure it on. */
@Heading("Options")
final class ProbeOptions {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "A zip that Deeplearning4j or symbreak wrote, a run's directory, or a file of ONNX, Keras"
              + " (.h5, .keras), safetensors or NumPy (.npz); its content tells which.")
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

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description =
          "What hidden units do to their sums; for safetensors and .npz, which may not say it.")
  private String activation;

  private final SettingOptions format = SettingOptions.of(Settings.format());

  /** Options of how the rows are written. */
  SettingOptions settings() {
    return format;
  }

  /** The file. */
  Path path() {
    return ModelFile.of(model);
  }

  ProbeSource source() {
    return data == null ? ProbeSource.RANDOM : new ProbeSource(data, format::format, label);
  }

  /** Of the hidden layers, where the file does not say it. */
  Optional<String> activation() {
    return Optional.ofNullable(activation);
  }

  Set<String> trusted() {
    return trusted;
  }
}
