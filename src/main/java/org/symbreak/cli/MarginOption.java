package org.symbreak.cli;

import org.symbreak.experiment.Comparison;
import picocli.CommandLine.Option;

/** Which difference of log loss is as good as none. */
final class MarginOption {
  @Option(
      names = "--margin",
      paramLabel = "LOSS",
      defaultValue = "" + Comparison.MARGIN,
      converter = Values.Positive.class,
      description = "Difference of log loss that is as good as none. Default: ${DEFAULT-VALUE}.")
  private double margin;

  double value() {
    return margin;
  }
}
