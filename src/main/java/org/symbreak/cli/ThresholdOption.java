package org.symbreak.cli;

import org.symbreak.setting.Defaults;
import picocli.CommandLine.Option;

/** From which probability on a row counts as positive. */
@Heading("Network")
final class ThresholdOption {
  @Option(
      names = "--threshold",
      paramLabel = "P",
      defaultValue = Defaults.THRESHOLD,
      converter = Values.Threshold.class,
      description =
          "Probability from which a row counts as positive; 'f1' for the best F1 on validation rows. Default: ${DEFAULT-VALUE}.")
  private String threshold;

  String threshold() {
    return threshold;
  }
}
