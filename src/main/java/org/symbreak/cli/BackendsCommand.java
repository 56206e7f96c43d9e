package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.symbreak.engine.dl4j.Backends;
import org.symbreak.engine.fused.FusedNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code symbreak backends}: what computes. */
@Command(
    name = "backends",
    description = "Shows what there is to compute with, and what is in use.",
    footer = {"", "Example:", "  symbreak backends --json"})
final class BackendsCommand implements Callable<Integer> {
  @Mixin private Console console;

  /** The document of {@code --json}. */
  private record Report(
      List<String> available,
      Backends.InUse inUse,
      String fusedEngine,
      String processor,
      int processors,
      long memoryMegabytes,
      String java) {}

  @Override
  public Integer call() {
    Runtime runtime = Runtime.getRuntime();
    Report report =
        new Report(
            Backends.onClassPath(),
            Backends.inUse(),
            FusedNetwork.arithmetic(),
            processor(),
            runtime.availableProcessors(),
            runtime.maxMemory() >> 20,
            System.getProperty("java.version"));
    Backends.InUse inUse = report.inUse();
    console.line(
        "available      %s%s",
        String.join(", ", report.available()),
        report.available().contains("cuda") ? "" : "   (cuda: build with -Pcuda)");
    console.line("in use         %s (%s)", inUse.backend(), inUse.implementation());
    console.line("BLAS           %s, threads: %d", inUse.blas(), inUse.blasThreads());
    console.line("OpenMP         threads: %d", inUse.openMpThreads());
    console.line("data type      %s, or double with --precision double", inUse.dataType());
    console.line("fused engine   %s", report.fusedEngine());
    console.line("processor      %s, %d of them for Java", report.processor(), report.processors());
    console.line("Java           %s, up to %d MB", report.java(), report.memoryMegabytes());
    console.document(report);
    return ExitCode.DONE;
  }

  /** Its name where Linux tells it, else its architecture. */
  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
