package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.symbreak.report.ExperimentReport;
import org.symbreak.report.RunReport;
import org.symbreak.training.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbreak report}: draws the page of runs again, from their files. */
@Command(
    name = "report",
    description = {
      "Draws the page of a run, a comparison or a sweep again, from its files and without training; of several runs, one page that has them side by side.",
    },
    footer = {
      "",
      "Examples:",
      "  symbreak report models/circles-zeros-1",
      "  symbreak report models/circles-zeros-1 models/circles-gaussian-0.01-1 -o zeros-or-gaussian.html"
    })
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description =
          "Directories of runs, the first of which is the baseline; or one of a comparison or a sweep.")
  private List<Path> directories;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where to write. Default: report.html in the first directory.")
  private Path out;

  @Mixin private Console console;

  @Override
  public Integer call() throws IOException {
    Path target = out != null ? out : directories.get(0).resolve("report.html");
    if (directories.size() == 1 && ExperimentReport.isExperiment(directories.get(0))) {
      ExperimentReport.write(directories.get(0), target);
    } else {
      RunReport.write(directories.stream().map(RunDirectory::open).toList(), target);
    }
    console.line("Wrote %s", target);
    console.document(new Written(target.toString()));
    return ExitCode.DONE;
  }

  /** The document of {@code --json}. */
  private record Written(String report) {}
}
