package org.symbreak.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code symbreak backends}: what computes. */
@Command(
    name = "backends",
    description = "Shows what there is to compute with, and what is in use.",
    footer = {"", "Example:", "  symbreak backends --json"})
final class BackendsCommand implements Callable<Integer> {
  @Mixin private Console console;

  @Override
  public Integer call() {
    return ExitCode.DONE;
  }
}
