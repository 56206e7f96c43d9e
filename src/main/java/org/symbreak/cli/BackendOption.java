package org.symbreak.cli;

import org.symbreak.engine.dl4j.Backends;
import org.symbreak.problem.InputException;
import org.symbreak.setting.RunSpec;
import picocli.CommandLine.Option;

/** What Deeplearning4j's engine computes on. */
@Heading("Machine")
final class BackendOption {
  static final String NAME = "--backend";

  @Option(
      names = NAME,
      paramLabel = "NAME",
      defaultValue = "auto",
      converter = Values.BackendName.class,
      description = "Of Deeplearning4j's engine: auto, cpu, cuda. Default: ${DEFAULT-VALUE}.")
  private String backend;

  /**
   * The run; where a graphics processor was asked for, on the engine that can use it.
   *
   * @throws InputException where that is not the backend that computes, or the engine cannot use it
   */
  RunSpec on(RunSpec run) {
    Backends.require(backend);
    if (!backend.equals("cuda")) {
      return run;
    }
    if (run.engine().equals("fused")) {
      throw InputException.of(
          NAME + " cuda", "an engine that can use it", "--engine fused", "auto", "dl4j");
    }
    return run.withEngine("dl4j");
  }
}
