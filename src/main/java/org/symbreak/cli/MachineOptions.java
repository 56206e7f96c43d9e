package org.symbreak.cli;

import org.symbreak.engine.dl4j.Backends;
import org.symbreak.problem.InputException;
import org.symbreak.setting.Defaults;
import picocli.CommandLine.Option;

/** What computes, and from which seed. */
@Heading("Machine")
final class MachineOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + Defaults.SEED,
      converter = Values.Seed.class,
      description = "Of everything that is left to chance. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = Defaults.ENGINE,
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

  /**
   * The engine that was asked for; where a graphics processor was asked for, the one that can use
   * it.
   *
   * @throws InputException where that is not the backend that computes, or the engine cannot use it
   */
  String engine() {
    Backends.require(backend);
    if (backend.equals("cuda") && engine.equals("fused")) {
      throw InputException.of(
          "--backend cuda", "an engine that can use it", "--engine fused", "auto", "dl4j");
    }
    return backend.equals("cuda") ? "dl4j" : engine;
  }

  int threads() {
    return threads != null ? threads : Runtime.getRuntime().availableProcessors();
  }
}
