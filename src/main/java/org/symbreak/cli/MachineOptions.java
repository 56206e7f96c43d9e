package org.symbreak.cli;

import picocli.CommandLine.Option;

/** What computes, and from which seed. */
@Heading("Machine")
final class MachineOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      converter = Values.Seed.class,
      description = "Of everything that is left to chance. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "auto",
      converter = Values.EngineName.class,
      description = "auto, dl4j, fused. Default: ${DEFAULT-VALUE}.")
  private String engine;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Values.FromOne.class,
      description = "At the most. Default: one a processor.")
  private Integer threads;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "auto",
      converter = Values.BackendName.class,
      description = "Of Deeplearning4j's engine: auto, cpu, cuda. Default: ${DEFAULT-VALUE}.")
  private String backend;

  long seed() {
    return seed;
  }

  String engine() {
    return engine;
  }

  int threads() {
    return threads != null ? threads : Runtime.getRuntime().availableProcessors();
  }

  String backend() {
    return backend;
  }
}
