package org.symbreak.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.symbreak.problem.InputException;
import org.symbreak.report.ExperimentReport;
import org.symbreak.report.RunReport;
import org.symbreak.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbreak report}: draws the page of runs again, from their files. */
@Command(
    name = "report",
    description = {
      "Draws the page of a run, a comparison or a sweep again, from its files and without training;"
          + " of several runs, one page that has them side by side.",
    },
    footer = {
      "",
      "Examples:",
      "  symbreak report models/circles-zeros-1",
      "  symbreak report models/circles-zeros-1 models/circles-gaussian-0.01-1 -o"
          + " zeros-or-gaussian.html"
    })
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description =
          "Directories of runs, the first of which is the baseline; or one of a comparison or a"
              + " sweep.")
  private List<Path> directories;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where to write. Default: report.html in the directory, if there is one.")
  private Path out;

  @Mixin private ForceOption force = new ForceOption();
  @Mixin private Console console;

  @Override
  public Integer call() throws IOException {
    Path target = target();
    if (directories.size() == 1 && ExperimentReport.isExperiment(directories.get(0))) {
      ExperimentReport.write(directories.get(0), target);
    } else {
      RunReport.write(directories.stream().map(RunDirectory::open).toList(), target);
    }
    console.line("Wrote %s", target);
    console.document(new Written(target.toString()));
    return ExitCode.DONE;
  }

  /**
   * A run's own page is drawn again without a word; anything else that is there, only with {@code
   * --force}, and what the page is drawn from, never.
   */
  private Path target() throws IOException {
    requireDifferent();
    Path own = directories.size() == 1 ? page(directories.get(0)) : null;
    if (out == null && own == null) {
      throw InputException.of(
          "--out", "a file for the page of " + directories.size() + " runs", "none");
    }
    if (out == null || own != null && isSame(out, own)) {
      return out == null ? own : out;
    }
    force.requireWritable(out, sources().toArray(Path[]::new));
    return out;
  }

  private void requireDifferent() throws IOException {
    for (int i = 1; i < directories.size(); i++) {
      for (Path earlier : directories.subList(0, i)) {
        if (isSame(directory(directories.get(i)), directory(earlier))) {
          throw InputException.of(
              directories.get(i).toString(), "each directory once", "it a second time");
        }
      }
    }
  }

  private static boolean isSame(Path a, Path b) throws IOException {
    return Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
  }

  /** Where the page of one directory is, which may be given as its run.json. */
  private static Path page(Path directory) {
    return directory(directory).resolve("report.html");
  }

  private static Path directory(Path path) {
    return Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
  }

  /** What lies in the directories, but for the pages. */
  private List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path directory : directories) {
      if (Files.isDirectory(directory(directory))) {
        try (Stream<Path> files = Files.list(directory(directory))) {
          files.filter(file -> !file.endsWith("report.html")).forEach(sources::add);
        }
      }
    }
    return sources;
  }

  /** The document of {@code --json}. */
  private record Written(String report) {}
}
