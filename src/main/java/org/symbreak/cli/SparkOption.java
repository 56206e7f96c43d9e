package org.symbreak.cli;

import picocli.CommandLine.Option;

/** The cluster that computes, in place of this machine. */
@Heading("Machine")
final class SparkOption {
  static final String NAME = "--spark";

  @Option(
      names = NAME,
      paramLabel = "MASTER",
      description =
          "Compute on Apache Spark, local[*] or spark://HOST:PORT, with the same bits; needs a"
              + " build with -Pspark.")
  private String master;

  boolean isGiven() {
    return master != null;
  }

  /** Null where none was given. */
  String master() {
    return master;
  }
}
