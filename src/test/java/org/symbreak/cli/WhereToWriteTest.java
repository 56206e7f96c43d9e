package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb that writes makes the directories it needs, and refuses what it cannot write to. */
class WhereToWriteTest {
  private static final String FILE = ": expected a file that can be written, found ";
  private static final String DIRECTORY = ": expected a directory that can be written to, found ";

  @TempDir private Path directory;
  private Path rows;
  private Path run;
  private Path file;

  @BeforeEach
  void train() throws IOException {
    file = Files.createFile(directory.resolve("file"));
    rows = directory.resolve("made/by/data.csv");
    assertThat(CommandRun.of("data", "moons", "-o", rows, "--rows", 60).code())
        .isEqualTo(ExitCode.DONE);
    run = directory.resolve("made/by/train");
    CommandRun trained =
        CommandRun.of(
            "train",
            rows,
            "--out",
            run,
            "--epochs",
            5,
            "--hidden",
            2,
            "--init",
            "zeros",
            "--no-report");
    assertThat(trained.code()).as(trained.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void directoriesAreMade() {
    assertWritten(directory.resolve("a/p.csv"), "predict", "--model", run, rows, "--out");
    assertWritten(directory.resolve("b/c/r.html"), "report", run, "-o");
    assertWritten(directory.resolve("d/m.zip"), "mend", run, "--merge", "-o");
    assertWritten(directory.resolve("e/claims.html"), "claims", "C1", "--brief", "--out");
  }

  @Test
  void aDirectoryIsNoFileToWrite() {
    refused(directory, FILE + "a directory", "data", "moons", "-o");
    refused(directory, FILE + "a directory", "predict", "--model", run, rows, "--out");
    refused(directory, FILE + "a directory", "report", run, "-o");
    refused(directory, FILE + "a directory", "mend", run, "--merge", "-o");
    refused(directory, FILE + "a directory", "claims", "C1", "--out");
  }

  @Test
  void aFileIsNoDirectoryToWriteTo() {
    Path below = file.resolve("x.out");
    refused(below, FILE + "the file " + file, "data", "moons", "-o");
    refused(below, FILE + "the file " + file, "predict", "--model", run, rows, "--out");
    refused(below, FILE + "the file " + file, "report", run, "-o");
    refused(below, FILE + "the file " + file, "mend", run, "--merge", "-o");
    refused(below, FILE + "the file " + file, "claims", "C1", "--out");
    refused(below, DIRECTORY + "the file " + file, "train", rows, "--out");
    refused(file, DIRECTORY + "a file", "train", rows, "--force", "--out");
    refused(file, DIRECTORY + "a file", "compare", rows, "--seeds", 1, "--epochs", 1, "--out");
    refused(file, DIRECTORY + "a file", "sweep", rows, "--epochs", 1, "--out");
  }

  @Test
  void aSpecThatIsNotThere() {
    Path none = directory.resolve("none.yaml");
    refused(none, ": expected a file, found nothing of that name", "sweep");
    refused(
        directory.resolve("made.yaml"),
        ": expected a file, found nothing of that name",
        "sweep",
        rows);
  }

  /** Runs a command with the path as its last word. */
  private static CommandRun run(Path path, Object... words) {
    Object[] args = new Object[words.length + 1];
    System.arraycopy(words, 0, args, 0, words.length);
    args[words.length] = path;
    return CommandRun.of(args);
  }

  private static void assertWritten(Path path, Object... words) {
    CommandRun done = run(path, words);
    assertThat(done.code()).as(done.err()).isEqualTo(ExitCode.DONE);
    assertThat(path).isNotEmptyFile();
  }

  private static void refused(Path path, String message, Object... words) {
    CommandRun refused = run(path, words);
    assertThat(refused.code()).as(refused.err()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(refused.err().lines()).contains("symbreak: " + path + message);
    assertThat(refused.err()).doesNotContain("Exception");
  }
}
